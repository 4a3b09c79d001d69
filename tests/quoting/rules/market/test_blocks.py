"""Blocks hold each plan's cells at the address of the facts."""

from itertools import product

from megler.carriers.rules.tables import ChoiceAxis
from megler.quoting.rules.market.axes import ByAmount, ByKey
from megler.quoting.rules.market.compiling import compile_market
from tests.quoting.books import term_book
from tests.underwriting.guides import ON, guide

BOOK = term_book()
MARKET = compile_market([BOOK], {"fjordlife": [guide()]}, ON)


def test_the_cell_at_every_address_is_the_tables() -> None:
    (block,) = MARKET.blocks
    (operand,) = block.operands
    cells = operand.cells(block)
    table = BOOK.tables["base"]
    sizes = [axis.size for axis in operand.axes]
    assert {type(axis) for axis in operand.axes} == {ByKey, ByAmount}
    assert cells.shape == (len(block.slot.rows) * sizes[0] * sizes[1], block.width)
    ages = operand.axes[0] if isinstance(operand.axes[0], ByKey) else operand.axes[1]
    assert isinstance(ages, ByKey)
    for row, (a, b) in product(range(len(block.slot.rows)), product(*map(range, sizes))):
        at = {operand.axes[0]: a, operand.axes[1]: b}
        amounts = next(axis for axis in operand.axes if isinstance(axis, ByAmount))
        age, amount = ages.places.index(at[ages]) - 1, amounts.starts[at[amounts]]
        for lane, own in enumerate(block.lanes):
            sold = block.slot.rows[row][0]
            facts = {"age": age, "amount": amount, "term_years": own.plan.term_years}
            figure = table.cell({**facts, "class": sold.rated_as if sold else None})
            found = cells[(row * sizes[0] + a) * sizes[1] + b, lane]
            assert found == (-1 if figure is None else int(figure * 100))


def test_the_table_has_the_classes_that_outcomes_lead_to() -> None:
    classes = next(
        a for a in BOOK.tables["base"].axes if isinstance(a, ChoiceAxis) and a.name == "class"
    )
    rated = {one.rated_as for row in MARKET.slots[0].rows for one in row if one}
    assert rated <= set(classes.values)
