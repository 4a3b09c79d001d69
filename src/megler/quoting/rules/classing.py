"""The class under which a product is priced: as asked, or by the carrier's guide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import GuideClass, Nicotine
from megler.carriers.rules.products import Product
from megler.carriers.rules.steps import TableRatingStep
from megler.quoting.rules.books import Book
from megler.underwriting.rules.assessment import Assessment, Outcome
from megler.underwriting.rules.nicotine import nicotine_statuses
from megler.underwriting.rules.people import Person
from megler.vocabulary.codes import TOBACCO_CLASSES
from megler.vocabulary.problems import Reason, Source


@dataclass(frozen=True, slots=True)
class Classed:
    """The class to price, None for a product without classes, and what was assumed on the way.

    `rated_as` addresses the rates; `status` is what the person is taken for as to nicotine.
    """

    status: Nicotine
    class_code: str | None = None
    class_name: str = ""
    rated_as: str | None = None
    class_range: tuple[str, str] | None = None
    table: int | None = None
    reasons: tuple[Reason, ...] = ()
    improvements: tuple[Reason, ...] = ()
    assumptions: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclassed:
    """Why the product has no class for this person."""

    reasons: tuple[Reason, ...]
    assumptions: tuple[Reason, ...] = ()


def classes_of(book: Book, product: Product) -> tuple[str, ...]:
    """The classes whose rates the product has, in the edition's order; empty: it has no classes."""
    listed = product.eligibility.classes
    priced = book.values_of(product, "class")
    if "class" in product.fixed or not (listed or priced):
        return ()
    return tuple(c for c in listed if c in priced) if listed and priced else listed or priced


def without_class(book: Book, product: Product, person: Person, on: date) -> Classed:
    """For a product without classes: only the nicotine status, assumed none where not known."""
    assumptions: tuple[Reason, ...] = ()
    statuses = nicotine_statuses(person, on)
    matters = "nicotine" in book.dimensions_of(product) or any(
        limit.nicotine is not Nicotine.ANY for limit in product.eligibility.terms
    )
    if len(statuses) == 2 and matters:
        assumptions = (Reason("nicotine_assumed_none"),)
    return Classed(_status(None, statuses), assumptions=assumptions)


def class_as_asked(
    asked: str, available: Sequence[str], guide: Edition | None, statuses: set[Nicotine]
) -> Classed | Unclassed:
    """The class that the wish names, marked as assumed. A guide tells its name and rates."""
    one = next((c for c in _classes(guide) if c.code == asked), None)
    rated_as = one.rated_as if one else asked
    if rated_as not in available:
        params = {"class": asked, "classes": ", ".join(available)}
        return Unclassed((Reason("class_not_sold", params),))
    status = Nicotine.USER if asked in TOBACCO_CLASSES else _status(one, statuses)
    assumed = Reason("class_assumed", {"class": one.name if one else asked})
    return Classed(
        status=status,
        class_code=asked,
        class_name=one.name if one else asked,
        rated_as=rated_as,
        class_range=(asked, asked),
        reasons=(assumed,),
        assumptions=(assumed,),
    )


def class_by_guide(
    assessment: Assessment,
    available: Sequence[str],
    guide: Edition,
    product: Product,
    statuses: set[Nicotine],
) -> Classed | Unclassed:
    """The guide's class, or the next worse one for the same nicotine status that is sold."""
    if assessment.outcome is Outcome.INDIVIDUAL_CONSIDERATION or assessment.class_code is None:
        reason = Reason("individual_consideration", {}, Source(assessment.edition))
        return Unclassed((reason, *assessment.reasons), assessment.assumptions)
    given = next(c for c in _classes(guide) if c.code == assessment.class_code)
    source = Source(assessment.edition)
    if assessment.table is not None and not _rates_tables(product):
        params = {"table": str(assessment.table)}
        return Unclassed((Reason("table_not_sold", params, source), *assessment.reasons))
    sold = _next_sold(given, available, guide)
    if sold is None:
        params = {"class": given.name, "classes": ", ".join(available)}
        return Unclassed((Reason("class_not_sold", params, source), *assessment.reasons))
    reasons = assessment.reasons
    if sold is not given:
        params = {"class": given.name, "instead": sold.name}
        reasons = (Reason("next_class_sold", params, source), *reasons)
    return Classed(
        status=_status(sold, statuses),
        class_code=sold.code,
        class_name=sold.name,
        rated_as=sold.rated_as,
        class_range=assessment.class_range,
        table=assessment.table,
        reasons=reasons,
        improvements=assessment.improvements,
        assumptions=assessment.assumptions,
    )


def _next_sold(given: GuideClass, available: Sequence[str], guide: Edition) -> GuideClass | None:
    classes = _classes(guide)
    not_better = classes[classes.index(given) :]
    same_status = (c for c in not_better if c.nicotine is given.nicotine and not c.on_review)
    return next((c for c in same_status if c.rated_as in available), None)


def _classes(guide: Edition | None) -> tuple[GuideClass, ...]:
    return guide.guide.classes if guide and guide.guide else ()


def _status(one: GuideClass | None, statuses: set[Nicotine]) -> Nicotine:
    """The status that a class is for; where it is for any, the person's own."""
    if one is not None and one.nicotine is not Nicotine.ANY:
        return one.nicotine
    return Nicotine.USER if statuses == {Nicotine.USER} else Nicotine.NONE


def _rates_tables(product: Product) -> bool:
    return any(isinstance(step, TableRatingStep) for step in product.steps)
