"""Lives with a history that a shipped guide rates, and answers to what is open of them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from megler.carriers.packages import read_files
from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import Impairment, Listed, Question, QuestionType
from megler.carriers.rules.reading.editions import read_edition
from megler.carriers.rules.when.tree import Among, comparisons_in
from megler.demo.rules.guides import guide_edition
from megler.demo.rules.roster.every import CARRIERS
from megler.underwriting.rules.assessment import Assessment
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.mentions import mentions
from megler.underwriting.rules.people import Person
from megler.vocabulary.ages import AgeBasis, add_months

ON = date(2026, 6, 15)
AMOUNT = Decimal(500_000)
SHIPPED = ("lofoten-mutual", "nordhavn-life", "prairie-mutual", "tundra-life")
DEMO = ("sogne-life", "fjordgard", "switchgrass-life")
GUIDES = (*SHIPPED, *DEMO)
"""Carriers whose guides judge histories: as published, and of the demo's own."""
EVENTS = {Listed.DRIVING, Listed.CRIMINAL}
LISTS = (Listed.CONDITIONS, Listed.DRIVING, Listed.CRIMINAL, Listed.AVOCATIONS)

FIT: dict[str, Any] = {
    "sex": "male", "jurisdiction": "TX", "height_in": 70, "weight_lb": 165,
    "nicotine": [], "family": [],
    "blood_pressure": {"systolic": 112, "diastolic": 70, "treated": False},
    "cholesterol": {"total": 150, "hdl_ratio": 3.0, "treated": False},
}  # fmt: skip
"""A man who has a carrier's best class when nothing else is told of him."""

_STEP = {"a1c": Decimal("0.1"), "cholesterol_ratio": Decimal("0.1"), "bmi": Decimal("0.1")}


@cache
def shipped(carrier: str) -> Edition:
    """A carrier's guide as it is published."""
    edition, problems = read_edition(_files(carrier))
    assert edition is not None, problems
    return edition


def _files(carrier: str) -> dict[str, bytes]:
    if carrier in SHIPPED:
        return read_files(Path(__file__).parents[2] / "editions" / carrier / "guide")
    profile = next(one for one in CARRIERS if one.house.slug == carrier)
    return guide_edition(profile.house, profile.guides[0])


def rules_of(edition: Edition) -> Guide:
    """The guide of a guide's edition."""
    assert edition.guide is not None
    return edition.guide


def rank(guide: Guide, code: str) -> tuple[int, int]:
    """An end of a range in the order of mildness: a class, a table, an outcome without a price.

    Individual consideration and postponement are not compared with each other (docs/guides.md).
    """
    if code.startswith("table_"):
        return len(guide.classes), int(code.removeprefix("table_"))
    places = [one.code for one in guide.classes]
    return (places.index(code), 0) if code in places else (len(places) + 1, code == "decline")


def judged(edition: Edition, document: dict[str, Any], on: date = ON) -> Assessment | None:
    """What the guide makes of a document; None where the document cannot be true."""
    read, _ = read_facts(document, on)
    return None if read is None else assess(edition, read.insured, on, AgeBasis.LAST, AMOUNT)


def read(document: dict[str, Any]) -> Person:
    """The insured of a document that may be true."""
    found, problems = read_facts(document, ON)
    assert found is not None, problems
    return found.insured


@cache
def figures(carrier: str) -> dict[str, list[Decimal]]:
    """The figures that any condition of a guide holds each fact against."""
    guide = rules_of(shipped(carrier))
    whens = [row.when for row in guide.ratings]
    whens += [when for rule in guide.rules for when in (rule.when, rule.requires)]
    found: dict[str, set[Decimal]] = {}
    for part in (part for when in whens for part in comparisons_in(when)):
        values = part.values if isinstance(part, Among) else (part.value,)
        found.setdefault(part.fact.name, set()).update(
            value for value in values if isinstance(value, Decimal)
        )
    return {name: sorted(values) for name, values in found.items()}


def a_life(random: Random, carrier: str, entries: int) -> dict[str, Any]:
    """Somebody with entries that the guide rates; figures and answers told or not, as it happens."""
    known = {
        "born": random.choice(["1948-03-20", "1963-10-02", "1974-01-30", "1988-06-15", "1999-12-31"]),
        "sex": random.choice(["female", "male"]), "jurisdiction": "TX",
        "height_in": random.randint(58, 78), "weight_lb": random.randint(100, 330),
        "nicotine": nicotine(random), "family": family(random),
        "blood_pressure": {
            "systolic": random.randint(110, 165), "diastolic": random.randint(65, 100),
            "treated": random.random() < 0.5,
        },
        "cholesterol": {
            "total": random.randint(110, 310), "hdl_ratio": random.randint(20, 90) / 10,
            "treated": random.random() < 0.5,
        },
        "income_annual": str(random.choice([0, 18_000, 60_000, 250_000])),
        "net_worth": str(random.choice([-50_000, 0, 400_000])),
    }  # fmt: skip
    document = {key: value for key, value in known.items() if random.random() < 0.85}
    if random.random() < 0.5:
        return document | with_entries(random, carrier, entries)
    return document | FIT | with_entries(random, carrier, entries)


