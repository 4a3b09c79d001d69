"""What the page of questions shows of what decides: each open fact with the field that tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from megler.underwriting.actions.questions import Asking, Reply, asked_of_entries
from megler.underwriting.asked_fields import Input, id_of, input_of
from megler.underwriting.question_words import ENTRY_LABELS, LABELS, words_for
from megler.underwriting.rules.asking.answers import Ask
from megler.underwriting.rules.question_fields import LISTS, Field, Kind, field_of
from megler.underwriting.wording import outcome_words, place_words

_FEW_BUTTONS = 4
FEW_OPEN = 4
"""Facts that decide which are shown at once; the rest is folded."""


@dataclass(frozen=True)
class Open:
    """A fact that decides: what to ask, its field, answers to choose from at once."""

    id: str
    label: str
    of: str
    carriers: int
    could: str
    field: Input | None
    buttons: Sequence[tuple[str, str]]


def opens_of(reply: Reply, asking: Asking, on: date) -> list[Open]:
    """What decides, each fact once with the field in which it is told."""
    document = reply.facts
    asked = asked_of_entries(document, on)
    wrong = {problem.where: problem for problem in reply.problems}
    words = words_for(document, reply.answered.understood.chips)
    found: dict[str, Open] = {}
    for one in reply.answered.asks:
        entry = one.fact.partition(".")[0]
        told = field_of(document, one.fact, asked.get(entry, ()))
        place = told.place if told else one.fact
        if place in found:
            continue
        of = str(words[entry]) if "[" in entry and entry in words else ""
        label = _asked_label(one, told, words, of)
        of = "" if of.casefold() in label.casefold() else of
        inner = input_of(told, wrong, asking.typed, label) if told else None
        could = outcome_words(one.would_change_to) if one.would_change_to else ""
        found[place] = Open(
            id_of("open", place), label, of, one.carriers, could, inner, _buttons(told, inner)
        )
    return list(found.values())


def _asked_label(one: Ask, told: Field | None, words: Mapping[str, Any], of: str) -> str:
    if one.question:
        return one.question
    if told and of and told.place.endswith((".since", ".on")):
        since = told.place.endswith(".since")
        asked = _("%(what)s: since when?") if since else _("%(what)s: when?")
        return capfirst(asked % {"what": of})
    if told and of and told.place.endswith((".name", ".event")):
        return capfirst(_("%(what)s: which kind?") % {"what": of})
    if told and told.place in LABELS:
        return str(LABELS[told.place])
    key = one.fact.partition("].")[2]
    return capfirst(str(ENTRY_LABELS.get(key) or place_words(key or one.fact, dict(words))))


def _buttons(told: Field | None, shown: Input | None) -> list[tuple[str, str]]:
    """Answers that need no typing: yes and no, a few choices, nothing to tell."""
    if told is None or shown is None:
        return []
    if told.kind in {Kind.FLAG, Kind.CHOICE} and len(shown.choices) <= _FEW_BUTTONS:
        return [(code, capfirst(words)) for code, words in shown.choices]
    if told.kind is Kind.WORDS and told.place in LISTS:
        return [("none", _("Never") if told.place == "nicotine" else _("Nothing to tell"))]
    return []
