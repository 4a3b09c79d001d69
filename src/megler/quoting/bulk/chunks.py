"""A chunk of a book priced: the same function in this process, in others and on a cluster."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import polars as pl

from megler.quoting.bulk.book import Chunk
from megler.quoting.bulk.market import Market, code_digest, opened
from megler.quoting.bulk.reading import ROW, Rows, read_chunk
from megler.quoting.rules.bulk.columns import ID, Column
from megler.quoting.rules.bulk.documents import RowProblem, facts_of_row, in_columns
from megler.quoting.rules.bulk.offers import COLUMNS, Row, kept, rows_of
from megler.quoting.rules.quote import quote
from megler.vocabulary.problems import Problem, Refused, errors

_TYPES = {
    "whole": pl.Int64(),
    "text": pl.String(),
    "money": pl.Decimal(18, 2),
    "day": pl.Date(),
}
SCHEMA = pl.Schema({name: _TYPES[kind] for name, kind in COLUMNS})
"""The columns of the result."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of whoever prices: with which editions, on which day, how many offers a wish.

    `code` is the asker's `code_digest`; `names` are the book's columns in their order.
    """

    names: tuple[str, ...]
    columns: tuple[Column, ...]
    editions: tuple[str, ...]
    on: date
    keep: int | None
    csv: bool
    code: str


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a chunk: the part of the result, as it will be written, and its problems."""

    number: int
    part: bytes
    problems: tuple[RowProblem, ...]
    lives: int
    offers: int
    unoffered: int


def price(chunk: Chunk, order: Order) -> Done:
    """Prices a chunk. The same chunk and order give the same bytes, wherever this runs."""
    if order.code != code_digest():
        raise Refused(Problem("bulk_other_program", "", code_digest()[:12], order.code[:12]))
    rows = read_chunk(chunk, order.names, order.columns)
    frame, problems = price_rows(rows, opened(order.editions), order)
    found = sorted([*rows.problems, *problems], key=lambda one: one.row)
    lives = frame.get_column(ROW).n_unique()
    unoffered = frame.get_column("rank").null_count()
    offers = frame.height - unoffered
    return Done(chunk.number, _written(frame, order), tuple(found), lives, offers, unoffered)


def price_rows(rows: Rows, market: Market, order: Order) -> tuple[pl.DataFrame, list[RowProblem]]:
    """The offers kept of each life, in the rows' order, and the rows that cannot be priced."""
    return _one_by_one(rows.frame, market, order)


def _one_by_one(
    frame: pl.DataFrame, market: Market, order: Order
) -> tuple[pl.DataFrame, list[RowProblem]]:
    """Each row exactly as a single quote prices it."""
    found: list[Row] = []
    problems: list[RowProblem] = []
    for cells in frame.iter_rows(named=True):
        row, name = cells[ROW], cells[ID]
        facts, wrong = facts_of_row(cells, order.columns, order.on)
        if facts is not None:
            answer = quote(facts, market.books, market.guides, order.on)
            wrong = errors(answer.problems)
            found += rows_of(row, name, kept(answer.offers, order.keep))
        problems += in_columns(row, name or "", wrong, order.columns)
    return pl.DataFrame(found, schema=SCHEMA, orient="row"), problems


def _written(frame: pl.DataFrame, order: Order) -> bytes:
    buffer = BytesIO()
    if order.csv:
        frame.write_csv(buffer, include_header=False)
    else:
        frame.write_parquet(buffer, compression="zstd", row_group_size=max(1, frame.height))
    return buffer.getvalue()


def header(schema: Sequence[str] = tuple(SCHEMA)) -> bytes:
    """The first line of a result in CSV."""
    return (",".join(schema) + "\n").encode()
