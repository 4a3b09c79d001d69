from datetime import date
from typing import Any

import pytest

from megler.quoting.rules.asked import Asked, Assessments, is_couple, open_enrolment
from megler.underwriting.rules.facts import read_facts
from tests.underwriting.guides import ON

ADULT = {"born": "1980-01-01"}


def asked(*people: dict[str, Any], **wants: Any) -> Asked:
    listed = [{"id": f"p{i}", **one} for i, one in enumerate(people)]
    wish = {"people": [one["id"] for one in listed], **wants}
    facts, problems = read_facts({"people": listed, "wants": wish}, ON)
    assert facts is not None, problems
    lives = tuple(Assessments({}, person, ON) for person in facts.people)
    return Asked(0, facts.wants[0], facts.people[0], ON, lives[0], lives)


@pytest.mark.parametrize(
    ("facts", "open_"),
    [
        ({"part_b_date": "2025-10-01"}, "yes"),
        ({"part_b_date": "2025-09-01"}, "no"),
        ({"part_b_date": "2026-05-01"}, "yes"),
        ({"part_b_date": "2025-09"}, "yes"),
        ({"enrolment_window": "guaranteed_issue", "part_b_date": "2020-01-01"}, "yes"),
        ({"enrolment_window": "none", "part_b_date": "2026-01-01"}, "no"),
        ({}, None),
    ],
)
def test_enrolment_is_open_for_six_months_from_part_b(
    facts: dict[str, Any], open_: str | None
) -> None:
    person = asked({**ADULT, **facts}).person
    on = ON if facts.get("part_b_date") != "2025-09" else date(2026, 2, 28)
    assert open_enrolment(person, on) == open_


def test_a_month_of_part_b_that_decides_differently_leaves_it_open() -> None:
    person = asked({**ADULT, "part_b_date": "2025-09"}).person
    assert open_enrolment(person, date(2026, 3, 15)) is None


@pytest.mark.parametrize(
    ("roles", "couple"),
    [
        (("insured", "spouse"), True),
        (("insured", "partner"), True),
        (("partner", "partner"), True),
        (("insured", "insured"), False),
        (("insured", "employee"), False),
        (("spouse",), False),
    ],
)
def test_two_adults_are_a_couple_when_one_is_the_others_partner(
    roles: tuple[str, ...], couple: bool
) -> None:
    assert is_couple(asked(*({**ADULT, "role": role} for role in roles)).everyone) is couple


def test_a_child_makes_no_couple_but_a_household() -> None:
    family = asked({**ADULT, "role": "spouse"}, {"born": "2015-01-01", "role": "child"})
    facts = family.facts()
    assert (facts["couple"], facts["household"], facts["lives"]) == ("no", "yes", 2)


def test_what_is_not_asked_for_stays_unknown() -> None:
    facts = asked(ADULT).facts()
    assert (facts["household"], facts["qualified"], facts["payout"]) == (None, None, None)
    told = asked(ADULT, household=False, qualified=True, premium="50000").facts()
    assert (told["household"], told["qualified"], str(told["premium"])) == ("no", "yes", "50000")


def test_a_persons_facts_address_cells_by_zip_and_its_first_three_digits() -> None:
    facts = asked({**ADULT, "zip": "75001", "occupation": "clerk"}).assessments.facts()
    assert (facts["zip"], facts["zip3"], facts["role"]) == ("75001", "750", "insured")
    assert facts["occupation"] == "clerk"
