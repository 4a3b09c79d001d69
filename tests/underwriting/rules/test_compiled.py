"""Compiled guides give the class that the assessment gives."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import BuildRow, Criterion, CriterionKind, GuideClass
from megler.carriers.rules.guide import Nicotine as Status
from megler.carriers.rules.ratings import PRODUCTS, NicotineRule
from megler.demo.actions.editions import edition_files
from megler.underwriting.rules.assessment import likely_of
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.compiled import (
    ClassTable,
    can_compile,
    compile_classes,
    family_fails,
)
from megler.underwriting.rules.compiled_facts import class_facts
from megler.underwriting.rules.compiled_kernel import COLUMNS, find_classes
from megler.underwriting.rules.figures import is_figures, judged_by
from megler.underwriting.rules.people import (
    BloodPressure,
    Cholesterol,
    Day,
    Entry,
    NicotineUse,
    Person,
    Relative,
)
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Sex
from tests.underwriting.guides import ON, guide

BASES = (AgeBasis.NEAREST, AgeBasis.LAST)


@cache
def shipped() -> tuple[Edition, ...]:
    """The demo's guides and the fictional one of the tests."""
    read = (check_edition(files)[0] for files in edition_files() if _is_guide(files))
    return (guide(), *(one for one in read if one is not None))


def _is_guide(files: dict[str, bytes]) -> bool:
    return b'kind = "guide"' in files["edition.toml"]


@cache
def shipped_table() -> ClassTable:
    return compile_classes((one, basis) for one in shipped() if can_compile(one) for basis in BASES)


def classes_found(
    table: ClassTable, person: Person, on: date = ON
) -> list[tuple[str | None, int | None]]:
    """The class and table that each guide of the table gives."""
    life = np.full((1, COLUMNS), -1, np.int32)
    for column, basis in enumerate(BASES):
        ages = person.ages(on, basis)
        life[0, column] = ages[0] if ages else -1
    life[0, 2:15] = class_facts(person, on)
    histories = [person.family] if person.family else []
    life[0, 15] = len(histories)
    found = np.empty((1, len(table.guides)), np.int32)
    find_classes(life, table.lanes, family_fails(table, histories), found)
    told: list[tuple[str | None, int | None]] = []
    for place, own in zip(found[0], table.candidates, strict=True):
        told.append((None, None) if place < 0 else (own[place].one.code, own[place].table))
    return told


def classes_assessed(
    table: ClassTable, person: Person, on: date = ON
) -> list[tuple[str | None, int | None]]:
    assessed = [assess(one, person, on, basis) for one, basis in table.guides]
    return [(one.class_code, one.table) for one in assessed]


_FIGURES = st.decimals(1, 400, places=2) | st.integers(2, 12).map(Decimal)
_DAYS = st.dates(date(2015, 1, 1), ON)


def _span(first: date, second: date) -> Day:
    return Day(min(first, second), max(first, second))


