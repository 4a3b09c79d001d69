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


def test_a_chart_of_half_inches_is_read_at_the_nearest_half() -> None:
    heights = (64, Decimal("64.5"), 65)
    rules = replace(RULES, build=tuple(BuildRow(h, None, "preferred", None, 160) for h in heights))
    for height, nearest in ((64.2, 64), (64.25, Decimal("64.5")), (65.2, 65)):
        one = person(height_in=height)
        assert [row.height_in for row in rows_at_height(rules, one)] == [nearest]
        assert [r.params["used"] for r in rounding_assumptions(one, rules)] == [str(nearest)]
    assert rows_at_height(rules, person(height_in=65.25)) == []
    assert rounding_assumptions(person(height_in=64.5), rules) == []


def test_a_chart_of_every_second_inch_is_read_at_the_nearest() -> None:
    rules = replace(
        RULES, build=tuple(BuildRow(h, None, "preferred", None, 160) for h in (60, 62, 64))
    )
    for height, nearest in ((59, [60]), (61, [62]), (60.9, [60]), (65, []), (58.9, [])):
        rows = rows_at_height(rules, person(height_in=height))
        assert [row.height_in for row in rows] == nearest


def test_charts_by_age_use_the_age_and_leave_it_open_when_not_known() -> None:
    young = BuildRow(64, None, "preferred", None, 150, age_to=49)
    old = BuildRow(64, None, "preferred", None, 165, age_from=50)
    rules = replace(RULES, build=(young, old))
    found = {}
    for ages in ((49, 49), (50, 50), (49, 50), None):
        one = person(weight_lb=160)
        rows = rows_at_height(rules, one, ages)
        verdict = build_verdict(Subject("x", rules, one, ON, ages), rows, PREFERRED)
        found[ages] = (verdict.state, verdict.fact)
    assert found == {
        (49, 49): (State.FAILED, "weight_lb"),
        (50, 50): (State.MET, "weight_lb"),
        (49, 50): (State.OPEN, "born"),
        None: (State.OPEN, "born"),
    }


def test_a_height_of_a_metric_chart_is_not_called_rounded() -> None:
    rules = replace(
        RULES,
        build=tuple(BuildRow(Decimal(h), None, "preferred", None, 160) for h in ("68.50", "68.89")),
    )
    told = replace(person(), height_in=Decimal(175) / Decimal("2.54"), weight_lb=Decimal(150))
    assert rounding_assumptions(told, rules) == []
