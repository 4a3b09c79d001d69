"""What an edition says, read: its head, and its products with their tables, its guide or its forms.

The format is docs/editions.md; `reading.read_edition` makes these from files, and
`checks.check_edition` proves them.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.layout import TableSpec
from megler.carriers.rules.products import Product
from megler.forms.rules.form_set import FormSet


class EditionKind(StrEnum):
    """What an edition holds."""

    RATE_BOOK = "rate_book"
    GUIDE = "guide"
    FORM_SET = "form_set"


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell where the edition departs from its source: what was published, what stands, why."""

    file: str
    row: int
    column: str
    published: str
    stands: str
    because: str


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition as it reads: products and tables of a rate book, or `guide`, or `form_set`.

    `products_for` names the products a guide or a form set is for; empty: all of the carrier (of a
    form set: of its lines).
    """

    kind: EditionKind
    carrier: str
    carrier_name: str
    series: str
    title: str
    effective_from: date
    effective_until: date | None
    currency: str
    source: str
    products: tuple[Product, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    guide: Guide | None = None
    form_set: FormSet | None = None
    products_for: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    name: str = field(init=False, compare=False)
    """The edition as a `Source` names it: carrier/series@effective date."""

    def __post_init__(self) -> None:
        name = f"{self.carrier}/{self.series}@{self.effective_from.isoformat()}"
        object.__setattr__(self, "name", name)
