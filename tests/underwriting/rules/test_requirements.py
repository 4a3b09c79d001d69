from decimal import Decimal

import pytest

from megler.underwriting.rules.requirements import grid_reaches, requirements_for
from megler.vocabulary.codes import RequirementKind
from tests.underwriting.guides import guide

GUIDE = guide()
MIB, EXAM = RequirementKind.MIB, RequirementKind.PARAMEDICAL_EXAM
BLOOD, ECG = RequirementKind.BLOOD_PROFILE, RequirementKind.ECG


@pytest.mark.parametrize(
    ("age", "amount", "kinds"),
    [
        (50, 249_999, [MIB]),
        (50, 250_000, [MIB, EXAM, BLOOD]),
        (51, 1, [EXAM, BLOOD, ECG]),
        (99, 9_000_000, [EXAM, BLOOD, ECG]),
        (17, 1, []),
    ],
)
def test_the_grid_is_read_to_the_year_and_the_dollar(
    age: int, amount: int, kinds: list[RequirementKind]
) -> None:
    found = requirements_for(GUIDE, age, Decimal(amount))
    assert [one.kind for one in found] == kinds
    assert grid_reaches(GUIDE, age, Decimal(amount)) == bool(kinds)


def test_a_requirement_says_which_row_calls_for_it() -> None:
    (mib, *_) = requirements_for(GUIDE, 50, Decimal(250_000))
    (reason,) = mib.reasons
    assert (reason.params["amount_from"], reason.params["amount_to"]) == ("250000", "")
    assert (reason.source.page, reason.source.rule) == ("5", "requirements")


def test_an_open_age_calls_for_everything_possible_and_says_what_is_certain() -> None:
    found = requirements_for(GUIDE, (50, 51), Decimal(250_000))
    certain = {one.kind: one.is_certain for one in found}
    assert certain == {MIB: False, EXAM: True, BLOOD: True, ECG: False}


def test_evidence_on_file_is_told() -> None:
    found = requirements_for(GUIDE, 60, Decimal(1), evidence={BLOOD})
    assert [one.kind for one in found if one.on_file] == [BLOOD]
