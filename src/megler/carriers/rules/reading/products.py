"""Reading [[product]]: what is sold, to whom, and the steps of its premium."""

from decimal import Decimal

from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.keys import CODE, Keys, no_doubles
from megler.carriers.rules.products import (
    AmountLimit,
    Eligibility,
    Product,
    Reduction,
    TermLimit,
)
from megler.carriers.rules.reading.steps import read_steps
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import JURISDICTIONS, Line, Mode

OLDEST = 120


def read_products(head: Keys) -> tuple[Product, ...]:
    """The products of a rate book, in order; at least one."""
    tables = list(head.each("product", required=True))
    read = [_product(keys) for keys in tables]
    no_doubles((k, "code", p.code) for k, p in zip(tables, read, strict=True))
    return tuple(read)


def _product(keys: Keys) -> Product:
    eligibility = keys.inside("eligibility")
    fixed = keys.inside("fixed")
    read = Product(
        code=keys.text("code", like=CODE),
        name=keys.text("name"),
        line=keys.choice("line", Line) or Line.TERM_LIFE,
        age_basis=keys.choice("age_basis", AgeBasis) or AgeBasis.NEAREST,
        premium_period=keys.choice("premium_period", Mode, required=False),
        eligibility=_eligibility(eligibility) if eligibility else Eligibility(),
        steps=read_steps(keys),
        fixed={name: fixed.text(name) for name in fixed.names()} if fixed else {},
    )
    keys.done()
    return read


def _eligibility(keys: Keys) -> Eligibility:
    age_min, age_max = _ages(keys.inside("age"))
    amount_min, amount_max, amount_step = _amounts(keys.inside("amount"))
    only, excepted = _jurisdictions(keys.inside("jurisdictions"))
    read = Eligibility(
        age_min=age_min,
        age_max=age_max,
        amount_min=amount_min,
        amount_max=amount_max,
        amount_step=amount_step,
        jurisdictions_only=only,
        jurisdictions_except=excepted,
        classes=keys.texts("classes") or (),
        terms=tuple(_term(term) for term in keys.each("terms")),
        amounts_by_age=tuple(_amount_limit(limit) for limit in keys.each("amounts_by_age")),
        plans=keys.texts("plans") or (),
        guaranteed_issue_max=keys.decimal("guaranteed_issue_max", required=False),
        reductions=tuple(_reduction(part) for part in keys.each("reductions")),
    )
    keys.done()
    return read


def _ages(keys: Keys | None) -> tuple[int | None, int | None]:
    if keys is None:
        return None, None
    low = keys.whole("min", required=False, most=OLDEST)
    high = keys.whole("max", required=False, most=OLDEST)
    _in_order(keys, "max", low, high)
    keys.done()
    return low, high


def _amounts(keys: Keys | None) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    if keys is None:
        return None, None, None
    low, high = keys.decimal("min", required=False), keys.decimal("max", required=False)
    step = keys.decimal("step", required=False)
    _in_order(keys, "max", low, high)
    keys.done()
    return low, high, step


def _in_order(keys: Keys, key: str, low: int | Decimal | None, high: int | Decimal | None) -> None:
    if low is not None and high is not None and high < low:
        keys.tell("bounds_reversed", key, high, f"at least {low}")


def _jurisdictions(keys: Keys | None) -> tuple[frozenset[str] | None, frozenset[str]]:
    if keys is None:
        return None, frozenset()
    only, excepted = keys.texts("only"), keys.texts("except")
    if keys.has("only") and keys.has("except"):
        keys.tell("contradicting_keys", "", "only and except", "one of them")
    for key, codes in (("only", only), ("except", excepted)):
        for code in codes or ():
            if code not in JURISDICTIONS:
                keys.tell("unknown_jurisdiction", key, code, "a postal code such as TX")
    keys.done()
    return None if only is None else frozenset(only), frozenset(excepted or ())


def _term(keys: Keys) -> TermLimit:
    read = TermLimit(
        term_years=keys.whole("term_years", least=1, most=99) or 1,
        age_min=keys.whole("age_min", required=False, most=OLDEST),
        age_max=keys.whole("age_max", required=False, most=OLDEST),
        nicotine=keys.choice("nicotine", Nicotine, required=False) or Nicotine.ANY,
    )
    _in_order(keys, "age_max", read.age_min, read.age_max)
    keys.done()
    return read


def _amount_limit(keys: Keys) -> AmountLimit:
    read = AmountLimit(
        age_min=keys.whole("age_min", most=OLDEST) or 0,
        age_max=keys.whole("age_max", most=OLDEST) or 0,
        min=keys.decimal("min", required=False),
        max=keys.decimal("max", required=False),
    )
    _in_order(keys, "age_max", read.age_min, read.age_max)
    _in_order(keys, "max", read.min, read.max)
    keys.done()
    return read


def _reduction(keys: Keys) -> Reduction:
    read = Reduction(
        age=keys.whole("age", least=1, most=OLDEST) or 0,
        percent=keys.decimal("percent", required=False),
    )
    if read.percent is not None and read.percent >= 100:
        keys.tell("out_of_range", "percent", read.percent, "below 100")
    keys.done()
    return read
