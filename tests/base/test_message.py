"""Sentences with holes, in two languages."""

from hengliang.base.message import Words, listed, message


def test_a_tuple_is_said_as_a_list_of_the_language() -> None:
    said = message(
        "facts that no sentence asks for: {names}", names=("甲", Words("乙", "two"), message("delay"))
    )
    assert said.say("en").endswith("甲, two, delay")
    assert said.say("zh_Hans").endswith("甲、乙、延迟时间")


def test_a_list_of_one_has_no_mark() -> None:
    assert listed(("甲",), "zh_Hans") == listed(["甲"], "en") == "甲"
