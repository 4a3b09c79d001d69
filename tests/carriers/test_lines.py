"""The editions of docs/lines pass the check, their sums by hand are right, no line lacks one."""

from decimal import Decimal

import pytest

from megler.carriers.rules.checks import check_edition
from megler.vocabulary.codes import Line
from tests import lines


@pytest.mark.parametrize("name", lines.names())
def test_the_edition_passes_the_check_without_a_word(name: str) -> None:
    assert check_edition(lines.page(name).files)[2] == []


@pytest.mark.parametrize("name", lines.names())
def test_the_sums_by_hand_are_right(name: str) -> None:
    rows = [row for trial in lines.page(name).trials for row in trial.rows]
    assert rows
    for row in rows:
        assert row.reckoned is None or abs(row.reckoned - row.amount) < lines.CUT, row


def test_a_wrong_sum_would_be_found() -> None:
    row = lines.Row("base", (), "500,000 × 0.94 / 1,000", Decimal(471))
    assert row.reckoned == 470


def test_every_line_that_is_sold_has_its_example() -> None:
    shown = set()
    for name in lines.names():
        edition = check_edition(lines.page(name).files)[0]
        shown |= {product.line for product in edition.products} if edition else set()
    assert shown == set(Line) - {Line.ENDOWMENT}
