"""Classes by JsonLogic: datalogic-py, whose engine is compiled, from the same rules as zen-engine's.

For each place (sex, age and height) one rule is compiled beforehand: a list with an `if` chain for each
product. One call answers it, from a session that keeps its memory; a rule a product takes longer.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from datalogic_py import Engine

from benchmarks.lives import People
from benchmarks.peers.class_tables import FACTS, Classes, Rule, figures_of, fitting, place_of


class JsonLogic:
    """One compiled rule a place; its answer is the list of every product's class."""

    name = "json-logic"

    def __init__(self, rules: Sequence[Rule], products: int) -> None:
        self._rules, self._products = rules, products
        self._engine = Engine()
        self._session: Any = self._engine.session()
        self._ready: dict[str, Any] = {}

    def prepare(self, people: People, row: int) -> None:
        """Compiles the rule that one of the people will ask."""
        place = place_of(people, row)
        if place not in self._ready:
            chains: list[list[object]] = [[] for _ in range(self._products)]
            for rule in fitting(self._rules, people, row):
                chains[rule["product"]] += [_holds(rule), rule["class"]]
            self._ready[place] = self._engine.compile([{"if": [*one, -1]} for one in chains])

    def one(self, people: People, early: Classes, row: int) -> Classes:
        """The class of one of the people at each product, -1: none."""
        life = dict(zip(FACTS, figures_of(people, early, row), strict=True))
        return np.array(self._session.evaluate(self._ready[place_of(people, row)], life))


def _holds(rule: Rule) -> dict[str, object]:
    """Whether a class takes a life, in the order that soonest decides."""
    return {
        "and": [
            {"<=": [rule["weight_min"], {"var": "weight"}, rule["weight_max"]]},
            {"<=": [{"var": "systolic"}, rule["systolic_max"]]},
            {"<=": [{"var": "diastolic"}, rule["diastolic_max"]]},
            {"<=": [{"var": "ratio"}, rule["ratio_max"]]},
            {">=": [{"var": "free"}, rule["free_min"]]},
            {"<": [{"var": "free"}, rule["free_below"]]},
            {"<=": [{"var": "early_60"}, rule["early_60"]]},
            {"<=": [{"var": "early_65"}, rule["early_65"]]},
        ]
    }
