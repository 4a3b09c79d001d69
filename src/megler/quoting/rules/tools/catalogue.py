"""What can be asked for in each line of business: gathered from what the carriers sell."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from megler.carriers.rules.products import Ask, Product
from megler.quoting.rules.books import Book
from megler.vocabulary.codes import Line

CHOICES = ("elimination_days", "benefit_years", "inflation", "payout", "occupation")
"""Wishes and facts of which the tables list the values that are sold."""


@dataclass(frozen=True, slots=True)
class RiderChoice:
    """A rider by code, under the name that most carriers give it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class OfLine:
    """What a line of business leaves to choose, each in rising or first-seen order."""

    terms: tuple[int, ...] = ()
    plans: tuple[str, ...] = ()
    riders: tuple[RiderChoice, ...] = ()
    asks: tuple[Ask, ...] = ()
    classes: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def catalogue(products: Iterable[tuple[Book, Product]]) -> dict[Line, OfLine]:
    """What can be asked for, for each line that is sold."""
    of_line: dict[Line, list[tuple[Book, Product]]] = {}
    for book, product in products:
        of_line.setdefault(product.line, []).append((book, product))
    return {line: _of_line(of_line[line]) for line in Line if line in of_line}


def _of_line(sold: list[tuple[Book, Product]]) -> OfLine:
    riders: dict[str, list[str]] = {}
    asks: dict[str, Ask] = {}
    for _book, product in sold:
        for rider in product.riders:
            if not rider.included:
                riders.setdefault(rider.code, []).append(rider.name)
        for ask in product.asks:
            asks.setdefault(ask.name, ask)
    choices = {name: _values(sold, name) for name in CHOICES}
    return OfLine(
        terms=tuple(sorted({term for one in sold for term in _terms(*one)})),
        plans=_seen(sold, _plans),
        riders=tuple(
            RiderChoice(code, max(names, key=names.count)) for code, names in riders.items()
        ),
        asks=tuple(asks.values()),
        classes=_values(sold, "class"),
        choices={name: values for name, values in choices.items() if values},
    )


def _terms(book: Book, product: Product) -> Iterable[int]:
    listed = [limit.term_years for limit in product.eligibility.terms]
    return listed or [int(term) for term in book.values_of(product, "term_years")]


def _plans(book: Book, product: Product) -> Iterable[str]:
    fixed = product.fixed.get("plan")
    return [fixed] if fixed else product.eligibility.plans or book.values_of(product, "plan")


def _values(sold: list[tuple[Book, Product]], name: str) -> tuple[str, ...]:
    found = _seen(sold, lambda book, product: book.values_of(product, name))
    numbers = [value for value in found if _number(value) is not None]
    if len(numbers) == len(found):
        return tuple(sorted(found, key=lambda value: _number(value) or Decimal(0)))
    return found


def _seen(
    sold: list[tuple[Book, Product]], values: Callable[[Book, Product], Iterable[str]]
) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for one in sold for value in values(*one)))


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text.replace(".", "", 1).isdigit() else None
