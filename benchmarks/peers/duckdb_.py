"""DuckDB: in memory, two threads, sex and ages said as constants, cells found by one whole number.

The rates are sorted by sex, age and status, so that all but a few row groups are skipped. The
statement for one life is prepared. Many lives are asked in groups of one sex and age, each in one
statement: the rates of a group fit the processor's cache, which doubles the rate of one statement
for all.
"""

from collections.abc import Mapping

import duckdb
import numpy as np
from numpy.typing import NDArray

from benchmarks.answers import Cheapest, Offers
from benchmarks.lives import People, by_sex_and_age
from benchmarks.plain import Plain, roundings


class DuckDB:
    """The plain tables in a DuckDB database in memory."""

    name = "DuckDB, joins"

    def __init__(self, plain: Plain, threads: int = 2) -> None:
        self._to = duckdb.connect(":memory:", config={"threads": threads})
        self._terms = plain.terms
        self._keep("accepts", plain.accepts)
        self._keep("places", {**plain.places, "step": plain.places["band"] * 51})
        offers = plain.offers
        key = offers["carrier"] * 8 + offers["class"]
        cell = ((offers["plan"] * 2 + offers["status"]) * 5 + offers["rate_class"]) * 4 * 51
        self._keep("offers", {**offers, **roundings(offers), "key": key, "cell": cell})
        rates = plain.rates
        order = np.lexsort([rates["plan"], rates["status"], rates["age"], rates["sex"]])
        cell = ((rates["plan"] * 2 + rates["status"]) * 5 + rates["rate_class"]) * 4
        is_last = np.zeros(plain.plans, np.int64)
        is_last[offers["plan"]] = offers["is_last"]
        kept = {name: rates[name] for name in ("sex", "age", "rate")}
        kept["cell"] = (cell + rates["band"]) * 51 + rates["state"] + 1
        kept["is_last"] = is_last[rates["plan"]]
        self._keep("rates", {name: kept[name][order].astype(np.int32) for name in kept})
        self._to.execute(f"PREPARE one AS {_ONE}")

    def _keep(
        self, name: str, columns: Mapping[str, NDArray[np.int64] | NDArray[np.int32]]
    ) -> None:
        self._to.register("given", dict(columns))
        self._to.execute(f"CREATE OR REPLACE TABLE {name} AS FROM given")
        self._to.unregister("given")

    def one(self, people: People, row: int) -> Offers:
        """The offers to one of the people."""
        facts = ", ".join(str(getattr(people, name)[row]) for name in (*_GROUP, *_FACTS))
        found = self._to.execute(f"EXECUTE one({facts})").fetchnumpy()
        plan, sold, cents = (
            np.asarray(found[n], np.int64) for n in ("plan", "sold_class", "cents")
        )
        return Offers(plan, sold, cents)

    def bulk(self, people: People) -> Cheapest:
        """The cheapest plan of each term for all of the people."""
        plan = np.full((len(people), self._terms), -1, np.int64)
        cents = np.zeros((len(people), self._terms), np.int64)
        for members in by_sex_and_age(people):
            some = people.some(members)
            self._keep("life", {"id": members, **{name: getattr(some, name) for name in _FACTS}})
            found = self._to.execute(_many(*(getattr(some, n)[0] for n in _GROUP))).fetchnumpy()
            at = np.asarray(found["id"], np.int64), np.asarray(found["term"], np.int64)
            cents[at], plan[at] = np.divmod(np.asarray(found["least"], np.int64), 4096)
        return Cheapest(plan, cents)


