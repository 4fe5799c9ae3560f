"""Data of a page says to scripts what it said, and ends no element."""

import json

from django.utils.html import json_script as plain
from hypothesis import given
from hypothesis import strategies as st

from hengliang.web.project.templatetags.scripts import json_script

_DATA = st.recursive(
    st.none() | st.booleans() | st.decimals(allow_nan=False) | st.dates() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_DATA, st.text(min_size=1))
def test_the_same_as_the_filter_of_django(value: object, name: str) -> None:
    assert json_script(value, name) == plain(value, name)


def test_no_text_ends_the_element() -> None:
    said = json_script(["</script><script>alert(1)</script>", "<!--", "&lt;", "\u2028"], "rows")
    assert said.count("<") == 2
    inner = said.partition(">")[2].rpartition("<")[0]
    assert json.loads(inner) == ["</script><script>alert(1)</script>", "<!--", "&lt;", "\u2028"]
