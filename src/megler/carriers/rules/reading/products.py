"""Reading [[product]]: what is sold, to whom, what is asked, and the steps of its premium."""

from decimal import Decimal

from megler.carriers.rules.keys import CODE, Keys, no_doubles
from megler.carriers.rules.products import (
    AmountOf,
    Ask,
    AskKind,
    Charged,
    Conversion,
    Lives,
    Product,
    Rider,
    Yields,
)
from megler.carriers.rules.reading.eligibility import (
    OLDEST,
    percent,
    read_eligibility,
    read_rider_eligibility,
)
from megler.carriers.rules.reading.layouts import FACT
from megler.carriers.rules.reading.steps import read_steps
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Line, Mode

MOST_CHARGED = 99
MOST_YEARS = 100
RIDER_PERCENT_MAX = 10_000
USUAL_AMOUNT = {
    Line.ANNUITY: AmountOf.PREMIUM,
    Line.DISABILITY: AmountOf.BENEFIT_MONTHLY,
    Line.LONG_TERM_CARE: AmountOf.BENEFIT_MONTHLY,
}
"""Which wish is the amount of a line's products, where the edition does not say: a face amount."""


def read_products(head: Keys) -> tuple[Product, ...]:
    """The products of a rate book, in order; at least one."""
    tables = list(head.each("product", required=True))
    read = [_product(keys) for keys in tables]
    no_doubles((k, "code", p.code) for k, p in zip(tables, read, strict=True))
    return tuple(read)


def _product(keys: Keys) -> Product:
    line = keys.choice("line", Line) or Line.TERM_LIFE
    amount_of = keys.choice("amount_of", AmountOf, required=False)
    read = Product(
        code=keys.text("code", like=CODE),
        name=keys.text("name"),
        line=line,
        age_basis=keys.choice("age_basis", AgeBasis) or AgeBasis.NEAREST,
        premium_period=keys.choice("premium_period", Mode, required=False),
        eligibility=read_eligibility(keys.inside("eligibility")),
        steps=read_steps(keys),
        fixed=_texts(keys, "fixed"),
        lives=keys.choice("lives", Lives, required=False) or Lives.ONE,
        amount_of=amount_of or USUAL_AMOUNT.get(line, AmountOf.FACE_AMOUNT),
        yields=keys.choice("yields", Yields, required=False) or Yields.PREMIUM,
        defaults=_texts(keys, "defaults"),
        asks=_asks(keys),
        charged=tuple(_charged(part) for part in keys.each("charged")),
        riders=_riders(keys),
        conversion=_conversion(keys.inside("conversion")),
    )
    keys.done()
    return read


def _texts(keys: Keys, key: str) -> dict[str, str]:
    """The facts of a table of texts, by name."""
    inside = keys.inside(key)
    return {name: inside.text(name) for name in inside.names()} if inside else {}


def _asks(product: Keys) -> tuple[Ask, ...]:
    tables = list(product.each("ask"))
    read = [_ask(keys) for keys in tables]
    no_doubles((k, "name", a.name) for k, a in zip(tables, read, strict=True))
    return tuple(read)


def _ask(keys: Keys) -> Ask:
    name, label = keys.text("name", like=FACT), keys.text("label")
    kind = keys.choice("kind", AskKind) or AskKind.CHOICE
    if kind is AskKind.CHOICE:
        read = _choice(keys, name, label)
    else:
        low, high = _number(keys, "from", kind), _number(keys, "to", kind)
        if low is not None and high is not None and high < low:
            keys.tell("bounds_reversed", "to", high, f"at least {low}")
        default = _number_default(keys, kind, low, high)
        read = Ask(name, label, kind, low=low, high=high, default=default)
    keys.done()
    return read


def _choice(keys: Keys, name: str, label: str) -> Ask:
    values = keys.texts("values", required=True) or ()
    default = keys.text("default", required=False) or None
    if default is not None and default not in values:
        keys.tell("not_in_list", "default", default, " | ".join(values)[:200])
    return Ask(name, label, AskKind.CHOICE, values, default=default)


def _number(keys: Keys, key: str, kind: AskKind, required: bool = True) -> Decimal | None:
    if kind is AskKind.WHOLE:
        whole = keys.whole(key, required=required)
        return None if whole is None else Decimal(whole)
    return keys.decimal(key, required=required, zero=True)


def _number_default(
    keys: Keys, kind: AskKind, low: Decimal | None, high: Decimal | None
) -> str | None:
    figure = _number(keys, "default", kind, required=False)
    if figure is None:
        return None
    if (low is not None and figure < low) or (high is not None and figure > high):
        keys.tell("out_of_range", "default", figure, f"{low} to {high}")
    return f"{figure:f}"


def _charged(keys: Keys) -> Charged:
    read = Charged(
        role=keys.text("role"),
        under_age=keys.whole("under_age", least=1, most=OLDEST) or 1,
        most=keys.whole("most", most=MOST_CHARGED) or 0,
    )
    keys.done()
    return read


def _conversion(keys: Keys | None) -> Conversion | None:
    if keys is None:
        return None
    read = Conversion(
        years=keys.whole("years", required=False, least=1, most=MOST_YEARS),
        until_age=keys.whole("until_age", required=False, least=1, most=OLDEST),
    )
    keys.done()
    return read


def _riders(product: Keys) -> tuple[Rider, ...]:
    tables = list(product.each("rider"))
    read = [_rider(keys) for keys in tables]
    no_doubles((k, "code", r.code) for k, r in zip(tables, read, strict=True))
    return tuple(read)


def _rider(keys: Keys) -> Rider:
    read = Rider(
        code=keys.text("code", like=FACT),
        name=keys.text("name"),
        eligibility=read_rider_eligibility(keys.inside("eligibility")),
        steps=read_steps(keys, required=False),
        included=keys.flag("included"),
        amount=keys.decimal("amount", required=False),
        percent_max=percent(keys, "percent_max", RIDER_PERCENT_MAX),
    )
    keys.done()
    return read
