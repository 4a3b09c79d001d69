"""The extracts say what the Society of Actuaries published, and are read as they stand."""

import numpy as np
import pytest

from megler.carriers.rules.guide import Nicotine
from megler.demo.actions.editions import mortality_tables
from megler.demo.rules.mortality import FIRST_AGE, LAST_AGE, Mortality
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Sex

MALE_NONSMOKER = ("vbt2015", AgeBasis.NEAREST, Sex.MALE, Nicotine.NONE)


@pytest.mark.parametrize(
    ("issue_age", "year", "published"),
    [(45, 1, 0.00035), (45, 2, 0.00049), (45, 10, 0.00165), (45, 20, 0.00572), (45, 25, 0.01021)],
)
def test_select_rates_are_the_published_ones(issue_age: int, year: int, published: float) -> None:
    q = mortality_tables()[MALE_NONSMOKER].q([issue_age], 25)
    assert q[0, year - 1] == published


def test_ultimate_rates_follow_the_select_period() -> None:
    table = mortality_tables()[MALE_NONSMOKER]
    q = table.q([45], 30)
    assert q[0, 25] == table.ultimate[45 + 25 - FIRST_AGE]
    assert table.ultimate[0] == 0.00069
    assert table.ultimate[-1] == 0.5


def test_cso_has_no_select_period_and_ends_in_death() -> None:
    table = mortality_tables()["cso2017", AgeBasis.NEAREST, Sex.MALE, Nicotine.NONE]
    assert table.select.shape[1] == 0
    assert table.q([118], 4).tolist() == [[0.89977, 0.94856, 1.0, 1.0]]


def test_every_table_is_whole() -> None:
    tables = mortality_tables()
    assert len(tables) == 16
    for table in tables.values():
        assert len(table.ultimate) == LAST_AGE - FIRST_AGE + 1
        assert np.all((table.ultimate > 0) & (table.ultimate <= 1))
        assert np.all((table.select > 0) & (table.select <= 1))


def test_smokers_die_sooner_than_others_of_the_same_age() -> None:
    tables = mortality_tables()
    for basis in AgeBasis:
        for sex in Sex:
            none = tables["vbt2015", basis, sex, Nicotine.NONE].q(range(25, 60), 20)
            user = tables["vbt2015", basis, sex, Nicotine.USER].q(range(25, 60), 20)
            assert np.all(user > none)


def test_years_beyond_the_table_are_certain_death() -> None:
    flat = Mortality(np.zeros((2, 0)), np.array([0.1, 0.2]))
    assert flat.q([19], 3).tolist() == [[0.2, 1.0, 1.0]]
