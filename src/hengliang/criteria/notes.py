"""What a sentence says of part steps and of edges, taken note of before its clauses are read."""

import re
from dataclasses import replace

from hengliang.base.message import message
from hengliang.criteria.clauses import Clauses
from hengliang.criteria.context import Context
from hengliang.criteria.elements import Side, Test

_SIDE = re.compile("以([上下内外])")


def _edges(sentence: Clauses, context: Context, note: str) -> None:
    """以上包括本数，以下不包括本数: the edges of all lines are as the sentence says."""
    said: dict[str, bool] = {}
    waiting: list[str] = []
    for part in re.finditer("以([上下内外])|(不)?(?:包括|包含|含)", note):
        if part[1]:
            waiting.append(part[1])
        else:
            said.update(dict.fromkeys(waiting, part[2] is None))
            waiting = []
    if said.get("上") and said.get("下"):
        context.both_in = True
    for clause in [*sentence.clauses, *sentence.loose]:
        for index, phrase in enumerate(clause.front):
            side = _SIDE.search(context.text(phrase.span)) if isinstance(phrase, Test) else None
            if not isinstance(phrase, Test) or side is None or phrase.printed_edge or side[1] not in said:
                continue
            closed: dict[bool, dict[Side, Side]] = {
                True: {"above": "least", "below": "most"},
                False: {"least": "above", "most": "below"},
            }
            way = closed[said[side[1]]].get(phrase.side, phrase.side)
            clause.front[index] = replace(phrase, side=way, printed_edge=True)


def whole_of(sentence: Clauses, context: Context) -> None:
    """Takes note of what the sentence says of part steps and of edges."""
    for note in sentence.notes:
        if note.kind == "round_up":
            context.whole = "started"
        elif note.kind == "round_down":
            context.whole = "full"
        elif note.kind == "pro_rata":
            context.whole = "exact"
        elif note.kind == "doubled":
            raise context.unread(note.span, message("the series of points is not understood"))
        elif note.kind == "edge_note":
            _edges(sentence, context, note.text)
        elif note.kind == "cut":
            context.open.append((message("the sentence is cut off"), note.span))
