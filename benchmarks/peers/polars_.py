"""Polars: frames cut beforehand by what a life picks, then joined by one whole number.

`accepts` is cut by height and sex, `places` and `offers` by state, the rates by sex and both ages,
so that a life touches only frames of its own. For one life the expressions run eagerly, which was
faster than one lazy query. Many lives are asked in groups of one sex and age, each as one lazy query.
"""

from typing import Any

import numpy as np
import polars as pl
from polars import col

from benchmarks.answers import Cheapest, Offers
from benchmarks.lives import People, by_sex_and_age
from benchmarks.plain import Plain, roundings

Frame = Any
"""A frame, eager or lazy: the same expressions run on both."""
_FACTS = ("state", "height", "weight", "free", "systolic", "diastolic", "ratio", "amount")


class Polars:
    """The plain tables as Polars frames."""

    name = "Polars, joins"

    def __init__(self, plain: Plain) -> None:
        self._terms = plain.terms
        accepts = _narrow(pl.DataFrame(plain.accepts))
        self._accepts = accepts.partition_by("sex", as_dict=True, include_key=False)
        self._accepts_at = accepts.partition_by("sex", "height", as_dict=True)
        places = pl.DataFrame(plain.places).with_columns(step=col("band") * 51)
        bit = pl.Series([1 << state for state in plain.places["state"].tolist()])
        self._places = _narrow(places.with_columns(bit=bit))
        self._places_in = self._places.partition_by("state", as_dict=True)
        offers = pl.DataFrame({**plain.offers, **roundings(plain.offers)})
        cell = ((col("plan") * 2 + col("status")) * 5 + col("rate_class")) * (4 * 51)
        offers = offers.with_columns(key=col("carrier") * 8 + col("class"), cell=cell)
        self._offers = _narrow(offers)
        states = sorted(state for (state,) in self._places_in)
        self._offers_in = {
            state: self._offers.filter(col("states") & (1 << state) != 0) for state in states
        }
        self._rates = _cut_rates(plain)

    def one(self, people: People, row: int) -> Offers:
        """The offers to one of the people."""
        life = {name: int(getattr(people, name)[row]) for name in _FACTS}
        nearest, last = int(people.age_nearest[row]), int(people.age_last[row])
        sex, state, amount = int(people.sex[row]), life["state"], life["amount"]
        accepts = self._accepts_at.get((sex, life["height"]))
        if accepts is None:
            return Offers(*(np.zeros(0, np.int64) for _ in range(3)))
        taken = accepts.filter(*_taken(_age(nearest, last), life))
        classed = taken.group_by("carrier").agg(col("class").min())
        places = self._places_in[state,].filter(*_around(amount))
        placed = classed.join(places, on="carrier").select(_key(), "step", "factor")
        offers = self._offers_in[state].filter(*_sold(_age(nearest, last), amount))
        cells = offers.join(placed, on="key").with_columns(_cell(pl.lit(state)))
        found = cells.join(self._rates[sex, nearest, last], on="cell")
        priced = found.select("plan", "sold_class", _cents(pl.lit(amount))).sort("cents", "plan")
        return Offers(*(priced[name].to_numpy() for name in ("plan", "sold_class", "cents")))

    def bulk(self, people: People) -> Cheapest:
        """The cheapest plan of each term for all of the people."""
        plan = np.full((len(people), self._terms), -1, np.int64)
        cents = np.zeros((len(people), self._terms), np.int64)
        for members in by_sex_and_age(people):
            group = people.some(members)
            found = self._group(group, members).collect()
            at = found["id"].to_numpy(), found["term"].to_numpy()
            cents[at], plan[at] = np.divmod(found["least"].to_numpy(), 4096)
        return Cheapest(plan, cents)

    def _group(self, group: People, members: Any) -> pl.LazyFrame:
        nearest, last = int(group.age_nearest[0]), int(group.age_last[0])
        sex, age = int(group.sex[0]), _age(nearest, last)
        columns = {"id": members, **{name: getattr(group, name) for name in _FACTS}}
        life = _narrow(pl.DataFrame(columns)).lazy()
        facts = {name: col(name) for name in _FACTS}
        accepts = self._accepts[sex,].lazy().filter(age.is_between("age_from", "age_to"))
        taken = life.join(accepts, on="height").filter(*_taken(age, facts)[1:])
        classed = taken.group_by("id", "carrier").agg(
            col("class").min(), col("state").first(), col("amount").first()
        )
        placed = classed.join(self._places.lazy(), on=["carrier", "state"])
        placed = placed.filter(*_around(col("amount")))
        placed = placed.select("id", "state", "amount", _key(), "step", "factor", "bit")
        of_age = self._offers.lazy().filter(age.is_between("age_min", "age_max"))
        sold = placed.join(of_age, on="key").filter(
            col("states") & col("bit") != 0, *_sold(age, col("amount"))[1:]
        )
        rates = self._rates[sex, nearest, last].lazy()
        priced = sold.with_columns(_cell(col("state"))).join(rates, on="cell")
        ranked = priced.select("id", "term", least=_cents(col("amount")) * 4096 + col("plan"))
        return ranked.group_by("id", "term").agg(col("least").min())


