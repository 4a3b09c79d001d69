"""What the page of questions shows of what was understood: chips with their fields."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from megler.carriers.names import CLASS_NAMES, KIND_NAMES
from megler.ui.templatetags.ui import money
from megler.underwriting.actions.questions import Asking, Reply, asked_of_entries
from megler.underwriting.asked_fields import Input, choice_words, id_of, input_of
from megler.underwriting.question_words import (
    ENTRY_LABELS,
    NONE_TOLD,
    words_for,
)
from megler.underwriting.rules.asking.understood import Chip as ReadChip
from megler.underwriting.rules.question_fields import (
    NAMES,
    TOGETHER,
    Field,
    Group,
    Kind,
    at_place,
    groups_of,
    shown_at,
)
from megler.underwriting.wording import outcome_words, place_words

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Chip:
    """A piece of what was understood: `words` of the question that it came from, its fields.

    `drop` is what takes it away: the place of a fact, or a piece of the topic.
    """

    id: str
    text: str
    words: Sequence[str] = ()
    fields: Sequence[Input] = ()
    place: str = ""
    drop: str = ""
    is_changed: bool = False

    @property
    def is_wrong(self) -> bool:
        """Whether one of its fields could not be read."""
        return any(one.wrong for one in self.fields)


def chips_of(reply: Reply, asking: Asking, on: date, elsewhere: Collection[str] = ()) -> list[Chip]:
    """Every fact with its fields, then what the question is about besides.

    Fields whose places stand `elsewhere` on the page are left out: each is typed in one place.
    """
    understood, document = reply.answered.understood, reply.facts
    groups = groups_of(document, asked_of_entries(document, on))
    wrong = {problem.where: problem for problem in reply.problems}
    names = words_for(document, understood.chips)
    read: dict[str, list[ReadChip]] = {}
    for chip in understood.chips:
        read.setdefault(_group_place(chip.place), []).append(chip)
    found = []
    for group in groups:
        own = [one for one in group.fields if one.place not in elsewhere]
        inputs = [input_of(one, wrong, asking.typed) for one in own]
        words = list(dict.fromkeys(one.words for one in read.get(group.place, ())))
        text = capfirst(_chip_text(group, document, on, str(names.get(group.place, ""))))
        changed = _known(document, group) != _known(reply.read.facts, group)
        found.append(
            Chip(id_of("chip", group.place), text, words, inputs, group.place, group.place, changed)
        )
    found += _others(understood.chips, document, {one.place for one in found})
    return [*found, *_topic(reply)]


def _topic(reply: Reply) -> list[Chip]:
    """What the question is about that is no fact: a class, a carrier, a requirement, each once."""
    names = {one.carrier: one.carrier_name for one in reply.answered.says}
    names |= {one.product: one.product_name for one in reply.answered.says if one.product}
    found: dict[str, Chip] = {}
    for one in reply.answered.understood.chips:
        text, key = _topic_text(one, names), f"{one.kind}:{one.value}"
        if text and not one.place:
            found.setdefault(key, Chip(id_of("chip", key), capfirst(text), [one.words], drop=key))
    return list(found.values())


def _others(read: Iterable[ReadChip], document: Json, shown: Collection[str]) -> Iterator[Chip]:
    """Facts that have no field here: they can be looked at and taken away."""
    for one in read:
        place = _group_place(one.place)
        if place and place not in shown and at_place(document, place) is not None:
            text = f"{place_words(place)}: {one.value.replace('_', ' ')}"
            yield Chip(id_of("chip", place), text, [one.words], place=place, drop=place)


def _known(document: Json, group: Group) -> object:
    """What a document tells of a group."""
    if "[" not in group.place:
        return shown_at(document, group.place) or document.get(group.place)
    listed, _bracket, at = group.place.rstrip("]").partition("[")
    entries = document.get(listed)
    return entries[int(at)] if isinstance(entries, list) and int(at) < len(entries) else None


def _group_place(place: str) -> str:
    """The group that a place of the document is shown in."""
    if found := re.match(r"[a-z]+\[\d+\]", place):
        return found.group()
    together = next((one for one, keys in TOGETHER.items() if place in keys), place)
    return together.removesuffix(".treated") if together.startswith("blood") else together


def _chip_text(group: Group, document: Json, on: date, name: str) -> str:
    if not group.fields:
        return str(NONE_TOLD.get(group.place, group.place))
    if "[" in group.place:
        return _entry_text(group, on, name)
    first = group.fields[0]
    value = _value_text(first)
    texts = {
        "age": _("age %(value)s") if document.get("born") is None else _("born %(value)s"),
        "blood_pressure": _("blood pressure %(value)s"),
        "cholesterol.total": _("cholesterol %(value)s"),
        "cholesterol.hdl": _("HDL %(value)s"),
        "cholesterol.hdl_ratio": _("total/HDL %(value)s"),
        "income_annual": _("income %(value)s"),
        "net_worth": _("net worth %(value)s"),
        "zip": _("ZIP %(value)s"),
        "citizenship": _("citizen of %(value)s"),
        "wants.benefit_monthly": _("%(value)s a month"),
        "wants.term_years": _("%(value)s years"),
        "blood_pressure.treated": _("blood pressure treated: %(value)s"),
        "cholesterol.treated": _("cholesterol treated: %(value)s"),
    }
    if group.place.startswith("details."):
        return f"{_short(group.place)} {value}"
    told = texts.get(group.place, "%(value)s") % {"value": value}
    treated = next((one for one in group.fields[1:] if one.place.endswith(".treated")), None)
    if treated and treated.value:
        told += ", " + (_("treated") if treated.value == "yes" else _("not treated"))
    return told


def _entry_text(group: Group, on: date, name: str) -> str:
    parts = []
    for one in group.fields:
        key = one.place.partition("].")[2]
        value = _value_text(one)
        if not one.value:
            continue
        if key in NAMES or key in {"condition", "dose"}:
            parts.append(name or value if key in NAMES else value)
        elif key == "last_used" and value == on.isoformat():
            parts.append(_("now"))
        elif key in _DAYS:
            parts.append(str(_DAYS[key]) % {"day": _day_text(one.value)})
        else:
            parts.append(f"{_short(key)} {value}")
    return ", ".join(parts)


_DAYS = {
    "since": _lazy("since %(day)s"),
    "on": _lazy("%(day)s"),
    "until": _lazy("until %(day)s"),
    "ended": _lazy("ended %(day)s"),
    "last_used": _lazy("last used %(day)s"),
}


def _day_text(told: str) -> str:
    """A day or a month as people write it."""
    try:
        day = date.fromisoformat(told if len(told) > len("2019-05") else f"{told}-01")
    except ValueError:
        return told
    return date_format(day, "DATE_FORMAT" if len(told) > len("2019-05") else "YEAR_MONTH_FORMAT")


def _short(key: str) -> str:
    """What of an entry, in a word or two: `A1C` for a guide's question of it."""
    told = str(ENTRY_LABELS.get(key) or "").lower() or key.rpartition(".")[2].replace("_", " ")
    return told.upper() if any(one.isdigit() for one in told) else told


def _value_text(one: Field) -> str:
    if one.kind is Kind.AMOUNT:
        return money(Decimal(one.value))
    if one.kind in {Kind.CHOICE, Kind.FLAG}:
        return choice_words(one.place, one.value)
    of_guide = "[" in one.place or one.place.startswith("details.")
    return f"{one.value} {one.unit}" if one.unit and of_guide else one.value


def _topic_text(chip: ReadChip, carriers: Mapping[str, str]) -> str:
    match chip.kind:
        case "class":
            return _("at %(class)s") % {
                "class": CLASS_NAMES.get(chip.value) or outcome_words(chip.value)
            }
        case "carrier" | "product":
            return carriers.get(chip.value, chip.value.replace("-", " ").title())
        case "requirement":
            return str(KIND_NAMES.get(chip.value, chip.value))
        case "lab":
            return capfirst(chip.value.replace("_", " "))
        case "denied":
            return _("no %(what)s") % {"what": chip.value.replace("_", " ")}
    return ""
