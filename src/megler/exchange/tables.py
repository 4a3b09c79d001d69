"""Rows as a file, written piece by piece: CSV, JSON and XLSX. However many rows, the memory is bounded.

No cell can become a formula where the file is opened: in CSV a text that begins like one is led by an
apostrophe, and so is a part of it where a program that separates by semicolons would begin a cell
(the guard that OWASP describes for CSV injection); in XLSX every text is a string cell.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

Cell = str | int | Decimal | bool | date | datetime | None
Row = Sequence[Cell]
SHEET_ROWS_MAX = 1_048_576
_BEGINS_ANEW = re.compile("([;\\t\\r\\n][\"' ]*)(?=[=+\\-@＝＋－＠])")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PIECE = 64 * 1024
CELL_MAX = 32_767
"""Characters that a cell of a workbook holds."""


def plain(cell: Cell) -> str:
    """A cell as text: days and times in ISO 8601, yes and no as true and false.

    >>> plain(True), plain(date(2026, 3, 2)), plain(None)
    ('true', '2026-03-02', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def guarded(cell: Cell) -> str:
    """A cell as text that no spreadsheet takes for a formula; a number may be negative.

    >>> guarded("=1+1"), guarded(Decimal("-5.00")), guarded("Kari")
    ("'=1+1", '-5.00', 'Kari')
    """
    text = plain(cell)
    if not isinstance(cell, str):
        return text
    text = text[:1] + _BEGINS_ANEW.sub(r"\1'", text[1:])
    return f"'{text}" if text.lstrip(" ").startswith(_DANGEROUS) else text


def csv_pieces(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """CSV as RFC 4180 has it, in UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    out.write("\ufeff")
    write(columns)
    for row in rows:
        write([guarded(cell) for cell in row])
        if out.tell() > _PIECE:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    content = out.getvalue().encode("utf-8", "replace")
    out.seek(0)
    out.truncate()
    return content


def json_pieces(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """A list of objects. Amounts are texts, so that no cent is lost."""
    piece = ["["]
    size, first = 1, True
    for row in rows:
        told = {name: _json_cell(cell) for name, cell in zip(columns, row, strict=True)}
        text = ("\n" if first else ",\n") + json.dumps(told, ensure_ascii=False)
        first = False
        piece.append(text)
        size += len(text)
        if size > _PIECE:
            yield "".join(piece).encode("utf-8", "replace")
            piece, size = [], 0
    yield ("".join(piece) + "\n]\n").encode("utf-8", "replace")


def _json_cell(cell: Cell) -> Any:
    return cell if cell is None or isinstance(cell, bool | int) else plain(cell)


class _Drain(io.RawIOBase):
    """Where the archive is written to: what came since is taken away piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        piece = bytes(content)
        self.pieces.append(piece)
        self.size += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        content, self.pieces, self.size = b"".join(self.pieces), [], 0
        return content


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "application/vnd.openxmlformats-package.relationships+xml"
_FIXED = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="{_RELS}"/>'
    f'<Default Extension="xml" ContentType="{_SHEETS}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEETS}.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
}


def xlsx_pieces(
    columns: Sequence[str], rows: Iterable[Row], rows_max: int = SHEET_ROWS_MAX
) -> Iterator[bytes]:
    """A workbook; when a sheet is full, the rows go on in the next."""
    drain, sheets, waiting = _Drain(), 0, iter(rows)
    row = next(waiting, None)
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        while sheets == 0 or row is not None:
            sheets += 1
            with archive.open(f"xl/worksheets/sheet{sheets}.xml", "w", force_zip64=True) as sheet:
                sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
                sheet.write(_row_xml(columns))
                written = 1
                while row is not None and written < rows_max:
                    sheet.write(_row_xml(row))
                    written += 1
                    row = next(waiting, None)
                    if drain.size > _PIECE:
                        yield drain.taken()
                sheet.write(b"</sheetData></worksheet>")
        for name, content in {**_FIXED, **_of(sheets)}.items():
            archive.writestr(name, _HEAD + content)
    yield drain.taken()


def _of(sheets: int) -> dict[str, str]:
    """The parts that say which sheets there are."""
    numbers = range(1, sheets + 1)
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="s{n}"/>' for n in numbers)
    links = "".join(
        f'<Relationship Id="s{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    return {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
    }


def _row_xml(row: Row) -> bytes:
    return ("<row>" + "".join(_cell_xml(cell) for cell in row) + "</row>").encode(
        "utf-8", "replace"
    )


def _cell_xml(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, bool):
        return f'<c t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | Decimal):
        return f"<c><v>{plain(cell)}</v></c>"
    text = escape(_NOT_XML.sub("", plain(cell))[:CELL_MAX])
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


WRITERS = {"csv": csv_pieces, "json": json_pieces, "xlsx": xlsx_pieces}
"""By the end of the file's name."""
