"""Facts documents priced together, as a book of them would be: for other rooms, in memory."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from megler.quoting.bulk.chunks import Order, price_rows
from megler.quoting.bulk.market import Market, code_digest
from megler.quoting.bulk.reading import ROW, Rows
from megler.quoting.rules.bulk.columns import ID, read_header
from megler.quoting.rules.bulk.documents import cells_of


def price_documents(
    documents: Sequence[Mapping[str, Any]], market: Market, on: date, keep: int | None = None
) -> pl.DataFrame:
    """The offers of each document, as the rows of a re-priced book (docs/bulk.md).

    `row` is the document's place in the list, from 0. One that cannot be read has no offers.
    """
    cells = [cells_of(document) for document in documents]
    names = tuple(dict.fromkeys(name for one in cells for name in one))
    columns, _ = read_header(names)
    frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
    numbered = frame.select(
        pl.int_range(len(documents), dtype=pl.Int64).alias(ROW),
        pl.lit(None, pl.String).alias(ID),
        pl.all(),
    )
    order = Order(names, columns, (), on, keep, csv=False, code=code_digest())
    offers, _ = price_rows(Rows(numbered), market, order)
    return offers.filter(pl.col("rank").is_not_null())
