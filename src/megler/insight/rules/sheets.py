"""Cells of a sheet that people open in a spreadsheet."""

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(value: object) -> str:
    """A value as a cell that no spreadsheet takes for a formula.

    >>> plain_cell("=1+2"), plain_cell(None), plain_cell(12)
    ("'=1+2", '', '12')
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text
