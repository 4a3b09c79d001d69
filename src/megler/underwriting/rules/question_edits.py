"""A question asked again: its facts changed, what it is about following them, and what was added."""

from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

from megler.underwriting.rules.asking.understood import Intent, Topic, Understood
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.question_fields import (
    NAMES,
    TOGETHER,
    Field,
    steps,
)
from megler.underwriting.rules.question_typed import read
from megler.underwriting.rules.typed import Unread
from megler.vocabulary.conditions import by_icd10, drug, named
from megler.vocabulary.problems import Problem

Json = Mapping[str, Any]
ASKABLE = (
    Intent.BEST, Intent.CLASS, Intent.REQUIREMENTS, Intent.RULE, Intent.LIMITS, Intent.NO_EXAM,
    Intent.INCOME,
)  # fmt: skip
"""What a question may be taken to ask instead, in the order in which answers are given."""
_CODED = ("conditions", "driving", "criminal", "avocations")


def edited(
    document: Json, typed: Mapping[str, str], fields: Iterable[Field], on: date
) -> tuple[dict[str, Any], list[Problem]]:
    """The document with what was typed in its fields, and every field that cannot be read.

    `typed` is by the fields' places; a field that is not there, or shows what it showed, changes
    nothing; an emptied one makes its fact unknown.
    """
    found, problems = deepcopy(dict(document)), list[Problem]()
    age = found.get("age") if isinstance(found.get("age"), int) else None
    for field in fields:
        text = typed.get(field.place)
        if text is None or text.strip() == field.value:
            continue
        try:
            values = read(field, text, on, age) if text.strip() else {}
        except Unread as unread:
            problems.append(Problem("cannot_read", field.place, text.strip()[:40], str(unread)))
            continue
        for key in TOGETHER.get(field.place, (field.place,)):
            _put(found, key, values.get(key))
    return found, problems


def without(document: Json, place: str) -> dict[str, Any]:
    """The document without a fact or an entry of a list; a list left empty becomes unknown."""
    found = deepcopy(dict(document))
    path = steps(place)
    if len(path) == 2 and isinstance(path[0], str) and isinstance(path[1], int):
        entries = found.get(str(path[0]))
        if isinstance(entries, list) and path[1] < len(entries):
            del entries[path[1]]
            if not entries:
                del found[str(path[0])]
        return found
    for key in TOGETHER.get(place, (place,)):
        _put(found, key, None)
    return found


def _put(document: Any, place: str, value: object) -> None:
    """Set a value at its key, or take it away where it is None, with objects that it leaves empty."""
    *path, last = steps(place) or [""]
    parents = [document]
    for step in path:
        inner = _inside(parents[-1], step, make=value is not None)
        if inner is None:
            return
        parents.append(inner)
    if isinstance(parents[-1], dict) and isinstance(last, str):
        if value is None:
            parents[-1].pop(last, None)
        else:
            parents[-1][last] = value
    for parent, step, child in zip(parents[-2::-1], path[::-1], parents[:0:-1], strict=False):
        if child == {} and isinstance(parent, dict):
            parent.pop(step)


def _inside(parent: Any, step: str | int, make: bool) -> Any:
    if isinstance(step, int):
        return parent[step] if isinstance(parent, list) and step < len(parent) else None
    if not isinstance(parent, dict):
        return None
    if make and parent.get(step) is None:
        parent[step] = {}
    return parent.get(step)


def merged(base: Any, mine: Any, theirs: Any) -> Any:
    """`theirs` with what was changed from `base` to `mine`, where `theirs` left it as it was.

    Entries of lists are matched by what they name. `None` is a thing that is not there.
    """
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if all(isinstance(one, dict) for one in (mine, theirs)):
        was = base if isinstance(base, dict) else {}
        keys = dict.fromkeys((*theirs, *mine))
        found = {key: merged(was.get(key), mine.get(key), theirs.get(key)) for key in keys}
        return {key: value for key, value in found.items() if value is not None}
    if all(isinstance(one, list) for one in (mine, theirs)):
        before, changed = _by_name(base if isinstance(base, list) else ()), _by_name(mine)
        return [
            merged(before.get(name), changed[name], entry) if name in changed else entry
            for name, entry in _by_name(theirs).items()
        ]
    return theirs


def _by_name(entries: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in entries:
        name = next((str(entry[k]) for k in NAMES if isinstance(entry, dict) and entry.get(k)), "")
        while name in found:
            name += "'"
        found[name] = entry
    return found


def is_addition(before: str, now: str) -> bool:
    """Whether a question only adds to the one before, so that it is of the same person.

    >>> is_addition("52 male, stent", "52 male, stent, quit smoking 2010"), is_addition("a", "60 f")
    (True, False)
    """
    was, told = (" ".join(text.casefold().split()).strip(" ?.!,") for text in (before, now))
    return bool(was) and was in told


def asked_with(
    understood: Understood,
    document: Json,
    on: date,
    intents: Collection[str] = (),
    dropped: Collection[str] = (),
) -> Understood:
    """What was understood with another facts document in place of its own, and less of its topic.

    What the question is about follows the facts: a condition that was taken away is asked of no
    longer. `intents` is what is asked instead; `dropped` are pieces of the topic, `carrier:SLUG`,
    that are no part of it. Problems are those of the facts, all of them.
    """
    _facts, problems = read_facts(dict(document), on)
    chosen = tuple(one for one in ASKABLE if one.value in intents)
    return replace(
        understood,
        facts=document,
        topic=_without(_following(understood, document), dropped),
        intents=chosen or understood.intents,
        chips=tuple(one for one in understood.chips if f"{one.kind}:{one.value}" not in dropped),
        problems=tuple(problems if document else ()),
    )


def _following(understood: Understood, document: Json) -> Topic:
    topic, was = understood.topic, understood.facts
    uses, used = _told(document, "nicotine", "product"), _told(was, "nicotine", "product")
    takes, taken = _drugs(document), _drugs(was)
    return replace(
        topic,
        codes=_changed(topic.codes, _codes(was), _codes(document)),
        products=_changed(topic.products, used, uses),
        drugs=_changed(topic.drugs, taken, takes),
    )


def _changed(
    now: Iterable[str], before: Collection[str], after: Collection[str]
) -> tuple[str, ...]:
    gone = {*before} - {*after}
    return tuple(dict.fromkeys(one for one in (*now, *after) if one not in gone))


def _told(document: Json, listed: str, key: str) -> list[str]:
    entries = document.get(listed)
    told = entries if isinstance(entries, list) else ()
    return [str(one[key]) for one in told if isinstance(one, dict) and one.get(key)]


def _drugs(document: Json) -> list[str]:
    known = (drug(name) for name in _told(document, "medications", "name"))
    return [one.name for one in known if one]


def _codes(document: Json) -> list[str]:
    names = [
        n for listed in _CODED for key in ("name", "event") for n in _told(document, listed, key)
    ]
    codes = [one.code for name in names for one in named(name) if not one.negated]
    by_code = (by_icd10(code) for code in _told(document, "conditions", "icd10"))
    return [*codes, *(code for code in by_code if code)]


def _without(topic: Topic, dropped: Collection[str]) -> Topic:
    def kept(kind: str, told: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in told if f"{kind}:{one}" not in dropped)

    return replace(
        topic,
        class_word=next(iter(kept("class", (topic.class_word,))), ""),
        carriers=kept("carrier", topic.carriers),
        kinds=kept("requirement", topic.kinds),
        sold=kept("product", topic.sold),
        labs=kept("lab", topic.labs),
    )
