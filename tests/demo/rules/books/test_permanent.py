"""Whole life books."""

from decimal import Decimal

from megler.carriers.rules.checks import check_edition
from megler.demo.actions.editions import mortality_tables
from megler.demo.rules.books.permanent import permanent_edition, plan_cents
from megler.demo.rules.roster.large import PRAIRIE


def test_graded_final_expense_costs_more_than_level() -> None:
    book = PRAIRIE.permanent[1]
    level, graded = (
        plan_cents(mortality_tables(), PRAIRIE.house, book, plan, book.editions[0])
        for plan in book.plans
    )
    shared = min(level.shape[2], graded.shape[2])
    assert (graded[..., :shared] > level[..., :shared]).all()


def test_a_later_edition_is_dearer_by_its_level() -> None:
    book = PRAIRIE.permanent[1]
    before, after = (
        check_edition(permanent_edition(mortality_tables(), PRAIRIE.house, book, dated))
        for dated in book.editions
    )
    facts: dict[str, str | int | Decimal | None] = {"sex": "female", "age": 66, "class": "standard"}
    first, second = before[1]["peace-level"].cell(facts), after[1]["peace-level"].cell(facts)
    assert first is not None
    assert second is not None
    assert abs(float(second / first) - 1.03) < 0.001