_SPANS = st.builds(_span, _DAYS, _DAYS) | _DAYS.map(lambda day: Day(day, day))
_RELATIVES = st.builds(
    Relative,
    relation=st.sampled_from(["father", "mother", "brother", None]),
    condition=st.sampled_from(["heart attack", "breast cancer", "stroke", "gout", None]),
    onset_age=st.none() | st.integers(30, 80),
    death_age=st.none() | st.integers(30, 80),
    alive=st.none() | st.booleans(),
)
_USES = st.builds(
    NicotineUse, product=st.sampled_from(["cigarette", None]), last_used=st.none() | _SPANS
)
PEOPLE = st.builds(
    Person,
    age=st.integers(0, 95),
    sex=st.sampled_from([None, *Sex]),
    height_in=st.none() | st.decimals(54, 84, places=1),
    weight_lb=st.none() | st.decimals(70, 420, places=1),
    nicotine=st.none() | st.lists(_USES, max_size=2).map(tuple),
    blood_pressure=st.none()
    | st.builds(
        BloodPressure,
        systolic=st.none() | st.integers(90, 190),
        diastolic=st.none() | st.integers(50, 110),
        treated=st.none() | st.booleans(),
    ),
    cholesterol=st.none()
    | st.builds(
        Cholesterol,
        total=st.none() | _FIGURES,
        hdl_ratio=st.none() | _FIGURES,
        treated=st.none() | st.booleans(),
    ),
    family=st.none() | st.lists(_RELATIVES, max_size=3).map(tuple),
    incomplete=st.sets(st.sampled_from(["nicotine", "family"])).map(frozenset),
)
"""People of whom only figures are known, and no product that a guide takes otherwise."""
_PRODUCTS = st.builds(
    NicotineUse,
    product=st.sampled_from([*PRODUCTS, None]),
    last_used=st.none() | _SPANS,
    per_week=st.none() | st.decimals(0, 2, places=2),
)
_MORE = st.fixed_dictionaries(
    {},
    optional={
        "nicotine": st.lists(_PRODUCTS, max_size=2).map(tuple),
        "conditions": st.sampled_from([(), (Entry("asthma"),), (Entry("type 2 diabetes"),)]),
        "medications": st.sampled_from([(), (Entry("metformin"),)]),
        "driving": st.sampled_from([(), (Entry("dui", since=Day(ON, ON)),)]),
        "details": st.sampled_from([{}, {"cotinine": "positive", "a1c": "9"}]),
        "criminal": st.sampled_from([(), (Entry("felony", since=Day(ON, ON)),)]),
        "avocations": st.sampled_from([(), (Entry("scuba diving"),)]),
        "travel": st.sampled_from([(), (Entry("AF"),)]),
        "occupation": st.sampled_from([None, "logger"]),
        "income_annual": st.sampled_from([None, Decimal(20_000)]),
        "net_worth": st.sampled_from([None, Decimal(50_000)]),
        "citizenship": st.sampled_from([None, "NO"]),
        "incomplete": st.sampled_from(["driving", "conditions"]).map(lambda one: frozenset({one})),
    },
)
TOLD = st.builds(lambda person, more: replace(person, **more), PEOPLE, _MORE)
"""People of whom more may be known."""


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_the_class_is_the_one_of_the_assessment(person: Person) -> None:
    table = shipped_table()
    assert is_figures(person, judged_by(one for one, _ in table.guides))
    assert classes_found(table, person) == classes_assessed(table, person)


@settings(max_examples=30, deadline=None)
@given(PEOPLE)
def test_the_class_of_figures_alone_is_the_likely_one(person: Person) -> None:
    for one, basis in shipped_table().guides:
        assessed = assess(one, person, ON, basis)
        likely = likely_of(assessed)
        assert (likely.class_code, likely.table) == (assessed.class_code, assessed.table)
        assert likely.flat_extra is None


@settings(max_examples=60, deadline=None)
@given(TOLD)
def test_whoever_is_more_than_figures_is_told_apart_where_it_would_decide(person: Person) -> None:
    table = shipped_table()
    if is_figures(person, judged_by(one for one, _ in table.guides)):
        assert classes_found(table, person) == classes_assessed(table, person)


@pytest.mark.parametrize("height", [59, 60, 64, 72, 73])
@pytest.mark.parametrize("weight", [0, 94, 95, 150, 151, 185, 186, 200, 201, 215, 216, 999])
@pytest.mark.parametrize("nicotine", [(), None, (NicotineUse(last_used=Day(ON, ON)),)])
def test_every_bound_of_the_chart_decides_to_the_pound(
    height: int, weight: int, nicotine: Sequence[NicotineUse] | None
) -> None:
    person = Person(
        age=45,
        sex=Sex.MALE,
        height_in=Decimal(height),
        weight_lb=Decimal(weight),
        nicotine=None if nicotine is None else tuple(nicotine),
    )
    table = compile_classes([(guide(), AgeBasis.LAST)])
    assert classes_found(table, person) == classes_assessed(table, person)


def test_a_limit_that_begins_at_an_age_holds_from_that_birthday_by_the_guides_basis() -> None:
    base = guide()
    assert base.guide is not None
    old = Criterion("preferred_plus", CriterionKind.SYSTOLIC_MAX, 60, 69, Decimal(100))
    edition = replace(base, guide=replace(base.guide, criteria=(*base.guide.criteria, old)))
    table = compile_classes((edition, basis) for basis in BASES)
    for born in (date(1966, 2, 28), date(1966, 3, 2), date(1956, 8, 31), date(1956, 9, 2)):
        person = Person(born=Day(born, born), blood_pressure=BloodPressure(120, 70), nicotine=())
        assert classes_found(table, person) == classes_assessed(table, person)


