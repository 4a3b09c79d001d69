"""SQLite: everything in memory, clustered by what is asked, one prepared statement.

`accepts` is clustered by height and sex, `places` by state, `offers` by carrier and class. A rate's
row number is its key as one whole number, sex, age and nicotine first, so that the rates of one
life lie together and each is found without comparing columns (a key of seven columns took half as
long again). Statistics are gathered.
"""

import sqlite3

import numpy as np

from benchmarks.answers import Offers
from benchmarks.lives import People
from benchmarks.plain import Columns, Plain

_KEYS = {
    "accepts": "height, sex, carrier, class, age_from",
    "places": "state, carrier, band",
    "offers": "carrier, class, plan",
}


class SQLite:
    """The plain tables in an SQLite database in memory."""

    name = "SQLite, indexed look-up"

    def __init__(self, plain: Plain) -> None:
        self._to = sqlite3.connect(":memory:")
        self._to.execute("PRAGMA cache_size = -1000000")
        for name, key in _KEYS.items():
            self._fill(name, key, getattr(plain, name))
        self._fill_rates(plain)
        self._to.execute("ANALYZE")

    def _fill(self, name: str, key: str, columns: Columns) -> None:
        fields = ", ".join(f"{column} INTEGER NOT NULL" for column in columns)
        self._to.execute(f"CREATE TABLE {name} ({fields}, PRIMARY KEY ({key})) WITHOUT ROWID")
        order = np.lexsort([columns[part] for part in reversed(key.split(", "))])
        marks = ", ".join("?" * len(columns))
        listed = (values[order].tolist() for values in columns.values())
        rows = zip(*listed, strict=True)
        self._to.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608
        self._to.commit()

    def _fill_rates(self, plain: Plain) -> None:
        rates = plain.rates
        number = (rates["sex"] * 128 + rates["age"]) * 2 + rates["status"]
        number = ((number * plain.plans + rates["plan"]) * 5 + rates["rate_class"]) * 4
        number = (number + rates["band"]) * 51 + rates["state"] + 1
        order = np.argsort(number)
        self._plans = plain.plans
        self._to.execute("CREATE TABLE rates (number INTEGER PRIMARY KEY, rate INTEGER NOT NULL)")
        rows = zip(number[order].tolist(), rates["rate"][order].tolist(), strict=True)
        self._to.executemany("INSERT INTO rates VALUES (?, ?)", rows)
        self._to.commit()

    def one(self, people: People, row: int) -> Offers:
        """The offers to one of the people."""
        facts = {
            "plans": self._plans,
            "nearest": int(people.age_nearest[row]),
            "last": int(people.age_last[row]),
            **{
                name: int(getattr(people, name)[row])
                for name in ("sex", "state", "height", "weight", "free", "amount")
            },
            "systolic": int(people.systolic[row]),
            "diastolic": int(people.diastolic[row]),
            "ratio": int(people.ratio[row]),
        }
        rows = self._to.execute(_ONE, facts).fetchall()
        found = np.array(rows, np.int64).reshape(-1, 3)
        return Offers(found[:, 0], found[:, 1], found[:, 2])


_ONE = """
WITH classed AS (
  SELECT carrier, min(class) AS class FROM accepts
  WHERE height = :height AND sex = :sex AND :weight BETWEEN weight_min AND weight_max
    AND CASE is_last WHEN 1 THEN :last ELSE :nearest END BETWEEN age_from AND age_to
    AND :free >= free_min AND :free < free_below
    AND :systolic <= systolic_max AND :diastolic <= diastolic_max AND :ratio <= ratio_max
  GROUP BY carrier
), year AS (
  SELECT o.plan, o.sold_class, o.annual_to, o.annual_how, o.monthly, o.modal_to, o.modal_how,
    :amount * r.rate * p.factor + o.fee * 10000000 AS exact
  FROM classed c
  CROSS JOIN places p ON p.state = :state AND p.carrier = c.carrier
    AND :amount BETWEEN p.amount_from AND p.amount_to
  CROSS JOIN offers o ON o.carrier = c.carrier AND o.class = c.class
    AND CASE o.is_last WHEN 1 THEN :last ELSE :nearest END
      BETWEEN o.age_min AND CASE WHEN :amount > o.senior_max
        THEN min(o.age_max, o.senior_from - 1) ELSE o.age_max END
    AND :amount BETWEEN o.amount_min AND o.amount_max
    AND (:amount - o.amount_start) % o.amount_step = 0
    AND o.states >> :state & 1
  CROSS JOIN rates r ON r.number = (((
      ((:sex * 128 + CASE o.is_last WHEN 1 THEN :last ELSE :nearest END) * 2 + o.status) * :plans
      + o.plan) * 5 + o.rate_class) * 4 + p.band) * 51
      + CASE o.by_state WHEN 1 THEN :state + 1 ELSE 0 END
), month AS (
  SELECT plan, sold_class, modal_to, modal_how, modal_to * 100000000000 AS unit, monthly *
    CASE annual_to WHEN 0 THEN exact ELSE (exact / (annual_to * 10000000) + CASE annual_how
      WHEN 0 THEN exact % (annual_to * 10000000) * 2 >= annual_to * 10000000
      ELSE exact % (annual_to * 10000000) * 2
        + exact / (annual_to * 10000000) % 2 > annual_to * 10000000
      END) * annual_to * 10000000 END AS exact
  FROM year
)
SELECT plan, sold_class, (exact / unit + CASE modal_how
    WHEN 0 THEN exact % unit * 2 >= unit
    WHEN 1 THEN exact % unit * 2 + exact / unit % 2 > unit
    WHEN 2 THEN exact % unit > 0
    ELSE 0 END) * modal_to AS cents
FROM month ORDER BY cents, plan
"""
"""Hundred-thousandths of a cent a year, then that by ten thousandths a month; all whole numbers."""
