"""A chunk of a book priced: the same function in this process, in others and on a cluster."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import numpy as np
import polars as pl
from numpy.typing import NDArray

from megler.quoting.bulk.book import Chunk
from megler.quoting.bulk.compiled import price_plain
from megler.quoting.bulk.market import Market, code_digest, opened
from megler.quoting.bulk.plain import read_plain
from megler.quoting.bulk.reading import ROW, Rows, read_chunk
from megler.quoting.rules.answer import QuoteAnswer
from megler.quoting.rules.books import Book
from megler.quoting.rules.bulk.columns import ID, Column
from megler.quoting.rules.bulk.documents import RowProblem, facts_of_row, in_columns
from megler.quoting.rules.bulk.offers import COLUMNS, Row, kept, rows_of
from megler.quoting.rules.quote import quote
from megler.quoting.rules.tools.budget import quote_within_budgets
from megler.quoting.rules.tools.counter import Counter
from megler.underwriting.rules.facts import Facts
from megler.vocabulary.problems import Problem, Refused

_TYPES = {
    "whole": pl.Int64(),
    "text": pl.String(),
    "money": pl.Decimal(18, 2),
    "day": pl.Date(),
}
_YIELDS = {"premium": 0, "income": 1, "value": 2}
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
    """The offers kept of each life, in the rows' order, and the rows that cannot be priced.

    Plain rows are priced by the compiled market, whatever is not plain exactly one by one, and for
    plain rows too what does not compile; it is all the same to the cent.
    """
    frame, compiled = rows.frame, market.compiled(order.on)
    classes = tuple(dict.fromkeys(code for one in compiled.markets for code in one.classes))
    plain = read_plain(
        frame,
        order.columns,
        order.on,
        classes,
        places=compiled.has_areas,
        judged=compiled.judged,
    )
    parts, exact = [], np.ones(len(plain.places), np.bool_)
    for one in compiled.markets:
        found = price_plain(plain, one, classes, order.keep)
        parts.append((found.life, found.frame))
        exact &= found.exact
    more = [compiled.left_out_for(plain.wishes[number].line) for number in range(len(plain.wishes))]
    partly = exact & np.array(more, np.bool_)[plain.wish]
    by_hand = np.ones(frame.height, np.bool_)
    by_hand[plain.places[exact]] = False
    slow, problems = _one_by_one(frame.filter(by_hand), market.books, market, order)
    rest, _ = _one_by_one(frame[plain.places[partly]], compiled.left_out, market, order)
    fast = [_placed(frame, plain.places[life], offers, life, exact) for life, offers in parts]
    if len(fast) > 1 or rest.height:
        offers = _ranked(pl.concat([*fast, rest.filter(pl.col("rank").is_not_null())]), order.keep)
    else:
        offers = pl.concat([*fast, rest])
    nothing = frame[plain.places[exact]].select(ROW, ID).join(offers, on=ROW, how="anti")
    every = pl.concat([offers, pl.concat([nothing, slow], how="diagonal").select(*SCHEMA)])
    return every.sort(ROW, maintain_order=True), problems


def _placed(
    frame: pl.DataFrame,
    places: NDArray[np.int64],
    offers: pl.DataFrame,
    life: NDArray[np.int64],
    exact: NDArray[np.bool_],
) -> pl.DataFrame:
    """Offers with their rows in front, but for lives that only the exact engine prices."""
    who = frame.select(ROW, ID)[places]
    named = pl.concat([who, offers], how="horizontal").select(*SCHEMA)
    return named if exact.all() else named.filter(exact[life])


def _ranked(offers: pl.DataFrame, keep: int | None) -> pl.DataFrame:
    """Offers from several places in the order of a quote, ranked anew, so many of each kept."""
    is_premium = pl.col("yields") == "premium"
    ordered = offers.sort(
        ROW,
        "wants",
        "currency",
        pl.col("yields").replace_strict(_YIELDS, return_dtype=pl.Int64),
        pl.when(is_premium).then("annualised").otherwise(-pl.col("annualised")),
        "carrier",
        "product",
        pl.col("term_years").fill_null(0),
        pl.col("plan").fill_null(""),
        maintain_order=True,
    )
    group = (ROW, "wants", "currency", "yields")
    rank = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over(group)
    ranked = ordered.with_columns(rank.alias("rank"))
    return ranked if keep is None else ranked.filter(pl.col("rank") <= keep)


def _one_by_one(
    frame: pl.DataFrame, books: Sequence[Book], market: Market, order: Order
) -> tuple[pl.DataFrame, list[RowProblem]]:
    """Each row exactly as a single quote prices it from the books."""
    found: list[Row] = []
    problems: list[RowProblem] = []
    counter = Counter(tuple(books), market.guides, order.on)
    for cells in frame.iter_rows(named=True):
        row, name = cells[ROW], cells[ID]
        facts, wrong = facts_of_row(cells, order.columns, order.on)
        if facts is not None:
            answer = _answer(facts, counter)
            found += rows_of(row, name, kept(answer.offers, order.keep))
        problems += in_columns(row, name or "", wrong, order.columns)
    return pl.DataFrame(found, schema=SCHEMA, orient="row"), problems


def _answer(facts: Facts, counter: Counter) -> QuoteAnswer:
    """The quote, by budget where a wish names one."""
    if any(wants.budget is not None for wants in facts.wants):
        return quote_within_budgets(counter, facts)
    return quote(facts, counter.books, counter.guides, counter.on)


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
