"""The class of a life at every product's guide: build, vitals, nicotine and family history.

Each of 300 products has a guide of its own. Compiled guides, decision tables of zen-engine, JsonLogic
and plain Python answer from the same whole numbers; all answers are held against each other, and those
to a few lives against the assessment with every reason, before anything is timed. Besides: that
assessment itself, by every guide of the demo's carriers.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

import numpy as np

from benchmarks.answers import Disagreement
from benchmarks.assessing import assessed
from benchmarks.books import SMALL
from benchmarks.guides import full_guide_files
from benchmarks.lives import NEVER, People, documents, make_people
from benchmarks.market import ON
from benchmarks.peers.class_tables import Classes, PlainPython, ZenTable, ZenTables, rules_of
from benchmarks.peers.json_logic import JsonLogic
from benchmarks.report import Line, Report, duration, goal, times
from benchmarks.timing import medians, rates
from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.edition import Edition
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.compiled import compile_classes, family_fails
from megler.underwriting.rules.compiled_facts import BIG, ClassFacts, class_facts
from megler.underwriting.rules.compiled_kernel import COLUMNS, FAMILY, find_classes
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.people import Person, Relative
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.problems import errors

PRODUCTS = 300
_GOAL_US = 10.0
_PART = 4096


class _Prepared(Protocol):
    """A peer that makes ready beforehand what a life will ask."""

    name: str

    def prepare(self, people: People, row: int) -> None: ...

    def one(self, people: People, early: Classes, row: int) -> Classes: ...


_HISTORIES: tuple[tuple[Relative, ...], ...] = tuple(
    tuple(
        Relative(relation, "heart attack", death_age=age)
        for relation, age in (("father", father), ("mother", mother))
        if age
    )
    for father in (0, 55, 62, 80)
    for mother in (0, 58, 64)
    if father or mother
)
"""What lives tell of parents who died; most lives tell of none."""


def full() -> Iterator[Report]:
    """At the size that docs/performance.md tells of."""
    yield from classes(PRODUCTS, lives=200_000, asked=100, rounds=5)


def quick() -> Iterator[Report]:
    """At a size that takes seconds: agreement is proved, times mean little."""
    yield from classes(30, lives=1000, asked=10, rounds=1)


def classes(products: int, lives: int, asked: int, rounds: int) -> Iterator[Report]:
    """The reports: beside the peers, in bulk, and one assessment of all carriers."""
    guides = _guides(products)
    people = make_people(lives, SMALL)
    ours, history = Compiled(guides), _histories(lives)
    yield _beside_peers(ours, people, history, asked, rounds)
    yield _in_bulk(ours, people, history, rounds)
    yield assessed(people, min(asked, 30), rounds)


class Compiled:
    """Megler's compiled guides."""

    name = "Megler"

    def __init__(self, guides: Sequence[Edition]) -> None:
        self.guides = guides
        self.table = compile_classes((guide, AgeBasis.NEAREST) for guide in guides)
        numbers = {guide.name: number for number, guide in enumerate(guides)}
        self._product = np.array([numbers[guide.name] for guide, _ in self.table.guides])
        self.family = family_fails(self.table, _HISTORIES)

    def rows(self, people: People, history: Classes) -> Any:
        """The lives as the kernel takes them."""
        rows = np.full((len(people), COLUMNS), -1, np.int32)
        free = np.where(people.free == NEVER, BIG, people.free)
        told = {
            "sex": people.sex, "height": people.height, "weight": people.weight,
            "systolic": people.systolic, "diastolic": people.diastolic,
            "ratio_up": people.ratio * 100, "free_months": free, "sure_months": free,
        }  # fmt: skip
        rows[:, 0], rows[:, 1] = people.age_nearest, people.age_last
        for name, values in told.items():
            rows[:, 2 + ClassFacts._fields.index(name)] = values
        rows[:, FAMILY] = history
        return rows

    def find(self, rows: Any) -> Any:
        """The place of each life's class at each guide."""
        found = np.empty((len(rows), len(self.table.guides)), np.int32)
        find_classes(rows, self.table.lanes, self.family, found)
        return found

    def find_in_threads(self, rows: Any, pool: ThreadPoolExecutor) -> None:
        """All of many lives, part by part."""
        parts = [rows[at : at + _PART] for at in range(0, len(rows), _PART)]
        list(pool.map(lambda part: len(self.find(part)), parts))

    def of_person(self, person: Person) -> Any:
        """From the person as told to the classes, family history included."""
        row = np.empty((1, COLUMNS), np.int32)
        for column, basis in enumerate((AgeBasis.NEAREST, AgeBasis.LAST)):
            ages = person.ages(ON, basis)
            row[0, column] = ages[0] if ages else -1
        row[0, 2:FAMILY], row[0, FAMILY] = class_facts(person, ON), bool(person.family)
        family = family_fails(self.table, (person.family,) if person.family else ())
        found = np.empty((1, len(self.table.guides)), np.int32)
        find_classes(row, self.table.lanes, family, found)
        return found

    def told(self, found: Any) -> Classes:
        """The classes of one life by the products' numbers."""
        classes = np.empty(len(self._product), np.int64)
        classes[self._product] = found[0]
        return classes


