"""Group voluntary term against the published table of 2025."""

from decimal import Decimal

import pytest

from megler.carriers.rules.checks import check_edition
from megler.demo.rules.books.group import group_edition
from megler.demo.rules.roster.benefits import HOLMEN

PUBLISHED = {
    25: "0.08", 30: "0.09", 39: "0.14", 44: "0.21", 45: "0.33", 54: "0.54",
    59: "0.87", 60: "1.32", 69: "2.25", 70: "4.05", 99: "4.05",
}  # fmt: skip


@pytest.mark.parametrize(("age", "rate"), PUBLISHED.items())
def test_the_first_edition_has_the_published_rates(age: int, rate: str) -> None:
    book = HOLMEN.groups[0]
    _edition, tables, problems = check_edition(group_edition(HOLMEN.house, book, book.editions[0]))
    assert problems == []
    assert tables["holmen-employee"].cell({"age": age}) == Decimal(rate)


def test_guaranteed_issue_and_reductions_are_kept() -> None:
    book = HOLMEN.groups[0]
    edition, _tables, _problems = check_edition(group_edition(HOLMEN.house, book, book.editions[0]))
    assert edition is not None
    employee = edition.products[0].eligibility
    assert employee.guaranteed_issue_max == 200_000
    assert [(r.age, r.percent) for r in employee.reductions] == [
        (65, Decimal(65)),
        (70, Decimal(50)),
    ]
