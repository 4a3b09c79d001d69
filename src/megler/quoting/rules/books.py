"""Rate books ready to price from, and which of them holds on a day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.products import Product
from megler.carriers.rules.steps import JointAgeStep, LookUpStep
from megler.carriers.rules.tables import Table
from megler.underwriting.rules.standing import why_not_in_effect
from megler.vocabulary.problems import Reason

T = TypeVar("T")
_Find = Callable[[Product, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """A rate book edition with its tables built, by name."""

    edition: Edition
    tables: Mapping[str, Table]
    _found: dict[tuple[str, str], tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False
    )
    _kept: dict[tuple[int, str], tuple[Product, Any]] = field(
        default_factory=dict, init=False, repr=False
    )

    def __reduce__(self) -> tuple[type["Book"], tuple[Edition, Mapping[str, Table]]]:
        """What another process needs; what was worked out here is worked out there again."""
        return Book, (self.edition, self.tables)

    def once(self, product: Product, name: str, make: Callable[["Book", Product], T]) -> T:
        """What `make` works out of a product, kept under `name` for the next time."""
        key = (id(product), name)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = product, make(self, product)
        made: T = kept[1]
        return made

    def tables_of(self, product: Product) -> list[Table]:
        """The tables that the product's steps read."""
        names = (getattr(step, "table", None) for step in product.steps)
        return [self.tables[name] for name in names if name is not None]

    def dimensions_of(self, product: Product) -> frozenset[str]:
        """The facts that address the product's cells, without those its own look-ups find."""
        return frozenset(self._once(product, "", self._dimensions_of))

    def values_of(self, product: Product, dimension: str) -> tuple[str, ...]:
        """The values that every table of the product with this dimension has, in the first's order.

        Empty when no table has it.
        """
        return self._once(product, dimension, self._values_of)

    def _once(self, product: Product, dimension: str, find: _Find) -> tuple[str, ...]:
        key = (product.code, dimension)
        if key not in self._found:
            self._found[key] = find(product, dimension)
        return self._found[key]

    def _dimensions_of(self, product: Product, _: str) -> tuple[str, ...]:
        found = {s.result for s in product.steps if isinstance(s, LookUpStep | JointAgeStep)}
        names = {d.name for table in self.tables_of(product) for d in table.spec.dimensions}
        return tuple(names - found - set(product.fixed))

    def _values_of(self, product: Product, dimension: str) -> tuple[str, ...]:
        tables = self.tables_of(product)
        axes = [axis for table in tables for axis in table.axes if axis.name == dimension]
        if not axes:
            return ()
        first, *others = ([axis.label(i) for i in range(axis.size)] for axis in axes)
        return tuple(value for value in first if all(value in other for other in others))


def chosen_books(books: Iterable[Book], on: date) -> list[tuple[Book, Reason | None]]:
    """One book a carrier and series: the latest in effect on `on`.

    Where none is in effect, the nearest stands with the reason: not yet, or no longer.
    """
    series: dict[tuple[str, str], list[Book]] = {}
    for book in books:
        series.setdefault((book.edition.carrier, book.edition.series), []).append(book)
    return [_chosen(group, on) for group in series.values()]


def _chosen(group: list[Book], on: date) -> tuple[Book, Reason | None]:
    begun = [book for book in group if book.edition.effective_from <= on]
    if begun:
        book = max(begun, key=lambda b: b.edition.effective_from)
    else:
        book = min(group, key=lambda b: b.edition.effective_from)
    return book, why_not_in_effect(book.edition, on)
