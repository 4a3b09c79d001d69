"""A question in plain words read into facts, what it asks and what of, and the words left over."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from megler.carriers.rules.ratings import Question
from megler.underwriting.rules.asking.ages import read_age, read_age_alone, read_sex
from megler.underwriting.rules.asking.amounts import read_amounts, read_lines
from megler.underwriting.rules.asking.drugs import read_drugs
from megler.underwriting.rules.asking.fillers import FILLERS
from megler.underwriting.rules.asking.history import (
    read_history,
    read_icd10,
    read_nothing,
)
from megler.underwriting.rules.asking.intents import also_asked, intents_of, is_described
from megler.underwriting.rules.asking.journeys import names_a_journey, read_travel
from megler.underwriting.rules.asking.mending import mended
from megler.underwriting.rules.asking.money import read_money
from megler.underwriting.rules.asking.nicotine import read_nicotine
from megler.underwriting.rules.asking.notes import Notes
from megler.underwriting.rules.asking.person import read_build, read_place, read_work
from megler.underwriting.rules.asking.places import HELP, read_elsewhere
from megler.underwriting.rules.asking.relatives import read_family
from megler.underwriting.rules.asking.several import tells_of_several
from megler.underwriting.rules.asking.signs import is_own_word, read_signs
from megler.underwriting.rules.asking.topics import (
    read_carriers,
    read_class,
    read_evidence,
    read_kinds,
    read_limits,
    read_own_class,
    read_products,
    read_subjects,
)
from megler.underwriting.rules.asking.understood import Intent, Subject, Topic, Understood
from megler.underwriting.rules.asking.unfit import read_unfit
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
    *,
    products: Mapping[str, str] | None = None,
    classes: Mapping[str, str] | None = None,
) -> Understood:
    """What a question says and asks on a day; `asked` are the questions of the guides in effect,
    `carriers` and `products` names by slug and code, `classes` guides' own names of industry classes.

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
    notes = Notes(mended(clean), on, tuple(asked))
    unfit = read_unfit(notes)
    if refused := next((one for one in (Intent.MARKUP, Intent.CONCEAL) if one in unfit), None):
        return Understood(clean, (refused,))
    sold = read_products(notes, products or {})
    named = read_carriers(notes, carriers or {})
    own_class = read_own_class(notes, classes or {})
    topic = replace(_read_all(notes), carriers=named, sold=sold)
    topic = replace(topic, class_word=topic.class_word or own_class)
    place = read_elsewhere(notes)
    signs = read_signs(notes)
    intents = intents_of(notes, signs, topic)
    topic = _of_best_class(notes, topic, intents)
    if intents[0] is Intent.LIMITS and not topic.limits:
        topic = replace(topic, limits=_limits_meant(notes))
    _settle_wishes(notes, topic, intents)
    intents += also_asked(signs, topic, intents[0])
    unread = tuple(
        notes.text[m.start() : m.end()]
        for m in notes.unused()
        if m.group() not in FILLERS and not (signs and is_own_word(m.group()))
    )
    several = tells_of_several(notes)
    if several:
        notes.supposed.append("several_people")
    intents, place = _settled(
        notes, intents=intents, unfit=unfit, unread=unread, place=place, signs=signs
    )
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
    read_build(notes)
    read_money(notes)
    read_evidence(notes)
    read_age(notes)
    read_place(notes)
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
    read_age_alone(notes)
    read_sex(notes)
    _settle_class(notes)
    limits = read_limits(notes)
    kinds = read_kinds(notes)
    subjects = read_subjects(notes)
    return _topic(notes, class_word, limits, kinds, subjects)


def _limits_meant(notes: Notes) -> tuple[str, ...]:
    """The bounds meant where none is named: the age told is near one of them, else all are."""
    if notes.age is not None:
        return ("age_min",) if notes.age < _YOUNG else ("age_max",)
    term = "term_years" in notes.part("wants")
    return ("age_max",) if term else ("age_min", "age_max", "amount_min", "amount_max")


