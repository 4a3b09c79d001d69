"""The loop over lives: many at once as one at a time."""

from decimal import Decimal

import numpy as np

from megler.underwriting.rules.compiled import family_fails
from megler.underwriting.rules.compiled_facts import class_facts
from megler.underwriting.rules.compiled_kernel import COLUMNS, find_classes
from megler.underwriting.rules.people import BloodPressure, Person, Relative
from tests.underwriting.guides import ON
from tests.underwriting.rules.test_compiled import shipped_table


def test_lives_are_classed_together_as_one_by_one() -> None:
    table = shipped_table()
    sick = (Relative("father", "heart attack", death_age=50),)
    people = [
        Person(
            age=20 + i,
            weight_lb=Decimal(120 + 3 * i),
            height_in=Decimal(60 + i % 12),
            blood_pressure=BloodPressure(110 + i, 70),
        )
        for i in range(40)
    ]
    lives = np.empty((len(people), COLUMNS), np.int32)
    for i, person in enumerate(people):
        lives[i] = (20 + i, 20 + i, *class_facts(person, ON), i % 2)
    fails = family_fails(table, [sick])
    together = np.empty((len(people), len(table.guides)), np.int32)
    find_classes(lives, table.lanes, fails, together)
    alone = np.empty((1, len(table.guides)), np.int32)
    for i in range(len(people)):
        find_classes(lives[i : i + 1], table.lanes, fails, alone)
        assert (alone[0] == together[i]).all()
    assert (together[::2] != together[1::2]).any()