def _guides(count: int) -> list[Edition]:
    found = []
    for number in range(count):
        guide, _, problems = check_edition(full_guide_files(f"carrier-{number:03}", number))
        if guide is None:
            raise ValueError(f"guide {number} is faulty: {errors(problems)[:3]}")
        found.append(guide)
    return found


def _histories(count: int) -> Classes:
    """Of each life the number of what it tells of its parents, 0: nothing."""
    dice = np.random.default_rng(11)
    told = dice.integers(1, len(_HISTORIES) + 1, count)
    return np.where(dice.random(count) < 0.8, 0, told)


def _early(history: Classes) -> Classes:
    """How many parents died before 60 and before 65."""
    counts = [(0, 0)] + [
        (sum((r.death_age or 99) < 60 for r in one), sum((r.death_age or 99) < 65 for r in one))
        for one in _HISTORIES
    ]
    return np.array(counts)[history]


def _persons(people: People, history: Classes, count: int) -> list[Person]:
    persons = []
    for document, number in zip(documents(people.some(slice(0, count))), history, strict=False):
        facts, problems = read_facts(document, ON)
        if facts is None or errors(problems):
            raise ValueError(f"a document that is refused: {problems[:3]}")
        persons.append(replace(facts.insured, family=_HISTORIES[number - 1] if number else ()))
    return persons


def _beside_peers(
    ours: Compiled, people: People, history: Classes, asked: int, rounds: int
) -> Report:
    rules, products = rules_of(ours.guides), len(ours.guides)
    plain = PlainPython(rules, products)
    prepared: list[_Prepared] = [
        ZenTables(rules, products),
        ZenTable(rules, products),
        JsonLogic(rules, products),
    ]
    early, rows = _early(history), ours.rows(people.some(slice(0, asked)), history[:asked])
    persons = _persons(people, history, asked)
    few, fewest = range(min(asked, 10)), range(min(asked, 3))
    for row in range(asked):
        mine = ours.told(ours.find(rows[row : row + 1]))
        _same(row, "a person's facts", mine, ours.told(ours.of_person(persons[row])))
        _same(row, plain.name, mine, plain.one(people, early, row))
        for peer in prepared if row in few else ():
            peer.prepare(people, row)
            _same(row, peer.name, mine, peer.one(people, early, row))
        if row in fewest:
            _same(row, "the assessment", mine, _by_assessment(ours.guides, persons[row]))
    from_person = f"{ours.name}, from the person's facts on"
    with_reasons = f"{ours.name}, the assessment with every reason"
    questions: dict[str, Callable[[int], object]] = {
        ours.name: lambda row: ours.find(rows[row : row + 1]),
        from_person: lambda row: ours.of_person(persons[row]),
        plain.name: partial(plain.one, people, early),
    }
    took = medians(questions, range(asked), rounds)
    peers: dict[str, Callable[[int], object]] = {
        peer.name: partial(peer.one, people, early) for peer in prepared
    }
    took |= medians(peers, few, rounds)
    best = min(took[name] for name in (plain.name, *peers))
    took |= medians({with_reasons: lambda row: _by_assessment(ours.guides, persons[row])}, fewest)
    lives = dict.fromkeys(peers, len(few)) | {with_reasons: len(fewest)}
    return Report(
        f"The class of one life at {products} products ({ours.table.size:,} classes)",
        [
            Line(
                name,
                duration(seconds),
                "" if name == ours.name else times(seconds / took[ours.name]),
                f"{lives[name]} lives" if name in lives else "",
            )
            for name, seconds in sorted(took.items(), key=lambda item: item[1])
        ],
        [
            f"the best peer takes {times(best / took[from_person])} as long as from the facts on",
            f"every reason takes {times(took[with_reasons] / best)} as long as the best peer",
        ],
    )


def _by_assessment(guides: Sequence[Edition], person: Person) -> Classes:
    found = []
    for guide in guides:
        code = assess(guide, person, ON).class_code
        codes = [one.code for one in guide.guide.classes] if guide.guide else []
        found.append(-1 if code is None else codes.index(code))
    return np.array(found)


def _same(row: int, name: str, mine: Classes, theirs: Classes) -> None:
    if not np.array_equal(mine, theirs):
        at = int(np.flatnonzero(mine != theirs)[0])
        raise Disagreement(f"life {row}, product {at}: {name} says {theirs[at]}, not {mine[at]}")


def _in_bulk(ours: Compiled, people: People, history: Classes, rounds: int) -> Report:
    rows, threads = ours.rows(people, history), os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        found = rates(
            {
                "one thread": (len(rows), lambda: ours.find(rows)),
                f"{threads} threads": (len(rows), lambda: ours.find_in_threads(rows, pool)),
            },
            rounds,
        )
    alone = 1e6 / found["one thread"].processor
    return Report(
        f"{len(rows):,} lives at {len(ours.guides)} products, compiled",
        [
            Line(
                name,
                duration(1 / rate.clock) + " a life",
                remark=f"{rate.clock:,.0f} lives/s; {rate.processor:,.0f} a processor second",
            )
            for name, rate in found.items()
        ],
        [goal(f"{_GOAL_US:.0f} µs of a processor a life", _GOAL_US / alone, 1.0)],
    )
