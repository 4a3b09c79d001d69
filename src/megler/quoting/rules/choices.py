"""What a wish leaves to choose at a product: its own questions, its usual answers, what it sells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from megler.carriers.rules.checking.wishes import as_fact
from megler.carriers.rules.products import Ask, AskKind, Product
from megler.carriers.rules.tables import Axis, BandAxis, ChoiceAxis, Fact
from megler.quoting.rules.asked import Asked
from megler.quoting.rules.books import Book
from megler.vocabulary.codes import Line
from megler.vocabulary.problems import Reason, Source

WISHED = ("elimination_days", "benefit_years", "inflation", "payout", "qualified")
"""Wishes that a product sells in some values only."""
_OF_LINE = {
    Line.ANNUITY: ("payout",),
    Line.DISABILITY: ("elimination_days", "benefit_years"),
    Line.LONG_TERM_CARE: ("elimination_days", "benefit_years", "inflation"),
}
"""Wishes that a line usually knows: where a product does not, its offer says so."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The facts that the wish and the product settle, and what there is to say of them.

    `assumptions` are what was taken for granted, `reasons` what is not sold, `told` what of the
    wish the product has no choice of.
    """

    facts: Mapping[str, Fact]
    assumptions: tuple[Reason, ...] = ()
    reasons: tuple[Reason, ...] = ()
    told: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a product leaves to choose: the axes of each wish, those it fixes, those it has not."""

    axes: Mapping[str, tuple[Axis, ...]]
    wished: tuple[str, ...]
    fixed: tuple[str, ...]
    unknown: tuple[str, ...]
    is_plain: bool


def chosen(book: Book, product: Product, asked: Asked) -> Chosen:
    """The wish's facts as the product's tables know them."""
    plan = book.once(product, "choices", _planned)
    facts = asked.facts()
    if plan.is_plain:
        return Chosen(facts)
    told, assumptions, reasons = dict(facts), [], []
    source = Source(book.edition.name)
    for ask in product.asks:
        answer = asked.wants.details.get(ask.name)
        told[ask.name] = _plain(answer if answer is not None else ask.default)
        if answer is None and ask.default is not None:
            params = {"fact": _named(ask), "value": ask.default}
            assumptions.append(Reason("default_taken", params, source))
    if asked.assessments.facts()["open_enrolment"] is None:
        told["open_enrolment"] = None
    for name, value in product.defaults.items():
        if name in told and told[name] is None:
            told[name] = as_fact(value)
            params = {"fact": _key(name), "value": value}
            assumptions.append(Reason("default_taken", params, source))
    if told["household"] is None:
        told["household"] = "no"
    asks = {ask.name: ask for ask in product.asks}
    for name in (*asks, *plan.wished):
        fits = _fitting(told[name], asks.get(name), plan.axes.get(name, ()))
        if fits is None:
            reasons.append(_not_sold(name, told[name], asks.get(name), plan, source))
        told[name] = fits
    for name in plan.fixed:
        fact, value = facts[name], product.fixed[name]
        if fact is not None and _spelled(fact, (value,)) is None:
            params = {"fact": _key(name), "asked": f"{fact}", "offered": value}
            reasons.append(Reason("choice_not_offered", params, source))
    ignored = tuple(
        Reason("no_choice_of", {"fact": _key(name)}, source)
        for name in plan.unknown
        if facts[name] is not None
    )
    return Chosen(told, tuple(assumptions), tuple(reasons), ignored)


def _planned(book: Book, product: Product) -> _Plan:
    axes: dict[str, tuple[Axis, ...]] = {}
    for table in book.tables_of(product):
        for axis in table.axes:
            if axis.name not in product.fixed:
                axes[axis.name] = (*axes.get(axis.name, ()), axis)
    texts = {d.name for table in book.tables_of(product) for d in table.spec.dimensions}
    wished = tuple(name for name in WISHED if name in axes)
    fixed = tuple(name for name in WISHED if name in product.fixed)
    unknown = tuple(
        name
        for name in _OF_LINE.get(product.line, ())
        if name not in texts and name not in product.fixed
    )
    some = product.asks or product.defaults or wished or fixed or unknown or "household" in axes
    return _Plan(axes, wished, fixed, unknown, is_plain=not some)


def _plain(answer: str | float | None) -> Fact:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return Decimal(str(answer)) if isinstance(answer, float) else answer


def _fitting(fact: Fact, ask: Ask | None, axes: tuple[Axis, ...]) -> Fact:
    """The fact as every table knows it; None where one does not, or the question rules it out."""
    if fact is None:
        return None
    if ask is not None:
        fact = _answer(ask, fact)
    for axis in axes:
        fact = _on_axis(fact, axis)
    return fact


def _on_axis(fact: Fact, axis: Axis) -> Fact:
    if fact is None:
        return None
    if isinstance(axis, ChoiceAxis):
        return _spelled(fact, axis.values)
    return fact if axis.index(fact) >= 0 else None


def _answer(ask: Ask, fact: Fact) -> Fact:
    """An answer as the product's own question takes it."""
    if ask.kind is AskKind.CHOICE:
        return _spelled(fact, ask.values)
    number = _number(fact)
    if number is None or (ask.kind is AskKind.WHOLE and number != int(number)):
        return None
    if (ask.low is not None and number < ask.low) or (ask.high is not None and number > ask.high):
        return None
    return int(number) if number == int(number) else number


def _spelled(fact: Fact, values: tuple[str, ...]) -> str | None:
    """The value that the carrier lists for what was asked, however it is spelled.

    >>> _spelled("Life only", ("life-only",)), _spelled(Decimal("3.0"), ("none", "3"))
    ('life-only', '3')
    """
    text = str(fact)
    if text in values:
        return text
    number, folded = _number(fact), _folded(text)
    for value in values:
        if _folded(value) == folded or (number is not None and _number(value) == number):
            return value
    return None


def _folded(text: str) -> str:
    return text.casefold().replace("-", " ").replace("_", " ")


def _number(fact: Fact) -> Decimal | None:
    try:
        number = Decimal(str(fact))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _not_sold(name: str, fact: Fact, ask: Ask | None, plan: _Plan, source: Source) -> Reason:
    offered = ", ".join(_offered(ask, plan.axes.get(name, ())))
    key = _named(ask) if ask else _key(name)
    if fact is None:
        return Reason("choice_needed", {"fact": key, "offered": offered}, source)
    params = {"fact": key, "asked": f"{fact}", "offered": offered}
    return Reason("choice_not_offered", params, source)


def _offered(ask: Ask | None, axes: tuple[Axis, ...]) -> Iterator[str]:
    """What may be asked for: the values that every table has, or the ends of a range."""
    if ask is not None and ask.kind is AskKind.CHOICE:
        yield from ask.values
    elif ask is not None:
        yield f"{ask.low} to {ask.high}"
    else:
        first, *others = axes
        labels = [first.label(i) for i in range(first.size)]
        if isinstance(first, ChoiceAxis):
            yield from (v for v in labels if all(_on_axis(v, other) for other in others))
        elif isinstance(first, BandAxis):
            yield from labels
        else:
            yield f"{labels[0]} to {labels[-1]}"


def _key(name: str) -> str:
    return "part_b_date" if name == "open_enrolment" else f"wants.{name}"


def _named(ask: Ask) -> str:
    """The product's question in its own words, with the key that answers it."""
    return f"{ask.label} (wants.details.{ask.name})"
