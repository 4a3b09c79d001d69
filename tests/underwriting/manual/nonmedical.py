"""A person of the best class, told one thing more, as Lofoten Mutual's guide judges it."""

from decimal import Decimal
from typing import Any

from megler.underwriting.rules.assessment import Assessment
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.facts import read_facts
from tests.underwriting.guides import ON
from tests.underwriting.manual.lofoten import lofoten

FIT: dict[str, Any] = {
    "born": "1981-02-11", "sex": "male", "jurisdiction": "TX", "family": [], "nicotine": [],
    "height_in": 70, "weight_lb": 165,
    "blood_pressure": {"systolic": 112, "diastolic": 70, "treated": False},
    "cholesterol": {"total": 150, "hdl_ratio": 3.0, "treated": False},
}  # fmt: skip
"""A man of 45 who has the best class when nothing else is told of him."""


def told(amount: int = 500_000, **facts: Any) -> Assessment:
    """What the guide makes of the man with these facts besides."""
    read, problems = read_facts({**FIT, **facts}, ON)
    assert read is not None, problems
    return assess(lofoten(), read.insured, ON, amount=Decimal(amount))


def texts(found: Assessment) -> list[str]:
    """What the ratings that fired say in words."""
    return [reason.params.get("text", "") for reason in found.reasons]


def ago(years: int = 0, months: int = 0) -> str:
    """The day so many years and months before the day of judgement."""
    back = ON.month - 1 - months
    return ON.replace(year=ON.year - years + back // 12, month=back % 12 + 1).isoformat()
