"""Parts of pages that are remembered."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, engines
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import example, given
from hypothesis import strategies as st

WEB = Path(__file__).parents[3] / "src" / "hengliang" / "web"
TEMPLATES = {
    str(path).split("/templates/")[1]: path.read_text(encoding="utf-8")
    for path in WEB.glob("*/templates/**/*.html")
}
KEPT = sorted({name for text in TEMPLATES.values() for name in re.findall(r'{% kept "([^"]+)"', text)})
ENGINE = engines["django"].engine

texts = st.one_of(st.text(), st.text().map(mark_safe))
plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(0, 2), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("ab"), inner)),
    max_leaves=5,
)
PART = (
    '{% include "_components/state.html" with word=value tone=tone only %}',
    '{% kept "_components/state.html" word=value tone=tone %}',
)


def said(source: str, **values: object) -> str:
    return ENGINE.from_string("{% load kept %}" + source).render(Context(values))


@given(plain, st.sampled_from(["good", "bad", None]))
@example(1, "good")
@example(True, "good")
@example("<b>", "good")
@example(mark_safe("<b>"), "good")
@example([1], "good")
@example([True], "good")
@example({"a": 1}, "good")
@example({"a": True}, "good")
def test_it_says_what_an_include_says(value, tone):
    included, kept = (said(source, value=value, tone=tone) for source in PART)
    assert kept == included == said(PART[1], value=value, tone=tone)


@pytest.mark.parametrize(
    "value", [Decimal(1), 1.5, date(2026, 1, 1), gettext_lazy("Close"), object(), [object()], {"a": {1, 2}}]
)
def test_what_may_change_or_be_shown_in_two_ways_is_refused(value):
    with pytest.raises(TypeError, match="plain values"):
        said(PART[1], value=value)


def test_each_language_has_its_own():
    heard = set()
    for language in ("zh-hans", "en", "zh-hans", "en"):
        with translation.override(language):
            heard.add(said('{% kept "_components/words.html" %}'))
    assert len(heard) == 2


def test_addresses_are_those_of_the_place_where_the_application_stands():
    row = {"pk": 7, "organisation": "一局"}
    before = get_script_prefix()
    try:
        set_script_prefix("/there/")
        there = said('{% kept "declarations/_queued.html" row=row %}', row=row)
    finally:
        set_script_prefix(before)
    here = said('{% kept "declarations/_queued.html" row=row %}', row=row)
    assert 'href="/there/declarations/7/"' in there
    assert 'href="/declarations/7/"' in here


def within(name: str) -> set[str]:
    """A part and those that it includes."""
    inner = set(re.findall(r'{% include "([^"]+)"', TEMPLATES[name]))
    return {name}.union(*map(within, inner))


@pytest.mark.parametrize("name", KEPT)
def test_no_part_that_is_kept_reads_anything_but_its_values(name):
    for part in within(name):
        text = TEMPLATES[part]
        assert not re.search(r"{% (now|csrf_token|cycle|extends|get_current_timezone)\b", text), part
        assert not re.search(
            r"\b(request|messages|perms|csrf_token)\b", re.sub(r"{% comment.*?endcomment %}", "", text)
        ), part
        assert not re.search(r"\|\s*(timesince|timeuntil|random|date|time|naturaltime)\b", text), part


@pytest.mark.parametrize("source", ["{% kept part %}", '{% kept "a.html" only %}'])
def test_a_slip_in_a_template_is_told(source):
    with pytest.raises(Exception, match="in quotes"):
        said(source)
