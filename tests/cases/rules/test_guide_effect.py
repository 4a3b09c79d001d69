"""A new guide changes a case only where the likely outcome is another."""

from decimal import Decimal

import pytest

from megler.cases.rules.guide_effect import effect_of
from megler.underwriting.rules.assessment import likely_of
from megler.vocabulary.ages import AgeBasis
from tests.underwriting.guides import ON, guide, person
from tests.underwriting.rated_guides import having, rated_guide, rating

BEFORE = rated_guide()
STRICTER = rated_guide(
    ratings=(
        rating("sleep_apnea", "base", "", "table_4", text="sleep apnea"),
        *(
            r
            for r in (BEFORE.guide.ratings if BEFORE.guide else ())
            if r.impairment != "sleep_apnea"
        ),
    )
)
AMOUNT = Decimal(500_000)


def test_nothing_changes_where_the_outcome_is_the_same() -> None:
    assert effect_of(BEFORE, STRICTER, person(), ON, AgeBasis.NEAREST, AMOUNT) is None
    assert effect_of(BEFORE, BEFORE, person(), ON, AgeBasis.NEAREST, AMOUNT) is None


@pytest.mark.parametrize(("first", "second", "worse"), [(0, 1, True), (1, 0, False)])
def test_a_change_says_which_way_and_why(first: int, second: int, worse: bool) -> None:
    guides = (BEFORE, STRICTER)
    sleeper = person(conditions=having("sleep apnea"))
    found = effect_of(guides[first], guides[second], sleeper, ON, AgeBasis.NEAREST, AMOUNT)
    assert found is not None
    assert found.is_worse is worse
    assert {likely_of(found.before).table, likely_of(found.after).table} == {2, 4}
    assert "rating_base" in {reason.code for reason in found.reasons}


def test_a_class_lost_is_worse() -> None:
    lighter = guide(criteria=())
    high = person(blood_pressure={"systolic": 139, "diastolic": 80})
    found = effect_of(lighter, guide(), high, ON, AgeBasis.NEAREST, AMOUNT)
    assert found is not None
    assert found.is_worse
