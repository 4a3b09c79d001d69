"""zen-engine: decisions through its loader, with content compiled beforehand.

Millions of rates are no decision table, so what can be cut beforehand is. One decision tells the
classes of all carriers for a sex, age and height; then one for each carrier and class, cut by sex,
age and state and with only what is sold there, collects a rule for each plan and band, whose
outcome reckons the premium. The carriers' decisions are evaluated as one batch, three times as fast
as one by one. Only the decisions that the asked lives need are made, before anything is timed; all
of them would be some hundred million rules.
"""

import json
from typing import Any

import numpy as np
import zen

from benchmarks.answers import Offers, sorted_offers
from benchmarks.lives import People
from benchmarks.plain import Columns, Plain

_CLASS_FACTS = ("weight", "free", "systolic", "diastolic", "ratio")


class Zen:
    """Decisions for the people who will ask, by carrier."""

    name = "zen-engine, decision tables"

    def __init__(self, plain: Plain) -> None:
        self._plain = plain
        self._carriers = int(plain.places["carrier"].max()) + 1
        self._ready: dict[str, zen.ZenDecisionContent] = {}
        self._engine = zen.ZenEngine({"loader": self._ready.__getitem__})
        keys = [plain.rates[name] for name in ("sex", "age")]
        self._by_age = _groups(np.stack(keys, axis=1))

    def prepare(self, people: People, row: int) -> None:
        """Makes the decisions that one of the people will ask for."""
        sex, state = int(people.sex[row]), int(people.state[row])
        ages = int(people.age_nearest[row]), int(people.age_last[row])
        self._keep(
            f"classes/{_where(people, row, 'height')}", "classes", self._classes(people, row)
        )
        rates = [self._rates_at(sex, age) for age in ages]
        for carrier, number in self._classed(people, row).items():
            key = f"{_where(people, row, 'state')}/{carrier}/{number}"
            at = {"carrier": carrier, "class": number}
            if key not in self._ready:
                self._keep(key, "offers", self._offers(at, state, ages, rates))

    def _classed(self, people: People, row: int) -> dict[int, int]:
        """The class at each carrier that takes one of the people."""
        life = {name: int(getattr(people, name)[row]) for name in _CLASS_FACTS}
        told: Any = self._engine.evaluate(f"classes/{_where(people, row, 'height')}", life)
        classes: dict[int, int] = {}
        for one in told["result"] or ():
            classes.setdefault(int(one["carrier"]), int(one["class"]))
        return classes

    def _keep(self, key: str, table: str, rules: list[dict[str, str]]) -> None:
        self._ready[key] = zen.ZenDecisionContent(json.dumps(_decision(table, rules)))

    def one(self, people: People, row: int) -> Offers:
        """The offers to one of the people."""
        wish = {"amount": int(people.amount[row])}
        where = _where(people, row, "state")
        keys = (f"{where}/{c}/{number}" for c, number in self._classed(people, row).items())
        requests: list[Any] = [{"key": key, "context": wish} for key in keys]
        answers: Any = self._engine.evaluate_batch(requests)
        found = [
            (one["plan"], one["class"], one["cents"])
            for answer in answers
            for one in answer["data"]["result"] or ()
        ]
        table = np.array(found, np.float64).reshape(-1, 3).astype(np.int64)
        return sorted_offers(table[:, 0], table[:, 1], table[:, 2])

    def _rates_at(self, sex: int, age: int) -> dict[tuple[int, ...], int]:
        """The rates of one sex and age by plan, status, class, band and state."""
        rates, at = self._plain.rates, self._by_age[sex, age]
        names = ("plan", "status", "rate_class", "band", "state", "rate")
        return {
            tuple(row[:5]): row[5]
            for row in zip(*(rates[n][at].tolist() for n in names), strict=True)
        }

    def _classes(self, people: People, row: int) -> list[dict[str, str]]:
        """A rule for each class of each carrier, best first."""
        ages = int(people.age_nearest[row]), int(people.age_last[row])
        at = {"height": int(people.height[row]), "sex": int(people.sex[row])}
        taken = _rows(self._plain.accepts, at)
        fitting = (r for r in taken if r["age_from"] <= ages[r["is_last"]] <= r["age_to"])
        ordered = sorted(fitting, key=lambda r: (r["carrier"], r["class"]))
        return [_class_rule(one) for one in ordered]

    def _offers(
        self, at: dict[str, int], state: int, ages: tuple[int, int], rates: list[Any]
    ) -> list[dict[str, str]]:
        """A rule for each plan and band of a carrier in a class."""
        places = _rows(self._plain.places, {"carrier": at["carrier"], "state": state})
        return [
            rule
            for row in _rows(self._plain.offers, at)
            if row["age_min"] <= ages[row["is_last"]] <= row["age_max"]
            and row["states"] >> state & 1
            for place in places
            if (rule := _offer_rule(row, place, ages, rates, state))
        ]