def test_a_class_on_review_and_a_chart_by_sex_are_judged_alike() -> None:
    base = guide()
    assert base.guide is not None
    first = GuideClass("super", "Super", "preferred_plus", Status.NONE, on_review=True)
    rows = tuple(
        BuildRow(
            row.height_in, sex, row.class_code, None, row.weight_max_lb + 9 * (sex is Sex.MALE)
        )
        for row in base.guide.build
        for sex in Sex
    )
    changed = replace(base.guide, classes=(first, *base.guide.classes), build=rows)
    table = compile_classes([(replace(base, guide=changed), AgeBasis.LAST)])
    for sex in (None, *Sex):
        for weight in range(140, 230, 3):
            person = Person(age=40, sex=sex, height_in=Decimal(64), weight_lb=Decimal(weight))
            assert classes_found(table, person) == classes_assessed(table, person)


def test_a_guide_finer_than_the_grid_is_left_to_the_assessment() -> None:
    base = guide()
    assert base.guide is not None
    assert can_compile(base)
    fine = Criterion(None, CriterionKind.CHOLESTEROL_HDL_RATIO_MAX, None, None, Decimal("4.0005"))
    criteria = (*base.guide.criteria, fine)
    assert not can_compile(replace(base, guide=replace(base.guide, criteria=criteria)))
    apart = (
        BuildRow(64, Sex.FEMALE, "standard", 100, 120),
        BuildRow(64, Sex.MALE, "standard", 122, 150),
    )
    assert not can_compile(replace(base, guide=replace(base.guide, build=apart)))
    for whose in ({"age_to": 69}, {"sex": Sex.MALE}):
        family = tuple(replace(rule, **whose) for rule in base.guide.family)
        assert not can_compile(replace(base, guide=replace(base.guide, family=family)))


def test_a_chart_by_age_or_not_of_every_inch_is_left_to_the_assessment() -> None:
    base = guide()
    assert base.guide is not None
    rows = base.guide.build
    for build in (
        tuple(replace(row, age_from=18) for row in rows),
        tuple(row for row in rows if row.height_in % 2 == 0),
        tuple(replace(row, height_in=row.height_in + Decimal("0.5")) for row in rows),
    ):
        assert not can_compile(replace(base, guide=replace(base.guide, build=build)))


def test_all_guides_that_ship_but_the_open_manuals_are_compiled() -> None:
    """That manual judges blood pressure, cholesterol and build by ratings besides."""
    left = [one.name for one in shipped() if not can_compile(one)]
    assert left == ["lofoten-mutual/full-guide@2025-01-01"]


def by_product(*rules: NicotineRule) -> Edition:
    base = guide()
    assert base.guide is not None
    return replace(base, guide=replace(base.guide, nicotine=rules))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(
            NicotineRule,
            class_code=st.sampled_from([None, "preferred_plus", "preferred", "standard"]),
            product=st.sampled_from([None, "cigar", "pipe"]),
            free_months=st.integers(0, 60),
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda rule: (rule.class_code, rule.product),
    ),
    PEOPLE,
)
def test_products_without_a_rule_count_by_the_months_of_each_class(
    rules: list[NicotineRule], person: Person
) -> None:
    edition = by_product(*rules)
    table = compile_classes([(edition, AgeBasis.LAST)])
    assert can_compile(edition)
    assert classes_found(table, person) == classes_assessed(table, person)


def test_a_product_with_a_rule_is_no_mere_figure() -> None:
    judged = judged_by([by_product(NicotineRule("standard", "cigar", 12, 24))])
    smoker = Person(nicotine=(NicotineUse("cigarette"),))
    assert is_figures(smoker, judged)
    assert not is_figures(replace(smoker, nicotine=(NicotineUse("cigar"),)), judged)


def test_an_allowance_for_any_product_is_left_to_the_assessment() -> None:
    assert not can_compile(by_product(NicotineRule("standard", None, 12, 24)))
