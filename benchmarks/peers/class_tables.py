"""Classes by decision tables of zen-engine and by plain Python, from the same whole numbers.

Each class of each product is a rule: the figures that it takes at a height, for a sex, at ages. What
can be cut beforehand is cut: by sex and height for plain Python, and by age too for zen-engine. Only
the tables that the asked lives need are made, before anything is timed.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import zen
from numpy.typing import NDArray

from benchmarks.lives import People
from benchmarks.plain import ACCEPTS, accepts_of
from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Guide

Classes = NDArray[np.int64]
Rule = dict[str, int]
FACTS = ("weight", "free", "systolic", "diastolic", "ratio", "early_60", "early_65")
_MOST = 99
_KEYS = ACCEPTS.split()[2:]


def rules_of(guides: Sequence[Edition]) -> list[Rule]:
    """A rule for each class of each product, best first, at each height and sex and ages."""
    found: list[Rule] = []
    for number, edition in enumerate(guides):
        guide = edition.guide or Guide(())
        allowed = {one.class_code: one for one in guide.family}
        for row in accepts_of(guide):
            rule = {"product": number, "early_60": _MOST, "early_65": _MOST}
            rule |= dict(zip(_KEYS, row, strict=True))
            own = allowed.get(guide.classes[rule["class"]].code)
            if own is not None:
                rule[f"early_{own.before_age}"] = own.allowed
            found.append(rule)
    return found


class PlainPython:
    """Tuples of limits by height and sex, product by product, the first that takes the life."""

    name = "plain Python"

    def __init__(self, rules: Sequence[Rule], products: int) -> None:
        self._products = products
        self._at: dict[tuple[int, int], list[list[tuple[int, ...]]]] = {}
        for rule in rules:
            empty: list[list[tuple[int, ...]]] = [[] for _ in range(products)]
            own = self._at.setdefault((rule["height"], rule["sex"]), empty)
            own[rule["product"]].append(tuple(rule[name] for name in _TUPLE))

    def one(self, people: People, early: Classes, row: int) -> Classes:
        """The class of one of the people at each product, -1: none."""
        weight, free, systolic, diastolic, ratio, early_60, early_65 = figures_of(
            people, early, row
        )
        age = int(people.age_nearest[row])
        found = [-1] * self._products
        every = self._at.get((int(people.height[row]), int(people.sex[row])), ())
        for product, rules in enumerate(every):
            for (
                code, low, high, least, most, free_min, free_below,
                systolic_max, diastolic_max, ratio_max, max_60, max_65,
            ) in rules:  # fmt: skip
                if (
                    least <= weight <= most
                    and low <= age <= high
                    and free_min <= free < free_below
                    and systolic <= systolic_max
                    and diastolic <= diastolic_max
                    and ratio <= ratio_max
                    and early_60 <= max_60
                    and early_65 <= max_65
                ):
                    found[product] = code
                    break
        return np.array(found)


_TUPLE = (
    "class", "age_from", "age_to", "weight_min", "weight_max", "free_min", "free_below",
    "systolic_max", "diastolic_max", "ratio_max", "early_60", "early_65",
)  # fmt: skip


class ZenTables:
    """A decision table for each product, the first rule that holds; one by one beats a batch."""

    name = "zen-engine, a table a product"

    def __init__(self, rules: Sequence[Rule], products: int) -> None:
        self._products = products
        self._ready: dict[str, zen.ZenDecisionContent] = {}
        self._engine = zen.ZenEngine({"loader": self._ready.__getitem__})
        self._rules = rules

    def prepare(self, people: People, row: int) -> None:
        """Makes the tables that one of the people will ask."""
        place = place_of(people, row)
        for key, own in self._tables(place, fitting(self._rules, people, row)):
            if key not in self._ready:
                self._ready[key] = zen.ZenDecisionContent(json.dumps(_decision(own, self.policy)))

    policy = "first"

    def _tables(self, place: str, rules: Sequence[Rule]) -> Iterator[tuple[str, list[Rule]]]:
        for product in range(self._products):
            yield f"{place}/{product}", [one for one in rules if one["product"] == product]

    def one(self, people: People, early: Classes, row: int) -> Classes:
        """The class of one of the people at each product, -1: none."""
        life = dict(zip(FACTS, figures_of(people, early, row), strict=True))
        place = place_of(people, row)
        found = []
        for product in range(self._products):
            told: Any = self._engine.evaluate(f"{place}/{product}", life)
            found.append(int((told["result"] or _NONE)["class"]))
        return np.array(found)


class ZenTable(ZenTables):
    """One decision table of all products that collects every rule that holds."""

    name = "zen-engine, one table of all"
    policy = "collect"

    def _tables(self, place: str, rules: Sequence[Rule]) -> Iterator[tuple[str, list[Rule]]]:
        yield place, list(rules)

    def one(self, people: People, early: Classes, row: int) -> Classes:
        """The class of one of the people at each product, -1: none."""
        life = dict(zip(FACTS, figures_of(people, early, row), strict=True))
        told: Any = self._engine.evaluate(place_of(people, row), life)
        found = np.full(self._products, -1)
        for one in reversed(told["result"] or ()):
            found[int(one["product"])] = int(one["class"])
        return found


_NONE = {"class": -1}


def fitting(rules: Sequence[Rule], people: People, row: int) -> list[Rule]:
    """The rules for the sex, height and age of one of the people."""
    sex, height = int(people.sex[row]), int(people.height[row])
    age = int(people.age_nearest[row])
    return [
        rule
        for rule in rules
        if rule["sex"] == sex and rule["height"] == height
        if rule["age_from"] <= age <= rule["age_to"]
    ]


def figures_of(people: People, early: Classes, row: int) -> tuple[int, ...]:
    """What is asked of one of the people, as `FACTS` names it."""
    figures = (getattr(people, name)[row] for name in FACTS[:5])
    return (*map(int, figures), int(early[row, 0]), int(early[row, 1]))


def place_of(people: People, row: int) -> str:
    """What is cut beforehand of one of the people: sex, age and height."""
    return f"{people.sex[row]}/{people.age_nearest[row]}/{people.height[row]}"


def _decision(rules: Sequence[Rule], policy: str) -> dict[str, Any]:
    """A decision of one table."""
    outputs = ("class",) if policy == "first" else ("product", "class")
    content = {
        "hitPolicy": policy,
        "inputs": [{"id": f"in-{name}", "name": name, "field": name} for name in FACTS],
        "outputs": [{"id": f"out-{name}", "name": name, "field": name} for name in outputs],
        "rules": [
            {
                "_id": str(number),
                "in-weight": f"[{rule['weight_min']}..{rule['weight_max']}]",
                "in-free": f"[{rule['free_min']}..{rule['free_below']})",
                **{
                    f"in-{name}": f"<= {rule[f'{name}_max']}"
                    for name in ("systolic", "diastolic", "ratio")
                },
                **{f"in-{name}": f"<= {rule[name]}" for name in ("early_60", "early_65")},
                **{f"out-{name}": str(rule[name]) for name in outputs},
            }
            for number, rule in enumerate(rules)
        ],
    }
    nodes: list[dict[str, Any]] = [
        {"id": "input", "name": "input", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": content},
        {"id": "output", "name": "output", "type": "outputNode"},
    ]
    edges = [
        {"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b}
        for a, b in (("input", "table"), ("table", "output"))
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