def _where(people: People, row: int, also: str) -> str:
    """What a decision is cut by."""
    names = ("sex", "age_nearest", "age_last", also)
    return "/".join(str(getattr(people, name)[row]) for name in names)


def _groups(keys: Any) -> dict[tuple[int, ...], Any]:
    """The indexes of the rows with each key."""
    order = np.lexsort(keys.T[::-1])
    cuts = np.flatnonzero(np.any(np.diff(keys[order], axis=0), axis=1)) + 1
    return {tuple(keys[part[0]].tolist()): part for part in np.split(order, cuts)}


def _rows(columns: Columns, at: dict[str, int]) -> list[dict[str, int]]:
    chosen = np.all([columns[name] == value for name, value in at.items()], axis=0)
    found = {name: values[chosen].tolist() for name, values in columns.items()}
    return [dict(zip(found, row, strict=True)) for row in zip(*found.values(), strict=True)]


def _class_rule(row: dict[str, int]) -> dict[str, str]:
    return {
        "weight": f"[{row['weight_min']}..{row['weight_max']}]",
        "free": f"[{row['free_min']}..{row['free_below']})",
        **{name: f"<= {row[f'{name}_max']}" for name in ("systolic", "diastolic", "ratio")},
        "carrier": str(row["carrier"]),
        "class": str(row["class"]),
    }


def _offer_rule(
    row: dict[str, int], place: dict[str, int], ages: tuple[int, int], rates: list[Any], state: int
) -> dict[str, str] | None:
    """The rule of a plan in a class and band, None where it is sold to nobody."""
    age = ages[row["is_last"]]
    low = max(row["amount_min"], place["amount_from"])
    high = min(row["amount_max"], place["amount_to"])
    if age >= row["senior_from"]:
        high = min(high, row["senior_max"])
    if low > high:
        return None
    at = state if row["by_state"] else -1
    key = (row["plan"], row["status"], row["rate_class"], place["band"], at)
    step = (
        ""
        if row["amount_step"] == 1
        else f" and ($ - {row['amount_start']}) % {row['amount_step']} == 0"
    )
    return {
        "amount": f"$ >= {low} and $ <= {high}{step}" if step else f"[{low}..{high}]",
        "plan": str(row["plan"]),
        "class": str(row["sold_class"]),
        "cents": _cents(row, rates[row["is_last"]][key], place["factor"]),
    }


def _cents(row: dict[str, int], rate: int, factor: int) -> str:
    """The premium in cents, as an expression of the amount."""
    each = rate * factor
    year = f"(amount * {each} / 10000000 + {row['fee']})"
    if row["annual_to"]:
        year = _rounded(year, row["annual_to"], row["annual_how"])
    return _rounded(f"{year} * {row['monthly']} / 10000", row["modal_to"], row["modal_how"])


def _rounded(cents: str, to: int, how: int) -> str:
    """Rounded half up, half to the even, or up; `round` puts halves up."""
    steps = cents if to == 1 else f"({cents}) / {to}"
    if how == 0:
        whole = f"round({steps})"
    elif how == 1:
        whole = f"(round({steps}) - (({steps}) % 2 == 0.5 ? 1 : 0))"
    else:
        whole = f"ceil({steps})"
    return whole if to == 1 else f"{whole} * {to}"


def _decision(table: str, rules: list[dict[str, str]]) -> dict[str, Any]:
    """A decision of one table that collects every rule that holds."""
    inputs, outputs = _COLUMNS[table]
    content = {
        "hitPolicy": "collect",
        "inputs": [{"id": f"in-{name}", "name": name, "field": name} for name in inputs],
        "outputs": [{"id": f"out-{name}", "name": name, "field": name} for name in outputs],
        "rules": [
            {
                "_id": str(number),
                **{f"in-{name}": rule[name] for name in inputs},
                **{f"out-{name}": rule[name] for name in outputs},
            }
            for number, rule in enumerate(rules)
        ],
    }
    nodes: list[dict[str, Any]] = [
        {"id": "input", "name": "input", "type": "inputNode"},
        {"id": "table", "name": table, "type": "decisionTableNode", "content": content},
        {"id": "output", "name": "output", "type": "outputNode"},
    ]
    edges = [
        {"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b}
        for a, b in (("input", "table"), ("table", "output"))
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


_COLUMNS = {
    "classes": (_CLASS_FACTS, ("carrier", "class")),
    "offers": (("amount",), ("plan", "class", "cents")),
}
"""Inputs and outputs of each kind of table."""
