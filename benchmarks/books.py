"""The rate book of a synthetic carrier: its head as TOML, its figures as arrays and as CSV.

Money in heads is dollars, rates are dollars a year per 1,000 with two decimals, factors have four.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEXES = ("female", "male")
NICOTINE = ("none", "user")
CLASSES = ("preferred_plus", "preferred", "standard_plus", "standard", "basic")
AGE_MIN, AGE_MAX = 18, 85
_POSTAL = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM "
    "NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
)
STATES = tuple(_POSTAL.split())
TERM_STEP = 5
_BANDS = (
    (25_000, 100_000, 250_000, 1_000_000),
    (50_000, 250_000, 500_000, 1_000_000),
    (100_000, 250_000, 500_000, 2_000_000),
)
"""Where amount bands begin; a carrier has one of these."""
_ANNUAL_ROUNDINGS = (("0.01", "half_up"), None, ("1", "half_even"))
_MODAL_ROUNDINGS = (("0.01", "half_up"), ("0.01", "half_even"), ("0.05", "up"))
_MONTHLY = ("0.0875", "0.086", "0.0865", "0.09")
_TERM_AGES_MAX = {10: 85, 15: 80, 20: 70, 25: 65, 30: 60}
_CLASS_FACTORS = np.array([0.62, 0.76, 0.88, 1.0, 1.35])
_BAND_FACTORS = np.array([1.15, 1.0, 0.93, 0.88])


@dataclass(frozen=True)
class Size:
    """How large a market is. The full size has about eleven million rates.

    Of `by_state_every` carriers one sells a product whose rates themselves go by state.
    """

    carriers: int = 50
    products: int = 6
    terms: tuple[int, ...] = (10, 15, 20, 25, 30)
    states: int = 50
    by_state_every: int = 25
    seed: int = 1

    @property
    def plans(self) -> int:
        """Products times terms."""
        return self.carriers * self.products * len(self.terms)


FULL = Size()
SMALL = Size(carriers=6, products=6, terms=(10, 15), states=4, by_state_every=3)


@dataclass(frozen=True)
class Carrier:
    """What sets a carrier apart from the others, decided by its number alone."""

    number: int
    size: Size

    @property
    def slug(self) -> str:
        """As editions name it; slugs sort as numbers do."""
        return f"carrier-{self.number:03d}"

    @property
    def age_basis(self) -> str:
        """Two of three carriers count the nearest birthday."""
        return "last" if self.number % 3 == 2 else "nearest"

    @property
    def band_starts(self) -> tuple[int, ...]:
        """Where the amount bands begin, in dollars; the last has no end."""
        return _BANDS[self.number % len(_BANDS)]

    @property
    def bands(self) -> list[tuple[int, int | None]]:
        """Lower and upper bound of each amount band, both inclusive."""
        starts = self.band_starts
        ends = [start - 1 for start in starts[1:]]
        return list(zip(starts, [*ends, None], strict=True))

    @property
    def has_factor(self) -> bool:
        """Whether premiums are multiplied by a factor of state and band."""
        return self.number % 10 == 4

    def by_state(self, product: int) -> bool:
        """Whether the product's rates themselves go by state."""
        every = self.size.by_state_every
        return product == 0 and self.number % every == every - 1


def rates(carrier: Carrier, product: int) -> NDArray[np.int64]:
    """Cents per 1,000 by (state,) term, sex, nicotine, age, band and class; C order.

    A mortality that rises by some nine percent a year of age, averaged over the term, with the
    usual discounts; carriers, products and states differ by a few percent.
    """
    dice = np.random.default_rng([carrier.size.seed, carrier.number, product])
    age = np.arange(AGE_MIN, AGE_MAX + 1)
    terms = np.array(carrier.size.terms)
    rise = 0.086 + 0.008 * dice.random()
    level = 0.02 * np.exp(rise * (age[None, :] - AGE_MIN)) * (1 + terms[:, None] / 14)
    base = (0.08 + level)[:, None, None, :, None, None] * (0.85 + 0.3 * dice.random())
    by_sex = np.array([0.8, 1.0])[:, None, None, None, None]
    by_nicotine = np.array([1.0, 2.2 + 0.5 * dice.random()])[:, None, None, None]
    noise = 1 + 0.02 * dice.random((len(terms), 2, 2, 1, 4, 5))
    grid = base * by_sex * by_nicotine * _BAND_FACTORS[:, None] * _CLASS_FACTORS * noise
    if carrier.by_state(product):
        by_state = 0.95 + 0.1 * dice.random((carrier.size.states, 1, 1, 1, 1, 4, 1))
        grid = grid[None] * by_state
    cents: NDArray[np.int64] = np.maximum(np.rint(grid * 100), 1).astype(np.int64)
    return cents


