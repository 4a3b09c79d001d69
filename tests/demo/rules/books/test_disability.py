"""Disability income by occupation, sex, age and wait."""

import pytest

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.tables import Fact
from megler.demo.rules.books.disability import (
    CLASSES,
    OCCUPATIONS,
    DisabilityBook,
    base_rate,
    disability_edition,
)
from megler.demo.rules.names import OCCUPATIONS as WORK
from megler.demo.rules.roster.middle import SOGNE
from megler.demo.rules.roster.protection import SOGNE_PROTECTION


def test_every_applicant_of_the_demo_works_in_a_class() -> None:
    known = {job for jobs in OCCUPATIONS.values() for job in jobs}
    assert {job for job, _, _ in WORK} <= known
    assert len(known) == sum(map(len, OCCUPATIONS.values()))


@pytest.mark.parametrize("sex", ["female", "male"])
def test_rates_rise_with_age_and_from_profession_to_trade(sex: str) -> None:
    assert base_rate("2A", sex, 41) > base_rate("2A", sex, 40)
    by_class = [base_rate(one, sex, 45) for one in CLASSES]
    assert by_class == sorted(by_class)


def test_the_edition_passes_and_a_longer_wait_costs_less() -> None:
    (book,) = SOGNE_PROTECTION
    assert isinstance(book, DisabilityBook)
    _, tables, problems = check_edition(disability_edition(SOGNE.house, book, book.editions[0]))
    assert problems == []
    at: dict[str, Fact] = {"occupation_class": "3A", "sex": "female", "age": 35}
    waits = [tables["base"].cell({**at, "elimination_days": d}) for d in (30, 60, 90, 180, 365)]
    assert waits == sorted(waits, reverse=True)  # type: ignore[type-var]
    assert tables["occupations"].find({"occupation": "Electrician"}) == ("2A",)
