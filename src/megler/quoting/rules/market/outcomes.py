"""What a guide's word means for the products of a book: rows of outcomes, one column a kind.

An outcome says for each kind of product the class sold, the class whose rates are paid and the
nicotine status, or that it is not sold so. A *slot* is a guide with the kinds of products it answers
for. What a life's class at the guide is, or the class that it asks for, and its own nicotine
status, lead to one of the slot's outcomes; so products of a slot share one address for the class.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.products import Product
from megler.quoting.rules.classing import Classed, Unclassed, class_as_asked, class_by_guide
from megler.underwriting.rules.assessment import Assessment, Outcome
from megler.underwriting.rules.compiled import Candidate
from megler.vocabulary.ages import AgeBasis

OWN = (Nicotine.NONE, Nicotine.USER)
"""What a life may itself be as to nicotine, in the order of the kernel's places."""


@dataclass(frozen=True, slots=True)
class Sold:
    """What a product makes of an outcome: the class sold, whose rates, and for which status."""

    class_code: str | None
    rated_as: str | None
    status: Nicotine


Row = tuple[Sold | None, ...]
"""One for each kind of the slot; None: not sold so."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Products for which classes mean the same: the classes sold, and whether tables are."""

    available: tuple[str, ...]
    rates_tables: bool
    product: Product = field(compare=False)
    """One of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A guide (None: there is none) by an age basis, and the outcomes for its kinds of products.

    `by_guide` [(candidate + 1) * 2 + own status] and `by_asked` [class number * 2 + own status] are
    rows of `rows`; -1: no product is sold so. Candidate -1 is beyond the guide. `tables` are the
    table ratings of the candidates, from -1 on.
    """

    guide: Edition | None
    basis: AgeBasis
    kinds: tuple[Kind, ...]
    rows: tuple[Row, ...]
    by_guide: tuple[int, ...]
    by_asked: tuple[int, ...]
    tables: tuple[int, ...]


def make_slot(
    guide: Edition | None,
    basis: AgeBasis,
    kinds: Sequence[Kind],
    candidates: Sequence[Candidate],
    asked: Sequence[str],
) -> Slot:
    """The slot of a guide. `asked` are the classes that somebody may ask for, by number."""
    rows: dict[Row, int] = {}

    def number(row: Row) -> int:
        if all(one is None for one in row):
            return -1
        return rows.setdefault(row, len(rows))

    by_guide = [
        number(tuple(_given(guide, kind, candidate, own) for kind in kinds))
        for candidate in (None, *candidates)
        for own in OWN
    ]
    by_asked = [
        number(tuple(_asked(guide, kind, code, own) for kind in kinds))
        for code in asked
        for own in OWN
    ]
    tables = (0, *(candidate.table or 0 for candidate in candidates))
    return Slot(guide, basis, tuple(kinds), tuple(rows), tuple(by_guide), tuple(by_asked), tables)


def _given(
    guide: Edition | None, kind: Kind, candidate: Candidate | None, own: Nicotine
) -> Sold | None:
    if not kind.available:
        return Sold(None, None, own)
    if guide is None or candidate is None:
        return None
    assessment = Assessment(
        edition=guide.name,
        outcome=Outcome.CLASS if candidate.table is None else Outcome.TABLE,
        class_code=candidate.one.code,
        class_name=candidate.one.name,
        rated_as=candidate.one.rated_as,
        table=candidate.table,
        class_range=(candidate.one.code, candidate.one.code),
    )
    return _sold(class_by_guide(assessment, kind.available, guide, kind.product, {own}))


def _asked(guide: Edition | None, kind: Kind, code: str, own: Nicotine) -> Sold | None:
    if not kind.available:
        return Sold(None, None, own)
    return _sold(class_as_asked(code, kind.available, guide, {own}))


def _sold(classed: Classed | Unclassed) -> Sold | None:
    if isinstance(classed, Unclassed):
        return None
    return Sold(classed.class_code, classed.rated_as, classed.status)
