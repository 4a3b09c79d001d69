"""The class under which a product is priced: as asked, or by the carrier's guide."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import GuideClass, Nicotine
from megler.carriers.rules.products import Product
from megler.carriers.rules.steps import FlatExtraStep, TableRatingStep
from megler.quoting.rules.asked import Assessments
from megler.quoting.rules.books import Book
from megler.underwriting.rules.assessment import Assessment, Likely, Outcome, likely_of
from megler.underwriting.rules.standing import guide_for
from megler.underwriting.rules.wishes import FlatExtra, Wants
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
    flat_extra: FlatExtra | None = None
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


def class_for(
    book: Book, product: Product, judged: Assessments, wants: Wants
) -> Classed | Unclassed:
    """The class to price a person at: as asked, by the guide, or the product's usual one.

    A table rating or a flat extra that is asked for stands in place of the guide's.
    """
    found = _class_for(book, product, judged, wants)
    if isinstance(found, Unclassed) or (wants.table is None and wants.flat_extra is None):
        return found
    return _rated(found, product, wants)


def _class_for(
    book: Book, product: Product, judged: Assessments, wants: Wants
) -> Classed | Unclassed:
    available = book.once(product, "classes", classes_of)
    statuses = judged.statuses()
    if not available:
        return without_class(book, product, statuses)
    edition = book.edition
    guide = guide_for(judged.guides, edition.carrier, product.code, judged.on)
    if wants.class_code is not None:
        return class_as_asked(wants.class_code, available, guide, statuses)
    if wants.table is not None and guide is not None:
        return _last_class(available, guide, statuses)
    if guide is None:
        usual = product.defaults.get("class")
        if usual is None:
            return Unclassed((Reason("no_guide", {}, Source(edition.name)),))
        return class_as_asked(usual, available, guide, statuses)
    assessment = judged.by(guide, product.age_basis, wants.face_amount)
    return class_by_guide(assessment, available, guide, product, statuses)


def _rated(classed: Classed, product: Product, wants: Wants) -> Classed | Unclassed:
    """The class with the table rating and flat extra asked for, marked as assumed."""
    told: list[Reason] = []
    refused: list[Reason] = []
    if wants.table is not None:
        sold = _has_step(product, TableRatingStep)
        code = "table_assumed" if sold else "table_not_sold"
        (told if sold else refused).append(Reason(code, {"table": str(wants.table)}))
    if wants.flat_extra is not None:
        sold, extra = _has_step(product, FlatExtraStep), wants.flat_extra
        params = {"per_1000": f"{extra.per_1000:f}"}
        code = "flat_extra_not_sold" if not sold else "flat_extra_assumed"
        if sold and extra.years is not None:
            code, params = "flat_extra_assumed_for_years", {**params, "years": str(extra.years)}
        (told if sold else refused).append(Reason(code, params))
    if refused:
        return Unclassed(tuple(refused), classed.assumptions)
    return replace(
        classed,
        table=classed.table if wants.table is None else wants.table,
        flat_extra=wants.flat_extra or classed.flat_extra,
        reasons=(*told, *classed.reasons),
        assumptions=(*classed.assumptions, *told),
    )


def _last_class(
    available: Sequence[str], guide: Edition, statuses: set[Nicotine]
) -> Classed | Unclassed:
    """The class that table ratings start from: the worst one for the person's nicotine status."""
    status = Nicotine.USER if statuses == {Nicotine.USER} else Nicotine.NONE
    fitting = [
        one
        for one in _classes(guide)
        if one.nicotine in (Nicotine.ANY, status) and not one.on_review
        if one.rated_as in available
    ]
    if not fitting:
        params = {"class": status.value, "classes": ", ".join(available)}
        return Unclassed((Reason("class_not_sold", params),))
    return class_as_asked(fitting[-1].code, available, guide, statuses)


def without_class(book: Book, product: Product, statuses: set[Nicotine]) -> Classed:
    """For a product without classes: only the nicotine status, assumed none where not known."""
    assumptions: tuple[Reason, ...] = ()
    if len(statuses) == 2 and book.once(product, "asks nicotine", _asks_nicotine):
        assumptions = (Reason("nicotine_assumed_none"),)
    return Classed(_status(None, statuses), assumptions=assumptions)


def _asks_nicotine(book: Book, product: Product) -> bool:
    facts = {"nicotine", "second_nicotine"}
    return bool(facts & book.dimensions_of(product)) or any(
        limit.nicotine is not Nicotine.ANY for limit in product.eligibility.terms
    )


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
    """The guide's likely class, or the next worse one for the same nicotine status that is sold."""
    likely = likely_of(assessment)
    if likely.class_code is None:
        reason = Reason(_WITHOUT_CLASS[likely.outcome], {}, Source(assessment.edition))
        return Unclassed((reason, *assessment.reasons), assessment.assumptions)
    given = next(c for c in _classes(guide) if c.code == likely.class_code)
    source = Source(assessment.edition)
    refused = _unsold(likely, product, source)
    if refused is not None:
        return Unclassed((refused, *assessment.reasons))
    sold = _next_sold(given, available, guide)
    if sold is None:
        params = {"class": given.name, "classes": ", ".join(available)}
        return Unclassed((Reason("class_not_sold", params, source), *assessment.reasons))
    reasons, extra = assessment.reasons, likely.flat_extra
    if sold is not given:
        params = {"class": given.name, "instead": sold.name}
        reasons = (Reason("next_class_sold", params, source), *reasons)
    return Classed(
        status=_status(sold, statuses),
        class_code=sold.code,
        class_name=sold.name,
        rated_as=sold.rated_as,
        class_range=assessment.class_range,
        table=likely.table,
        flat_extra=None if extra is None else FlatExtra(extra, likely.flat_years),
        reasons=reasons,
        improvements=assessment.improvements,
        assumptions=assessment.assumptions,
    )


_WITHOUT_CLASS = {
    Outcome.INDIVIDUAL_CONSIDERATION: "individual_consideration",
    Outcome.POSTPONE: "guide_postpones",
    Outcome.DECLINE: "guide_declines",
}


def _unsold(likely: Likely, product: Product, source: Source) -> Reason | None:
    """Why the product cannot carry the table or the flat extra that the guide gives."""
    if likely.table is not None and not _has_step(product, TableRatingStep):
        return Reason("table_not_sold", {"table": str(likely.table)}, source)
    if likely.flat_extra is not None and not _has_step(product, FlatExtraStep):
        return Reason("flat_extra_not_sold", {"per_1000": f"{likely.flat_extra:f}"}, source)
    return None


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


def _has_step(product: Product, kind: type) -> bool:
    return any(isinstance(step, kind) for step in product.steps)
