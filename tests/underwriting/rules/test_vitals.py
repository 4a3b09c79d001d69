from decimal import Decimal

import pytest

from megler.carriers.rules.guide import Criterion, CriterionKind, Guide
from megler.underwriting.rules.verdicts import State, Subject
from megler.underwriting.rules.vitals import FACTS, vitals_verdicts
from tests.underwriting.guides import ON, guide, person

RULES = guide().guide or Guide(())


def test_every_kind_of_limit_but_nicotine_names_the_fact_it_is_held_against() -> None:
    assert set(CriterionKind) - set(FACTS) == {CriterionKind.NICOTINE_FREE_MONTHS_MIN}


@pytest.mark.parametrize(
    ("ages", "states"),
    [
        ((47, 47), []),
        ((48, 48), [State.FAILED]),
        ((55, 55), [State.FAILED]),
        ((56, 56), []),
        ((47, 48), [State.OPEN]),
        (None, [State.OPEN]),
    ],
)
def test_a_limit_with_ages_holds_within_them(
    ages: tuple[int, int] | None, states: list[State]
) -> None:
    limit = Criterion("preferred", CriterionKind.SYSTOLIC_MAX, 48, 55, Decimal(110))
    rules = Guide(RULES.classes, criteria=(limit,))
    subject = Subject("x", rules, person(), ON, ages)
    assert [v.state for v in vitals_verdicts(subject, RULES.classes[1])] == states


def test_a_limit_of_every_class_is_held_against_each() -> None:
    subject = Subject("x", RULES, person(cholesterol={"total": 99}), ON, (47, 47))
    for one in RULES.classes:
        failed = [v for v in vitals_verdicts(subject, one) if v.state is State.FAILED]
        assert [v.reason.code for v in failed if v.reason] == ["below_limit"]
