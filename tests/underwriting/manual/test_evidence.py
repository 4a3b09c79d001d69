"""What Lofoten Mutual asks for: the grid, what triggers more, and what on file serves."""

from decimal import Decimal
from typing import Any

import pytest

from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.requirements import Requirement, requirements_for, requirements_of
from tests.underwriting.guides import ON
from tests.underwriting.manual.lofoten import lofoten
from tests.underwriting.manual.nonmedical import FIT, ago

LISTS: dict[str, Any] = {
    "conditions": [], "medications": [], "driving": [], "criminal": [], "avocations": [],
    "travel": [], "occupation": "teacher", "income_annual": "200000",
}  # fmt: skip


def needed(amount: int = 90_000, **facts: Any) -> dict[str, Requirement]:
    read, problems = read_facts({**FIT, **LISTS, **facts}, ON)
    assert read is not None, problems
    found = requirements_of(lofoten(), read.insured, ON, amount=Decimal(amount))
    return {one.kind.value: one for one in found.requirements}


def certain(amount: int = 90_000, **facts: Any) -> set[str]:
    return {kind for kind, one in needed(amount, **facts).items() if one.is_certain}


@pytest.mark.parametrize(
    ("age", "amount", "kinds"),
    [
        (30, 99_999, "mib"),
        (30, 100_000, "mib telephone_interview"),
        (30, 250_001, "mib paramedical_exam urine"),
        (31, 500_001, "mib paramedical_exam blood_profile urine mvr"),
        (50, 1_000_001, "mib paramedical_exam blood_profile urine mvr ecg financial_statements"),
        (51, 500_001, "mib paramedical_exam blood_profile urine mvr ecg"),
        (60, 2_000_001, "mib paramedical_exam blood_profile urine mvr ecg financial_statements aps treadmill"),
        (61, 250_001, "mib paramedical_exam blood_profile urine mvr ecg"),
        (70, 500_001, "mib paramedical_exam blood_profile urine mvr ecg aps"),
        (71, 500_001, "mib paramedical_exam blood_profile urine mvr ecg aps cognitive_test"),
    ],
)  # fmt: skip
def test_the_grid_is_the_manuals(age: int, amount: int, kinds: str) -> None:
    found = requirements_for(lofoten(), age, Decimal(amount))
    assert {one.kind.value for one in found} == set(kinds.split())


def test_a_healthy_person_of_whom_all_is_told_brings_the_grid_alone() -> None:
    assert set(needed()) == certain() == {"mib"}


@pytest.mark.parametrize(
    ("facts", "kinds"),
    [
        ({"conditions": [{"name": "type 2 diabetes"}]}, {"aps"}),
        ({"conditions": [{"name": "stroke"}]}, {"aps"}),
        ({"conditions": [{"name": "melanoma"}]}, {"aps"}),
        ({"conditions": [{"name": "basal cell carcinoma"}]}, set()),
        ({"conditions": [{"name": "seasonal allergies"}]}, set()),
        ({"avocations": [{"name": "scuba diving"}]}, {"telephone_interview"}),
        ({"avocations": [{"name": "private flying"}]}, {"telephone_interview"}),
        ({"driving": [{"event": "DUI", "on": ago(4)}]}, {"mvr", "telephone_interview"}),
        ({"criminal": [{"event": "fraud", "on": ago(9), "ended": ago(8)}]}, {"inspection_report"}),
        ({"travel": [{"country": "NG", "days": 10}]}, {"telephone_interview"}),
        ({"travel": [{"country": "SE", "days": 10}]}, set()),
        ({"occupation": "logger"}, {"telephone_interview"}),
        ({"details": {"a1c": 5.4, "ldl": 220}}, {"aps"}),
        ({"details": {"surgery_months_ago": 11}}, {"aps"}),
        ({"details": {"surgery_months_ago": 12}}, set()),
        ({"details": {"pulse_irregular": True}}, {"ecg"}),
    ],
)
def test_what_is_told_calls_for_more(facts: dict[str, Any], kinds: set[str]) -> None:
    assert certain(**facts) == {"mib"} | kinds


@pytest.mark.parametrize(
    ("born", "income", "amount", "called"),
    [
        ("1981-02-11", "9000", 90_000, False),
        ("1981-02-11", "8999", 90_000, True),
        ("1971-02-11", "12000", 84_000, False),
        ("1971-02-11", "12000", 84_001, True),
        ("1958-02-11", "10000", 50_001, True),
    ],
)
def test_finances_by_multiples_of_income_at_the_age(
    born: str, income: str, amount: int, called: bool
) -> None:
    found = certain(amount, born=born, income_annual=income)
    assert ("financial_statements" in found) is called


def test_laboratory_results_on_file_serve_for_180_days() -> None:
    blood = needed(600_000, evidence=[{"kind": "blood_profile", "on": "2025-12-01"}])
    assert blood["blood_profile"].reuse is not None
    old = needed(600_000, evidence=[{"kind": "blood_profile", "on": "2025-08-01"}])
    assert old["blood_profile"].reuse is None


def test_everything_asked_for_says_who_orders_it_and_how_long_it_takes() -> None:
    for one in needed(6_000_000, conditions=[{"name": "stroke"}]).values():
        assert one.ordered_by is not None, one.kind
        assert one.usual_days is not None
        assert one.valid_days is not None
        assert all(reason.source.page for reason in one.reasons)
