from dataclasses import replace
from decimal import Decimal

from megler.carriers.rules.guide import BuildRow, Guide
from megler.underwriting.rules.build import (
    build_verdict,
    rounding_assumptions,
    rows_at_height,
    table_numbers,
    table_verdict,
)
from megler.underwriting.rules.verdicts import State, Subject
from megler.vocabulary.codes import Sex
from tests.underwriting.guides import ON, build_rows, guide, person

RULES = guide().guide or Guide(())
PREFERRED = RULES.classes[1]


def test_the_row_of_the_nearest_inch_is_read() -> None:
    for height, nearest in ((63.5, 64), (64.4, 64), (64.5, 65)):
        rows = rows_at_height(RULES, person(height_in=height))
        assert {row.height_in for row in rows} == {nearest}


def test_tables_are_listed_mildest_first_whatever_the_file_order() -> None:
    rows = [row for row in reversed(build_rows()) if row.height_in == 64]
    assert table_numbers(rows) == [2, 4]


def test_a_table_accepts_up_to_its_weight() -> None:
    for weight, state in ((200, State.MET), (201, State.FAILED)):
        one = person(weight_lb=weight)
        subject = Subject("x", RULES, one, ON, (47, 47))
        assert table_verdict(subject, rows_at_height(RULES, one), 2).state is state


def test_charts_by_sex_use_the_persons_and_leave_it_open_when_not_known() -> None:
    light, heavy = (BuildRow(64, sex, "preferred", None, w) for sex, w in _LIMITS)
    rules = replace(RULES, build=(light, heavy))
    states = {}
    for sex in ("female", "male", None):
        one = person(sex=sex, weight_lb=160)
        subject = Subject("x", rules, one, ON, (47, 47))
        states[sex] = build_verdict(subject, rows_at_height(rules, one), PREFERRED).state
    assert states == {"female": State.FAILED, "male": State.MET, None: State.OPEN}


_LIMITS = ((Sex.FEMALE, 150), (Sex.MALE, 165))


def test_a_class_without_weights_at_this_height_is_not_given() -> None:
    rules = replace(
        RULES,
        build=tuple(
            row
            for row in RULES.build
            if not (row.height_in == 64 and row.class_code == "preferred")
        ),
    )
    subject = Subject("x", rules, person(), ON, (47, 47))
    verdict = build_verdict(subject, rows_at_height(rules, person()), PREFERRED)
    assert verdict.reason is not None
    assert (verdict.state, verdict.reason.code) == (State.FAILED, "no_build_for_class")


def test_only_figures_that_changed_are_told_as_rounded() -> None:
    assert rounding_assumptions(person()) == []
    told = rounding_assumptions(replace(person(), weight_lb=Decimal("149.5")))
    assert [reason.params["used"] for reason in told] == ["150"]
