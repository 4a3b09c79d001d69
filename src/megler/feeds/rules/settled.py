"""What somebody settled before, laid over a guess, so that only what is new is asked."""

from dataclasses import replace

from megler.feeds.rules.guessing import Column, Guess
from megler.feeds.rules.headers import heading_key
from megler.feeds.rules.layouts import Layout
from megler.feeds.rules.words import MANY, Field
from megler.vocabulary.problems import Reason


def with_settled(guess: Guess, layout: Layout) -> Guess:
    """The guess with every column as the layout names it, or leaves it out; new ones are said to be.

    A new column is not guessed to be what an old one is already. Nothing changes when the sheet has
    no column of the layout's.
    """
    known = {heading_key(heading) for heading in layout.headings}
    ours = [layout.field_of(_heading(column)) for column in guess.columns]
    if not any(ours):
        return guess
    columns = [
        _settled(column, named, is_known=heading_key(_heading(column)) in known, taken=set(ours))
        for column, named in zip(guess.columns, ours, strict=True)
    ]
    return replace(guess, columns=tuple(columns), day_order=layout.day_order)


def _settled(column: Column, named: str, *, is_known: bool, taken: set[str]) -> Column:
    if is_known:
        return replace(column, field=Field(named) if named else None, sure=1.0, reasons=())
    is_free = column.field in MANY or column.field not in taken
    reasons = (Reason("feed_column_is_new"), *(column.reasons if is_free else ()))
    return replace(column, field=column.field if is_free else None, reasons=reasons)


def _heading(column: Column) -> str:
    return column.heading or f"column {column.index + 1}"