_YOUNG = 18
_BEST_CLASS = re.compile(
    r"\b(?:best|top|highest) (?:rate |risk |health |non[- ]?(?:smoker|tobacco) )?class\b"
)


def _settle_class(notes: Notes) -> None:
    """`standard smoker` and `std nonsmoker` tell the nicotine with the class."""
    words = " ".join(chip.words.lower() for chip in notes.chips if chip.kind == "class")
    if "nicotine" in notes.facts or notes.age is None:
        return
    if re.search(r"\b(?:non|nt|ns)\b|non[- ]?(?:smok|tob)", words):
        notes.facts["nicotine"] = []
    elif re.search(r"\b(?:smok\w*|sm|tob\w*|nicotine)\b", words):
        product = "cigarette" if "sm" in words else "other"
        notes.facts["nicotine"] = [{"product": product, "last_used": notes.on.isoformat()}]


def _of_best_class(notes: Notes, topic: Topic, intents: tuple[Intent, ...]) -> Topic:
    """`how long off cigarettes for best class` asks of a class; `who gives best class` of none."""
    if intents[0] is Intent.RULE and not topic.class_word and _BEST_CLASS.search(notes.low):
        return replace(topic, class_word="preferred_plus")
    return topic


def _settle_wishes(notes: Notes, topic: Topic, intents: tuple[Intent, ...]) -> None:
    """A price is asked for a class; an amount a month that "buys how much" is a budget."""
    if Intent.PRICE not in intents:
        return
    wants = notes.part("wants")
    classes = {chip.value for chip in notes.chips if chip.kind == "class"}
    if topic.class_word.startswith("table_"):
        wants["table"] = int(topic.class_word.removeprefix("table_"))
    elif len(classes) == 1:
        wants["class"] = topic.class_word
    if "premium_max" in wants and "face_amount" not in wants:
        wants["budget"] = wants.pop("premium_max")
        notes.move_chips("wants.premium_max", "wants.budget")
    if not wants:
        del notes.facts["wants"]


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
    *,
    intents: tuple[Intent, ...],
    unfit: tuple[Intent, ...],
    unread: tuple[str, ...],
    place: str,
    signs: set[Intent],
) -> tuple[tuple[Intent, ...], str]:
    """Abuse, other rooms' questions and mostly strange words give way to what is ours."""
    if place == HELP or (place and not is_described(notes) and not notes.codes):
        return (Intent.ELSEWHERE,), place
    unread = tuple(one for one in unread if not one.isdigit())
    if not _is_strange(notes, intents, unread):
        return intents, ""
    of_nobody = {chip.kind for chip in notes.chips} <= {"sex", "age"}
    asks_of_something = signs & {Intent.RULE, Intent.BEST, Intent.CLASS} and of_nobody
    if asks_of_something and 0 < len(unread) <= _FEW and not unfit:
        return (Intent.RULE,), ""
    return (unfit[:1] or (Intent.UNKNOWN,)), ""


def _is_strange(notes: Notes, intents: tuple[Intent, ...], unread: tuple[str, ...]) -> bool:
    """Whether strange words leave it open what is asked at all."""
    if intents == (Intent.UNKNOWN,):
        return True
    only_a_country = set(notes.facts) == {"travel"} and not notes.codes and bool(unread)
    if only_a_country and not names_a_journey(notes):
        return True
    if not notes.chips and len(unread) > 1 and intents[0] in _NEED_A_SUBJECT:
        return True
    return not notes.codes and len(unread) >= _MANY and len(unread) > 2 * len(notes.chips)


_NEED_A_SUBJECT = {Intent.RULE, Intent.REQUIREMENTS, Intent.BEST, Intent.CLASS, Intent.PRICE}
_FEW, _MANY = 3, 4
"""So many strange words are a thing nobody rates; so many and more are no question."""


def _problems(notes: Notes) -> list[Problem]:
    if not notes.facts:
        return []
    _facts, problems = read_facts(notes.facts, notes.on)
    return problems