def with_entries(random: Random, carrier: str, entries: int, told: float = 0.5) -> dict[str, Any]:
    """Lists of entries of the guide's impairments, by their names; `told` is how much is answered."""
    guide = rules_of(shipped(carrier))
    rated = [one for one in guide.impairments if one.listed in LISTS]
    found: dict[str, Any] = {}
    for one in random.sample(rated, entries):
        found.setdefault(one.listed.value, []).append(an_entry(random, carrier, one, told))
    return found


def an_entry(random: Random, carrier: str, one: Impairment, told: float = 0.5) -> dict[str, Any]:
    """An entry of the facts that is this impairment, this much of what decides it told."""
    guide = rules_of(shipped(carrier))
    asked = [q for q in guide.questions if q.impairment == one.code]
    details = {q.key: answer(random, carrier, q) for q in asked if random.random() < told}
    entry = {"event" if one.listed in EVENTS else "name": one.name, "details": details}
    if one.listed is not Listed.AVOCATIONS and random.random() < told:
        entry["on" if one.listed in EVENTS else "since"] = a_day(random, carrier)
    return entry


def nicotine(random: Random) -> list[dict[str, Any]]:
    if random.random() < 0.4:
        return []
    uses: list[dict[str, Any]] = [
        {"product": random.choice(["cigarette", "cigar", "nicotine_gum", "e_cigarette"])}
        for _ in range(random.randint(1, 2))
    ]
    for use in uses:
        if random.random() < 0.7:
            months = random.choice([0, 6, 11, 12, 13, 24, 36, 37, 60])
            use["last_used"] = add_months(ON, -months).isoformat()
        if random.random() < 0.7:
            use["per_week"] = random.choice([0, 0.1, 0.5, 1, 20])
    return uses


def family(random: Random) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for relation in random.sample(["father", "mother", "brother"], random.randint(0, 2)):
        illness = random.choice(["coronary artery disease", "stroke", "colon cancer", "gout"])
        age = random.choice([45, 59, 60, 64, 65, 71])
        dead: dict[str, Any] = random.choice([{"death_age": age}, {"alive": True}, {}])
        found.append({"relation": relation, "condition": illness, "onset_age": age, **dead})
    return found


def a_day(random: Random, carrier: str) -> str:
    """A day about as long ago as some condition of the guide asks."""
    held = figures(carrier)
    months = [int(m) for m in held.get("months_since", ())] or [6]
    months += [int(y * 12) for y in held.get("years_since", ())]
    wait = min(random.choice([*months, 3, 240]), 300)
    return (add_months(ON, -wait) + timedelta(days=random.randint(-1, 1))).isoformat()[:10]


def answer(random: Random, carrier: str, asked: Question) -> Any:
    """An answer to a question, at, below or above what some condition holds it against."""
    match asked.type:
        case QuestionType.FLAG:
            return random.random() < 0.5
        case QuestionType.CHOICE:
            return random.choice(asked.values)
        case QuestionType.DATE:
            return a_past_day(random, carrier, asked.key)
    return float(a_figure(random, carrier, asked.key))


def a_past_day(random: Random, carrier: str, key: str) -> str:
    day = add_months(ON, -min(random.choice([*_waits(carrier, key), 1]), 300))
    return min(day + timedelta(days=random.randint(-1, 1)), ON).isoformat()


def _waits(carrier: str, key: str) -> list[int]:
    """The months since the day of a question that some condition asks."""
    held = figures(carrier)
    months = [int(m) for m in held.get(f"months_since_{key}", ())]
    return months + [int(y * 12) for y in held.get(f"years_since_{key}", ())]


def a_figure(random: Random, carrier: str, name: str) -> Decimal:
    at = random.choice(figures(carrier).get(name) or [Decimal(10)])
    return max(at + random.choice([-1, 0, 1]) * _STEP.get(name, Decimal(1)), Decimal(0))


_ENTRY = re.compile(r"(?P<list>\w+)\[(?P<number>\d+)\]\.(?:(?P<details>details)\.)?(?P<key>\w+)")


