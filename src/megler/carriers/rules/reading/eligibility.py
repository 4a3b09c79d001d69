"""Reading [product.eligibility] and [product.rider.eligibility]: who may buy how much."""

from dataclasses import replace
from decimal import Decimal

from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.keys import Keys
from megler.carriers.rules.products import AmountLimit, Eligibility, Reduction, TermLimit
from megler.vocabulary.codes import JURISDICTIONS

OLDEST = 120
MOST_PERCENT = 1000


def read_eligibility(keys: Keys | None) -> Eligibility:
    """Who may buy a product; without the table, anyone."""
    if keys is None:
        return Eligibility()
    read = replace(
        _common(keys),
        terms=tuple(_term(term) for term in keys.each("terms")),
        plans=keys.texts("plans") or (),
        guaranteed_issue_max=keys.decimal("guaranteed_issue_max", required=False),
        income_percent_max=percent(keys, "income_percent_max", MOST_PERCENT),
        reductions=tuple(_reduction(part) for part in keys.each("reductions")),
    )
    keys.done()
    return read


def read_rider_eligibility(keys: Keys | None) -> Eligibility:
    """Who may add a rider, besides what the product asks; without the table, every buyer."""
    if keys is None:
        return Eligibility()
    read = _common(keys)
    keys.done()
    return read


def _common(keys: Keys) -> Eligibility:
    """What products and riders alike may ask."""
    age_min, age_max = _ages(keys.inside("age"))
    amount_min, amount_max, amount_step = _amounts(keys.inside("amount"))
    only, excepted = _jurisdictions(keys.inside("jurisdictions"))
    return Eligibility(
        age_min=age_min,
        age_max=age_max,
        amount_min=amount_min,
        amount_max=amount_max,
        amount_step=amount_step,
        jurisdictions_only=only,
        jurisdictions_except=excepted,
        classes=keys.texts("classes") or (),
        amounts_by_age=tuple(_amount_limit(limit) for limit in keys.each("amounts_by_age")),
    )


def percent(keys: Keys, key: str, most: int) -> Decimal | None:
    """A percent above 0 and at most `most`, if the key is there."""
    read = keys.decimal(key, required=False)
    if read is not None and read > most:
        keys.tell("out_of_range", key, read, f"0 to {most}")
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
