"""A question in plain words read into facts, what it asks and what of, and the words left over."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from megler.carriers.rules.ratings import Question
from megler.underwriting.rules.asking.amounts import read_amounts, read_lines
from megler.underwriting.rules.asking.fillers import FILLERS
from megler.underwriting.rules.asking.history import (
    read_drugs,
    read_history,
    read_icd10,
    read_nothing,
)
from megler.underwriting.rules.asking.intents import (
    intents_of,
    is_described,
    read_elsewhere,
    read_signs,
    read_unfit,
)
from megler.underwriting.rules.asking.journeys import read_travel
from megler.underwriting.rules.asking.nicotine import read_nicotine
from megler.underwriting.rules.asking.notes import Notes
from megler.underwriting.rules.asking.person import read_person, read_sex, read_work
from megler.underwriting.rules.asking.relatives import read_family
from megler.underwriting.rules.asking.topics import (
    read_carriers,
    read_class,
    read_kinds,
    read_limits,
    read_subjects,
)
from megler.underwriting.rules.asking.understood import Intent, Subject, Topic, Understood
from megler.underwriting.rules.asking.vitals import read_labs, read_vitals
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.problems import Problem

LONGEST = 2000
"""Characters of a question that are read."""


def understand(
    text: str,
    on: date,
    asked: Iterable[Question] = (),
    carriers: Mapping[str, str] | None = None,
) -> Understood:
    """What a question says and asks on a day; `asked` are the questions of the guides in effect,
    `carriers` the names of carriers by their slugs.

    Nothing is guessed in silence: `unread` holds the words that meant nothing, `supposed` what was
    supposed. Too long a text, or one without words, is a problem.
    """
    clean = "".join(one if one.isprintable() or one in "\n\t" else " " for one in text).strip()
    if len(clean) > LONGEST:
        found = Problem("question_too_long", "question", str(len(clean)), str(LONGEST))
        return Understood(clean[:LONGEST], (Intent.UNKNOWN,), problems=(found,))
    if not any(one.isalnum() for one in clean):
        empty = Problem("question_empty", "question", clean[:20], "a question")
        return Understood(clean, (Intent.UNKNOWN,), problems=(empty,))
    notes = Notes(clean, on, tuple(asked))
    unfit = read_unfit(notes)
    named = read_carriers(notes, carriers or {})
    topic = replace(_read_all(notes), carriers=named)
    signs = read_signs(notes)
    place = read_elsewhere(notes)
    read_sex(notes)
    intents = intents_of(notes, signs, topic)
    unread = tuple(
        notes.text[m.start() : m.end()] for m in notes.unused() if m.group() not in FILLERS
    )
    intents, place = _settled(notes, intents, unfit, unread, place)
    if intents == (Intent.BEST,) and Intent.BEST not in signs:
        notes.supposed.append("asks_who_is_best")
    return Understood(
        clean,
        intents,
        notes.facts,
        topic,
        tuple(notes.chips),
        unread,
        tuple(dict.fromkeys(notes.supposed)),
        tuple(_problems(notes)),
        place,
    )


def _read_all(notes: Notes) -> Topic:
    """Everything that a question tells; what is said most surely is read first."""
    read_icd10(notes)
    read_nothing(notes)
    read_vitals(notes)
    read_person(notes)
    read_lines(notes)
    class_word = read_class(notes)
    read_family(notes)
    read_drugs(notes)
    read_nicotine(notes)
    read_work(notes)
    read_history(notes)
    read_labs(notes)
    read_travel(notes)
    read_amounts(notes)
    limits = read_limits(notes)
    kinds = read_kinds(notes)
    subjects = read_subjects(notes)
    return _topic(notes, class_word, limits, kinds, subjects)


def _topic(
    notes: Notes,
    class_word: str,
    limits: tuple[str, ...],
    kinds: tuple[str, ...],
    subjects: tuple[Subject, ...],
) -> Topic:
    facts = notes.facts
    added = [
        subject
        for key, subject in (
            ("blood_pressure", Subject.BLOOD_PRESSURE),
            ("cholesterol", Subject.CHOLESTEROL),
            ("family", Subject.FAMILY),
            ("travel", Subject.TRAVEL),
            ("occupation", Subject.OCCUPATION),
        )
        if facts.get(key)
    ]
    if notes.labs:
        added.append(Subject.LAB)
    if "bmi" in notes.labs or any(
        key in facts for key in ("height_in", "height_cm", "weight_lb", "weight_kg")
    ):
        added.append(Subject.BUILD)
    used = cast(list[dict[str, object]], facts.get("nicotine") or [])
    drugs = cast(list[dict[str, object]], facts.get("medications") or [])
    return Topic(
        codes=tuple(dict.fromkeys(notes.codes)),
        subjects=tuple(dict.fromkeys([*subjects, *added])),
        class_word=class_word,
        labs=tuple(dict.fromkeys(notes.labs)),
        products=tuple(dict.fromkeys(str(one["product"]) for one in used)),
        kinds=kinds,
        drugs=tuple(str(one["name"]) for one in drugs),
        limits=limits,
    )


def _settled(
    notes: Notes,
    intents: tuple[Intent, ...],
    unfit: tuple[Intent, ...],
    unread: tuple[str, ...],
    place: str,
) -> tuple[tuple[Intent, ...], str]:
    """Abuse, mark-up, other rooms' questions and mostly strange words give way to what is ours."""
    if intents == (Intent.UNKNOWN,) or (not notes.chips and len(unread) > 1):
        if place:
            return (Intent.ELSEWHERE,), place
        return (unfit[:1] or (Intent.UNKNOWN,)), ""
    if place and not is_described(notes) and not notes.codes:
        return (Intent.ELSEWHERE,), place
    if len(unread) >= 4 and len(unread) > 2 * len(notes.chips):
        return (unfit[:1] or (Intent.UNKNOWN,)), ""
    return intents, ""


def _problems(notes: Notes) -> list[Problem]:
    if not notes.facts:
        return []
    _facts, problems = read_facts(notes.facts, notes.on)
    return problems