def factors(carrier: Carrier) -> NDArray[np.int64]:
    """Ten thousandths by state and band."""
    dice = np.random.default_rng([carrier.size.seed, carrier.number, 99])
    return np.asarray(dice.integers(9_000, 11_000, (carrier.size.states, 4)), np.int64)


def book_files(carrier: Carrier) -> dict[str, bytes]:
    """The rate book's files: `edition.toml` and a CSV for each table."""
    files = {"edition.toml": book_head(carrier).encode()}
    for product in range(carrier.size.products):
        files[f"rates-{product + 1}.csv"] = _rates_csv(carrier, product)
    if carrier.has_factor:
        lines = ["jurisdiction,amount_from,amount_to,value"]
        for state, row in zip(STATES, factors(carrier), strict=False):
            for (low, high), figure in zip(carrier.bands, row, strict=True):
                lines.append(f"{state},{low},{high or ''},{figure / 10_000:.4f}")
        files["factors.csv"] = ("\n".join(lines) + "\n").encode()
    return files


def _rates_csv(carrier: Carrier, product: int) -> bytes:
    grid = rates(carrier, product)
    states = STATES[: carrier.size.states] if carrier.by_state(product) else ("",)
    head = "jurisdiction," if carrier.by_state(product) else ""
    lines = [f"{head}term_years,sex,nicotine,age,amount_from,amount_to,{','.join(CLASSES)}"]
    figures = iter(grid.reshape(-1, len(CLASSES)).tolist())
    for state in states:
        at = f"{state}," if state else ""
        for key in _row_keys(carrier):
            cells = ",".join(f"{cents // 100}.{cents % 100:02d}" for cents in next(figures))
            lines.append(f"{at}{key},{cells}")
    return ("\n".join(lines) + "\n").encode()


def _row_keys(carrier: Carrier) -> Iterator[str]:
    for term in carrier.size.terms:
        for sex in SEXES:
            for nicotine in NICOTINE:
                for age in range(AGE_MIN, AGE_MAX + 1):
                    for low, high in carrier.bands:
                        yield f"{term},{sex},{nicotine},{age},{low},{high or ''}"


def book_head(carrier: Carrier) -> str:
    """The rate book's `edition.toml`."""
    parts = [_EDITION.format(slug=carrier.slug, name=f"Carrier {carrier.number + 1}")]
    for product in range(carrier.size.products):
        parts.append(_product(carrier, product))
        parts.append(_table(carrier, product))
    if carrier.has_factor:
        parts.append(_FACTOR_TABLE.format(states=_texts(STATES[: carrier.size.states])))
    return "\n".join(parts)


def _product(carrier: Carrier, product: int) -> str:
    number, shift = carrier.number, (carrier.number * 7 + product * 3) % 5
    low, high = carrier.band_starts[0], 5_000_000 if shift < 3 else 10_000_000
    step = ', step = "1000"' if number % 4 == 0 else ""
    unsold = [STATES[(number * 11 + product * 5 + 13 * i) % 50] for i in range(shift)]
    limits = [
        f"{{ term_years = {term}, age_min = {18 + 2 * (product == 3)}, "
        f'age_max = {_TERM_AGES_MAX[term] - shift - 5 * user}, nicotine = "{NICOTINE[user]}" }}'
        for term in carrier.size.terms
        for user in (0, 1)
    ]
    lines = [
        "[[product]]",
        f'code = "term-{product + 1}"\nname = "Level Term {product + 1}"\nline = "term_life"',
        f'age_basis = "{carrier.age_basis}"\npremium_period = "annual"',
        "[product.eligibility]",
        f"age = {{ min = {AGE_MIN}, max = {AGE_MAX} }}",
        f'amount = {{ min = "{low}", max = "{high}"{step} }}',
        f"classes = {_texts(_sold(product))}",
        f"terms = [{', '.join(limits)}]",
    ]
    if unsold:
        lines.append(f"jurisdictions = {{ except = {_texts(sorted(set(unsold)))} }}")
    if number % 2 == 0:
        lines.append('amounts_by_age = [{ age_min = 71, age_max = 85, max = "1000000" }]')
    return "\n".join([*lines, *_steps(carrier, product)])


