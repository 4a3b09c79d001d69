"""Cells that people open in a spreadsheet."""

import pytest

from megler.insight.rules.sheets import plain_cell


@pytest.mark.parametrize("formula", ["=1+2", "+1", "-1", "@sum", "\t=1", "\r=1"])
def test_no_cell_is_taken_for_a_formula(formula: str) -> None:
    assert plain_cell(formula) == f"'{formula}"


@pytest.mark.parametrize(("value", "told"), [("Kari", "Kari"), (None, ""), (12, "12")])
def test_other_cells_stay_as_they_are(value: object, told: str) -> None:
    assert plain_cell(value) == told
