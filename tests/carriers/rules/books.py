"""Workbooks for tests, made by openpyxl out of CSV files."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from typing import Any

from openpyxl import Workbook

_NUMBER = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?")


def workbook(
    sheets: Mapping[str, bytes],
    change: Callable[[Any], None] = lambda book: None,
    numbers: bool = True,
) -> bytes:
    """A workbook of CSV contents by sheet name; plain figures become numbers."""
    book = Workbook()
    book.remove(book.active)
    for name, content in sheets.items():
        sheet = book.create_sheet(name)
        for line in csv.reader(io.StringIO(content.decode())):
            sheet.append([_value(cell) if numbers else cell for cell in line])
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _value(cell: str) -> object:
    if not _NUMBER.fullmatch(cell):
        return cell or None
    return float(cell) if "." in cell else int(cell)


def as_workbook(
    files: Mapping[str, bytes], change: Callable[[Any], None] = lambda book: None
) -> dict[str, bytes]:
    """An edition with all its CSV files as sheets of one workbook `rates.xlsx`, named as they were."""
    tables = {
        name.removesuffix(".csv"): data for name, data in files.items() if name.endswith(".csv")
    }
    head = files["edition.toml"].decode()
    for name in tables:
        head = head.replace(f'file = "{name}.csv"', f'file = "rates.xlsx"\nsheet = "{name}"')
    return {"edition.toml": head.encode(), "rates.xlsx": workbook(tables, change)}
