"""People who ask for quotes, from a seed: as columns, and as the facts documents Megler reads."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
from numpy.typing import NDArray

from benchmarks.books import SEXES, STATES, Size
from benchmarks.market import ON
from megler.vocabulary.ages import add_months

Column = NDArray[np.int64]
NEVER = 1_000
"""Months without nicotine of those who never used any."""
_MONTHS_ON = ON.year * 12 + ON.month - 1


@dataclass(frozen=True)
class People:
    """Columns of equal length; all that the market asks of a person is known.

    `born` is the day of birth as `months` since year 0 and `day` of the month (1 to 28). `sex` and
    `state` count in `SEXES` and `STATES`, `free` are whole months without nicotine, `ratio` is
    total cholesterol by HDL in tenths, `amount` whole dollars.
    """

    months: Column
    day: Column
    sex: Column
    state: Column
    height: Column
    weight: Column
    free: Column
    systolic: Column
    diastolic: Column
    ratio: Column
    amount: Column

    def __len__(self) -> int:
        return len(self.sex)

    @property
    def age_last(self) -> Column:
        """Completed years on the day."""
        return self._whole_months // 12

    @property
    def age_nearest(self) -> Column:
        """Age at the nearest birthday on the day."""
        return (self._whole_months + 6) // 12

    @property
    def _whole_months(self) -> Column:
        return _MONTHS_ON - self.months - (self.day > ON.day)

    def some(self, which: slice | Column) -> "People":
        """Those at the indexes, in that order."""
        return People(*(getattr(self, one.name)[which] for one in fields(self)))


def make_people(count: int, size: Size, seed: int = 7) -> People:
    """`count` people of 18 to 85, heavier and with higher pressure as people are, in any order."""
    dice = np.random.default_rng(seed)
    age = np.clip(18 + dice.gamma(3.2, 9.0, count), 18, 84.4)
    height = np.rint(dice.normal(67, 3.8, count))
    bmi = np.clip(dice.normal(27.5, 4.5, count), 16, 55)
    free = np.where(dice.random(count) < 0.72, NEVER, dice.integers(0, 90, count))
    free = np.where(dice.random(count) < 0.1, 0, free)
    thousands = dice.choice([25, 50, 100, 150, 249, 250, 300, 500, 750, 1000, 1500, 2500], count)
    systolic = np.clip(np.rint(dice.normal(124, 12, count) + (age - 45) * 0.15), 85, 200)
    odd = np.where(dice.random(count) < 0.05, 500, 0)
    columns = {
        "months": _MONTHS_ON - np.floor(age * 12),
        "day": dice.integers(1, 29, count),
        "sex": dice.integers(0, len(SEXES), count),
        "state": dice.integers(0, size.states, count),
        "height": height,
        "weight": np.rint(bmi * height**2 / 703),
        "free": free,
        "systolic": systolic,
        "diastolic": np.clip(np.rint(dice.normal(78, 8, count)), 50, systolic - 20),
        "ratio": np.clip(np.rint(dice.normal(42, 10, count)), 15, 120),
        "amount": thousands * 1000 + odd,
    }
    return People(**{name: np.asarray(values, np.int64) for name, values in columns.items()})


def by_sex_and_age(people: People) -> Iterator[Column]:
    """The indexes of those of one sex, nearest and last age, group by group."""
    group = (people.sex * 128 + people.age_nearest) * 128 + people.age_last
    order = np.argsort(group, kind="stable")
    cuts = np.flatnonzero(np.diff(group[order])) + 1
    yield from np.split(order, cuts)


def every_group(people: People, every: int) -> People:
    """All of every so manieth group of one sex and age: as large as groups are among all people."""
    groups = list(by_sex_and_age(people))[every // 2 :: every]
    return people.some(np.concatenate(groups)) if groups else people


def documents(people: People) -> Iterator[dict[str, object]]:
    """The people as facts documents: term life, every term, paid monthly."""
    for i in range(len(people)):
        free = int(people.free[i])
        used = {"product": "cigarette", "last_used": add_months(ON, -free).isoformat()}
        year, month0 = divmod(int(people.months[i]), 12)
        yield {
            "born": date(year, month0 + 1, int(people.day[i])).isoformat(),
            "sex": SEXES[people.sex[i]],
            "jurisdiction": STATES[people.state[i]],
            "height_in": int(people.height[i]),
            "weight_lb": int(people.weight[i]),
            "nicotine": [] if free == NEVER else [used],
            "blood_pressure": {
                "systolic": int(people.systolic[i]),
                "diastolic": int(people.diastolic[i]),
                "treated": False,
            },
            "cholesterol": {"hdl_ratio": int(people.ratio[i]) / 10, "treated": False},
            "family": [],
            "wants": {
                "line": "term_life",
                "face_amount": str(people.amount[i]),
                "mode": "monthly",
            },
        }