_GROUP = ("age_nearest", "age_last", "sex")
_FACTS = ("state", "height", "weight", "free", "systolic", "diastolic", "ratio", "amount")
_TAKEN = """
  a.sex = $3 AND CASE a.is_last WHEN 1 THEN $2 ELSE $1 END BETWEEN a.age_from AND a.age_to
  AND {weight} BETWEEN a.weight_min AND a.weight_max AND {free} >= a.free_min
  AND {free} < a.free_below AND {systolic} <= a.systolic_max AND {diastolic} <= a.diastolic_max
  AND {ratio} <= a.ratio_max
"""
_OF_AGE = """
of_age AS (
  SELECT *, CASE is_last WHEN 1 THEN $2 ELSE $1 END AS age FROM offers
  WHERE CASE is_last WHEN 1 THEN $2 ELSE $1 END BETWEEN age_min AND age_max
), here AS (
  SELECT cell, rate::BIGINT AS rate FROM rates
  WHERE sex = $3 AND (age = $1 OR age = $2) AND age = CASE is_last WHEN 1 THEN $2 ELSE $1 END
)
"""
_SOLD = """
  {amount} BETWEEN o.amount_min AND o.amount_max
  AND ({amount} <= o.senior_max OR o.age < o.senior_from)
  AND ({amount} - o.amount_start) % o.amount_step = 0 AND (o.states >> {state}) & 1 = 1
"""
_PRICE = """
  {amount} * r.rate * {factor} + o.fee * 10000000 AS exact, o.*
"""
_MONTH = """
year AS (
  SELECT *, monthly * CASE annual_to WHEN 0 THEN exact ELSE annual_unit * (
    (exact + annual_more) // annual_unit - CASE WHEN annual_how = 1
      AND (exact + annual_more) % annual_unit = 0
      AND (exact + annual_more) // annual_unit % 2 = 1 THEN 1 ELSE 0 END) END + modal_more AS month
  FROM priced
), paid AS (
  SELECT *, modal_to * (month // modal_unit - CASE WHEN modal_how = 1 AND month % modal_unit = 0
      AND month // modal_unit % 2 = 1 THEN 1 ELSE 0 END) AS cents
  FROM year
)
"""
"""Halves go up; where they go to the even one, what was exactly half and became odd goes back."""
_NUMBERED = {name: f"${i}" for i, name in enumerate(_FACTS, 4)}
_ONE = f"""
WITH classed AS (
  SELECT a.carrier, min(a.class) AS class FROM accepts a
  WHERE a.height = $5 AND {_TAKEN.format_map(_NUMBERED)} GROUP BY a.carrier
), placed AS (
  SELECT c.carrier * 8 + c.class AS key, p.step, p.factor
  FROM classed c JOIN places p ON p.carrier = c.carrier
  WHERE p.state = $4 AND $11 BETWEEN p.amount_from AND p.amount_to
), {_OF_AGE}, priced AS (
  SELECT {_PRICE.format(amount="$11", factor="c.factor")}
  FROM placed c JOIN of_age o ON o.key = c.key
    JOIN here r ON r.cell = o.cell + c.step + o.by_state * ($4 + 1)
  WHERE {_SOLD.format_map(_NUMBERED)}
), {_MONTH}
SELECT plan, sold_class, cents FROM paid ORDER BY cents, plan
"""  # noqa: S608
_MANY = f"""
WITH classed AS (
  SELECT l.id, a.carrier, min(a.class) AS class FROM life l JOIN accepts a ON a.height = l.height
  WHERE {_TAKEN.format_map({name: f"l.{name}" for name in _FACTS})} GROUP BY l.id, a.carrier
), placed AS (
  SELECT c.id, l.amount, l.state, c.carrier * 8 + c.class AS key, p.step, p.factor
  FROM classed c JOIN life l ON l.id = c.id
    JOIN places p ON p.carrier = c.carrier AND p.state = l.state
  WHERE l.amount BETWEEN p.amount_from AND p.amount_to
), {_OF_AGE}, priced AS (
  SELECT c.id, {_PRICE.format(amount="c.amount", factor="c.factor")}
  FROM placed c JOIN of_age o ON o.key = c.key
    JOIN here r ON r.cell = o.cell + c.step + o.by_state * (c.state + 1)
  WHERE {_SOLD.format(amount="c.amount", state="c.state")}
), {_MONTH}
SELECT id, term, min(cents * 4096 + plan) AS least FROM paid GROUP BY id, term
"""  # noqa: S608


def _many(nearest: int, last: int, sex: int) -> str:
    return _MANY.replace("$1", str(nearest)).replace("$2", str(last)).replace("$3", str(sex))
