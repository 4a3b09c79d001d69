"""Reading [[product.step]]: the steps of a premium, in order."""

from collections.abc import Callable
from decimal import Decimal

from megler.carriers.rules.keys import Keys, no_doubles
from megler.carriers.rules.reading.layouts import FACT
from megler.carriers.rules.steps import (
    AddStep,
    AmountStep,
    CellStep,
    CompoundStep,
    FlatExtraStep,
    JointAgeStep,
    LimitStep,
    LookUpStep,
    ModeStep,
    MultiplyStep,
    RateStep,
    RidersStep,
    RoundStep,
    ShareStep,
    Step,
    SubtractStep,
    SumLivesStep,
    TableRatingStep,
)
from megler.vocabulary.codes import Mode
from megler.vocabulary.money import Rounding


def read_steps(owner: Keys, required: bool = True) -> tuple[Step, ...]:
    """The steps of a product or rider. A step of an unknown kind is told and left out."""
    tables = list(owner.each("step", required=required))
    steps = []
    named = []
    for keys in tables:
        name = keys.text("name")
        named.append((keys, "name", name))
        do = keys.text("do")
        if do in _READERS:
            steps.append(_READERS[do](keys, name))
            keys.done()
        elif do:
            keys.tell("not_in_list", "do", do, " ".join(_READERS))
    no_doubles(named)
    return tuple(steps)


def _rate(keys: Keys, name: str) -> Step:
    return RateStep(name, keys.text("table"), keys.decimal("per") or Decimal(1000))


def _cell(keys: Keys, name: str) -> Step:
    return CellStep(name, keys.text("table"))


def _table_rating(keys: Keys, name: str) -> Step:
    percent = keys.decimal("percent") or Decimal(25)
    if not 1 <= percent <= 100:
        keys.tell("out_of_range", "percent", percent, "1 to 100 percent a table")
    return TableRatingStep(name, percent)


def _flat_extra(_keys: Keys, name: str) -> Step:
    return FlatExtraStep(name)


def _figure_or_table(keys: Keys, figure: str) -> tuple[Decimal | None, str | None]:
    if keys.has(figure) == keys.has("table"):
        found = "both" if keys.has("table") else "neither"
        keys.tell("contradicting_keys", "", found, f"{figure} or table")
    value = keys.decimal(figure, required=False)
    return value, keys.text("table", required=False) or None


def _amount(_keys: Keys, name: str) -> Step:
    return AmountStep(name)


def _share(keys: Keys, name: str) -> Step:
    by, table = _figure_or_table(keys, "by")
    return ShareStep(name, by, table)


def _add(keys: Keys, name: str) -> Step:
    amount, table = _figure_or_table(keys, "amount")
    return AddStep(name, amount, table)


def _subtract(keys: Keys, name: str) -> Step:
    amount, table = _figure_or_table(keys, "amount")
    return SubtractStep(name, amount, table)


def _multiply(keys: Keys, name: str) -> Step:
    by, table = _figure_or_table(keys, "by")
    return MultiplyStep(name, by, table, keys.decimal("per", required=False) or Decimal(1))


def _at_least(keys: Keys, name: str) -> Step:
    amount, table = _figure_or_table(keys, "amount")
    return LimitStep(name, True, amount, table)


def _at_most(keys: Keys, name: str) -> Step:
    amount, table = _figure_or_table(keys, "amount")
    return LimitStep(name, False, amount, table)


def _compound(keys: Keys, name: str) -> Step:
    years = keys.text("years", required=False, like=FACT) or "term_years"
    return CompoundStep(name, keys.text("table"), years)


def _riders(_keys: Keys, name: str) -> Step:
    return RidersStep(name)


def _sum_lives(_keys: Keys, name: str) -> Step:
    return SumLivesStep(name)


def _round(keys: Keys, name: str) -> Step:
    to = keys.decimal("to") or Decimal("0.01")
    return RoundStep(name, to, keys.choice("how", Rounding) or Rounding.HALF_UP)


def _mode(keys: Keys, name: str) -> Step:
    inside = keys.inside("factors", required=True)
    factors = {}
    for key in inside.names() if inside else []:
        factor = inside.decimal(key) if inside else None
        if key not in set(Mode):
            keys.tell("not_in_list", f"factors.{key}", key, " ".join(Mode))
        elif factor is not None:
            factors[Mode(key)] = factor
    if inside and not inside.names():
        keys.tell("empty_list", "factors", "no factors", "at least one")
    return ModeStep(name, factors)


def _look_up(keys: Keys, name: str) -> Step:
    return LookUpStep(name, keys.text("table"), keys.text("as", like=FACT))


def _joint_age(keys: Keys, name: str) -> Step:
    return JointAgeStep(name, keys.text("table"), keys.text("as", like=FACT))


_READERS: dict[str, Callable[[Keys, str], Step]] = {
    "look_up": _look_up,
    "joint_age": _joint_age,
    "rate": _rate,
    "cell": _cell,
    "amount": _amount,
    "share": _share,
    "table_rating": _table_rating,
    "flat_extra": _flat_extra,
    "add": _add,
    "subtract": _subtract,
    "multiply": _multiply,
    "at_least": _at_least,
    "at_most": _at_most,
    "compound": _compound,
    "riders": _riders,
    "sum_lives": _sum_lives,
    "round": _round,
    "mode": _mode,
}