def _narrow(frame: pl.DataFrame) -> pl.DataFrame:
    """The same figures in half the bytes, where they fit."""
    small = [name for name in frame.columns if frame[name].to_numpy().max(initial=0) < 2**31]
    return frame.with_columns(col(name).cast(pl.Int32) for name in small)


def _cut_rates(plain: Plain) -> dict[tuple[int, int, int], pl.DataFrame]:
    """The rates by sex, nearest and last age: those of each product at the age that it counts."""
    is_last = np.zeros(plain.plans, np.int64)
    is_last[plain.offers["plan"]] = plain.offers["is_last"]
    cell = ((col("plan") * 2 + col("status")) * 5 + col("rate_class")) * 4 + col("band")
    rates = pl.DataFrame(plain.rates).select(
        "sex",
        "age",
        col("rate").cast(pl.Int32),
        cell=(cell * 51 + col("state") + 1).cast(pl.Int32),
        is_last=pl.Series(is_last[plain.rates["plan"]]),
    )
    cut = rates.partition_by("is_last", "sex", "age", as_dict=True, include_key=False)
    none = rates.clear().select("rate", "cell")
    ages = range(int(plain.rates["age"].min()), int(plain.rates["age"].max()) + 1)
    return {
        (sex, nearest, last): pl.concat(
            [cut.get((0, sex, nearest), none), cut.get((1, sex, last), none)]
        ).rechunk()
        for sex in (0, 1)
        for nearest in ages
        for last in (nearest - 1, nearest)
    }


def _age(nearest: int, last: int) -> pl.Expr:
    return pl.when(col("is_last") == 1).then(last).otherwise(nearest)


def _taken(age: pl.Expr, life: Any) -> list[pl.Expr]:
    """What a class takes a life by, the age first."""
    return [
        age.is_between("age_from", "age_to"),
        col("weight_min") <= life["weight"],
        col("weight_max") >= life["weight"],
        col("free_min") <= life["free"],
        col("free_below") > life["free"],
        col("systolic_max") >= life["systolic"],
        col("diastolic_max") >= life["diastolic"],
        col("ratio_max") >= life["ratio"],
    ]


def _around(amount: Any) -> list[pl.Expr]:
    return [col("amount_from") <= amount, col("amount_to") >= amount]


def _key() -> pl.Expr:
    return (col("carrier") * 8 + col("class")).alias("key")


def _sold(age: pl.Expr, amount: Any) -> list[pl.Expr]:
    """What a product is sold by, the ages first."""
    return [
        age.is_between("age_min", "age_max"),
        (col("senior_max") >= amount) | (age < col("senior_from")),
        col("amount_min") <= amount,
        col("amount_max") >= amount,
        (amount - col("amount_start")) % col("amount_step") == 0,
    ]


def _cell(state: pl.Expr) -> pl.Expr:
    return (col("cell") + col("step") + col("by_state") * (state + 1)).cast(pl.Int32)


def _cents(amount: pl.Expr) -> pl.Expr:
    """The monthly premium; halves that go to the even one are taken back where they became odd.

    A remainder is reckoned from the quotient: `%` would divide again.
    """
    rate, fee = col("rate").cast(pl.Int64), col("fee").cast(pl.Int64)
    exact = amount * rate * col("factor") + fee * 10_000_000
    rounded = _wholes("annual", exact + col("annual_more")) * col("annual_unit")
    year = pl.when(col("annual_to") == 0).then(exact).otherwise(rounded)
    month = year * col("monthly") + col("modal_more")
    return (_wholes("modal", month) * col("modal_to")).alias("cents")


def _wholes(part: str, more: pl.Expr) -> pl.Expr:
    unit = col(f"{part}_unit")
    whole = more // unit
    odd_half = (col(f"{part}_how") == 1) & (whole & 1 == 1) & (whole * unit == more)
    return whole - odd_half.cast(pl.Int64)