def answered(
    random: Random, carrier: str, document: dict[str, Any], place: str
) -> dict[str, Any] | None:
    """The document with an answer at the place of an open fact; None: this test knows none."""
    at = _ENTRY.fullmatch(place)
    if at is not None:
        listed, number, details, key = at.groups()
        entries = [dict(entry) for entry in document[listed]]
        entry = entries[int(number)]
        assert key not in (entry.get("details", {}) if details else entry), f"{place} is told"
        codes = codes_at(carrier, document, f"{listed}[{number}]")
        value = answer_to(random, carrier, key, codes) if details else a_day(random, carrier)
        if details:
            entry["details"] = {**entry.get("details", {}), key: value}
        else:
            entry[key] = value
        return {**document, listed: entries}
    head, _, key = place.partition(".")
    if head == "details":
        held = {**document.get("details", {}), key: answer_to(random, carrier, key, {None})}
        return {**document, "details": held}
    if head in {"blood_pressure", "cholesterol"}:
        return {**document, head: {**document.get(head, {}), key: _vital(random, place)}}
    if place in {"nicotine", "family"} and document.get(place):
        return {**document, place: [_filled(random, one) for one in document[place]]}
    value = _plain(random, place)
    return None if value is None else {**document, place: value}


def every_answer(carrier: str, document: dict[str, Any], place: str) -> Iterator[dict[str, Any]]:
    """The document with each answer to a question of an entry that could tell rows apart."""
    at = _ENTRY.fullmatch(place)
    if at is None or not at["details"]:
        return
    codes = codes_at(carrier, document, f"{at['list']}[{at['number']}]")
    for asked in rules_of(shipped(carrier)).questions:
        if asked.key == at["key"] and asked.impairment in codes:
            for value in _values(carrier, asked):
                entries = [dict(entry) for entry in document[at["list"]]]
                entry = entries[int(at["number"])]
                entry["details"] = {**entry.get("details", {}), asked.key: value}
                yield {**document, at["list"]: entries}


def _values(carrier: str, asked: Question) -> Iterator[Any]:
    match asked.type:
        case QuestionType.FLAG:
            yield from (True, False)
        case QuestionType.CHOICE:
            yield from asked.values
        case QuestionType.NUMBER:
            step = _STEP.get(asked.key, Decimal(1))
            for figure in figures(carrier).get(asked.key, ()):
                least = figure - step if figure < 0 else Decimal(0)  # a T-score is below nought
                yield from (float(max(figure + by * step, least)) for by in (-1, 0, 1))
        case QuestionType.DATE:
            for months in (*_waits(carrier, asked.key), 0, 480):
                day = add_months(ON, -months)
                yield from ((day - timedelta(days=1)).isoformat(), day.isoformat())


def codes_at(carrier: str, document: dict[str, Any], place: str) -> set[str | None]:
    """The impairments that judge an entry."""
    found = mentions(rules_of(shipped(carrier)), read(document))
    return {one.code for mention in found if mention.place == place for one in mention.impairments}


def answer_to(random: Random, carrier: str, key: str, codes: set[str | None]) -> Any:
    asked = [
        q for q in rules_of(shipped(carrier)).questions if q.key == key and q.impairment in codes
    ]
    return answer(random, carrier, random.choice(asked))


def _vital(random: Random, place: str) -> Any:
    return {
        "blood_pressure.systolic": random.randint(105, 170),
        "blood_pressure.diastolic": random.randint(60, 103),
        "cholesterol.total": random.randint(100, 320),
        "cholesterol.hdl_ratio": random.randint(20, 100) / 10,
    }.get(place, random.random() < 0.5)


def _filled(random: Random, one: dict[str, Any]) -> dict[str, Any]:
    """A use of nicotine, or a relative, of whom everything is told."""
    if "product" in one:
        day = add_months(ON, -random.choice([0, 11, 12, 36, 60])).isoformat()
        return {"last_used": day, "per_week": random.choice([0, 0.1, 1, 20]), **one}
    dies = {} if "alive" in one or "death_age" in one else {"alive": True}
    return {**one, **dies}


def _plain(random: Random, place: str) -> Any:
    return {
        "born": random.choice(["1950-01-01", "1960-06-15", "1971-06-16", "1985-05-05"]),
        "sex": random.choice(["female", "male"]),
        "height_in": random.randint(58, 78),
        "weight_lb": random.randint(90, 340),
        "nicotine": nicotine(random),
        "family": family(random),
        "income_annual": str(random.choice([0, 20_000, 90_000, 800_000])),
        "net_worth": str(random.choice([-1, 0, 100_000, 5_000_000])),
    }.get(place)
