"""A chunk of a book as columns, and its rows that cannot be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import polars as pl

from megler.quoting.bulk.book import Chunk
from megler.quoting.rules.bulk.columns import ID, Column
from megler.quoting.rules.bulk.documents import RowProblem
from megler.quoting.rules.bulk.lines import Records, cells_of, records
from megler.underwriting.rules.shape import shown
from megler.vocabulary.problems import Problem

ROW = "row"


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The readable rows of a chunk, by column, with `row` as a spreadsheet counts it.

    Cells of CSV are texts and null where empty; those of Parquet have the types they came in.
    """

    frame: pl.DataFrame
    problems: tuple[RowProblem, ...] = ()


def read_chunk(chunk: Chunk, names: Sequence[str], columns: Sequence[Column]) -> Rows:
    """The rows of a chunk of a book with the header `names`."""
    if not chunk.csv:
        return Rows(_named(_simple(pl.read_ipc(BytesIO(chunk.data))), chunk.first))
    data = chunk.data.replace(b"\r\n", b"\n")
    found = records(data)
    if found.plain and bool(np.all(found.cells == len(names))) and _is_text(data):
        return Rows(_named(_read_plain(data, names), chunk.first))
    return _read_oddly(data, found, names, chunk.first)


def _named(frame: pl.DataFrame, first: int) -> pl.DataFrame:
    """With the row's number in front and the id as text."""
    name = pl.col(ID).cast(pl.String) if ID in frame.columns else pl.lit(None, pl.String).alias(ID)
    number = pl.int_range(first, first + frame.height, dtype=pl.Int64).alias(ROW)
    return frame.select(number, name, pl.exclude(ID))


def _simple(frame: pl.DataFrame) -> pl.DataFrame:
    """Categories and enumerations as the texts they stand for, times of day left away from an id."""
    return frame.with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))


def _read_plain(data: bytes, names: Sequence[str]) -> pl.DataFrame:
    if data.count(b"\n") == len(data):  # one column and not one cell with anything in it
        return pl.DataFrame({names[0]: pl.Series([None] * len(data), dtype=pl.String)})
    return pl.read_csv(
        BytesIO(data),
        has_header=False,
        new_columns=list(names),
        infer_schema=False,
        raise_if_empty=False,
    )


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _read_oddly(data: bytes, found: Records, names: Sequence[str], first: int) -> Rows:
    """Row by row, where quotes stand in odd places, a row is ragged or its bytes are no text."""
    kept: list[list[str | None]] = []
    numbers: list[int] = []
    problems: list[RowProblem] = []
    place = names.index(ID) if ID in names else None
    start = 0
    for number, end in enumerate(found.ends.tolist(), first):
        cells, start = cells_of(data[start:end]), end
        texts = [cell.decode("utf-8", "replace") for cell in cells]
        wrong = _wrong(cells, names, number)
        if wrong is None:
            kept.append([text or None for text in texts])
            numbers.append(number)
        else:
            name = texts[place] if place is not None and place < len(texts) else ""
            problems.append(RowProblem(number, name, "", wrong))
    schema = dict.fromkeys(names, pl.String)
    frame = pl.DataFrame(kept, schema=schema, orient="row")
    named = _named(frame, first).with_columns(pl.Series(ROW, numbers, pl.Int64))
    return Rows(named, tuple(problems))


def _wrong(cells: Sequence[bytes], names: Sequence[str], number: int) -> Problem | None:
    where = f"row {number}"
    if cells == [b""] and len(names) > 1:
        return Problem("blank_row", where, "", f"{len(names)} cells")
    if len(cells) != len(names):
        return Problem("ragged_row", where, str(len(cells)), str(len(names)))
    for cell, name in zip(cells, names, strict=True):
        try:
            cell.decode()
        except UnicodeDecodeError:
            found = shown(cell.decode("utf-8", "replace"))
            return Problem("facts_wrong_encoding", f"{where} {name}", found, "UTF-8")
    return None