def _sold(product: int) -> tuple[str, ...]:
    """The classes that a product is sold in: some leave one out."""
    left_out = {4: "standard_plus", 5: "preferred_plus"}.get(product)
    return tuple(code for code in CLASSES if code != left_out)


def _steps(carrier: Carrier, product: int) -> Iterator[str]:
    number = carrier.number
    yield _STEP.format(name="base", do="rate", more=f'table = "rates-{product + 1}"\nper = "1000"')
    if carrier.has_factor:
        yield _STEP.format(name="state", do="multiply", more='table = "factors"')
    fee = f'amount = "{50 + 5 * (number % 8)}"'
    yield _STEP.format(name="policy fee", do="add", more=fee)
    annual = _ANNUAL_ROUNDINGS[number % 3]
    if annual:
        more = f'to = "{annual[0]}"\nhow = "{annual[1]}"'
        yield _STEP.format(name="a year", do="round", more=more)
    monthly = _MONTHLY[number % len(_MONTHLY)]
    modes = f'annual = "1", semiannual = "0.51", quarterly = "0.257", monthly = "{monthly}"'
    yield _STEP.format(name="mode", do="mode", more=f"factors = {{ {modes} }}")
    modal = _MODAL_ROUNDINGS[number % 7 % 3]
    more = f'to = "{modal[0]}"\nhow = "{modal[1]}"'
    yield _STEP.format(name="a payment", do="round", more=more)


def _table(carrier: Carrier, product: int) -> str:
    terms = carrier.size.terms
    step = TERM_STEP if len(terms) < 2 else terms[1] - terms[0]
    place = ""
    if carrier.by_state(product):
        place = _STATE_DIMENSION.format(states=_texts(STATES[: carrier.size.states]))
    return _RATES_TABLE.format(
        number=product + 1, place=place, first=terms[0], last=terms[-1], step=step
    )


def _texts(values: tuple[str, ...] | list[str]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


_EDITION = """format = 1
[edition]
kind = "rate_book"
carrier = "{slug}"
carrier_name = "{name}"
series = "level-term"
title = "Level term, January 2026"
effective_from = 2026-01-01
currency = "USD"
source = "Made by benchmarks/books.py"
"""
_STEP = """[[product.step]]
name = "{name}"
do = "{do}"
{more}"""
_STATE_DIMENSION = """[[table.dimension]]
name = "jurisdiction"
kind = "choice"
column = "jurisdiction"
values = {states}
"""
_RATES_TABLE = f"""[[table]]
name = "rates-{{number}}"
file = "rates-{{number}}.csv"
measure = "rate_per_1000"
monotone = {{{{ age = "rises" }}}}
{{place}}[[table.dimension]]
name = "term_years"
kind = "whole"
column = "term_years"
from = {{first}}
to = {{last}}
step = {{step}}
[[table.dimension]]
name = "sex"
kind = "choice"
column = "sex"
values = {_texts(SEXES)}
[[table.dimension]]
name = "nicotine"
kind = "choice"
column = "nicotine"
values = {_texts(NICOTINE)}
[[table.dimension]]
name = "age"
kind = "whole"
column = "age"
from = {AGE_MIN}
to = {AGE_MAX}
[[table.dimension]]
name = "amount"
kind = "band"
columns = ["amount_from", "amount_to"]
[[table.dimension]]
name = "class"
kind = "choice"
across = true
values = {_texts(CLASSES)}
"""
_FACTOR_TABLE = """[[table]]
name = "factors"
file = "factors.csv"
measure = "factor"
[[table.dimension]]
name = "jurisdiction"
kind = "choice"
column = "jurisdiction"
values = {states}
[[table.dimension]]
name = "amount"
kind = "band"
columns = ["amount_from", "amount_to"]
"""
