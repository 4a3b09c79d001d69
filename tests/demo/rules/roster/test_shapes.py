"""What profiles are made of."""

import pytest

from megler.carriers.rules.guide import Nicotine
from megler.demo.rules.roster.every import CARRIERS
from megler.demo.rules.roster.shapes import SIX_CODES, bands, modes, rated, terms
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode


def test_tobacco_classes_are_priced_on_the_smokers_table() -> None:
    classes = rated(SIX_CODES, (0.4, 0.5, 0.6, 0.8, 0.8, 1.0))
    assert [one.nicotine for one in classes] == [Nicotine.NONE] * 4 + [Nicotine.USER] * 2


def test_a_share_is_needed_for_every_class() -> None:
    with pytest.raises(ValueError, match="zip"):
        rated(SIX_CODES, (0.4, 0.5))


def test_bands_follow_each_other_without_a_gap() -> None:
    made = bands((25_000, 1.2), (100_000, 1.0), (500_000, 0.9))
    assert [(b.start, b.stop) for b in made] == [
        (25_000, 99_999),
        (100_000, 499_999),
        (500_000, None),
    ]


def test_terms_keep_their_last_ages() -> None:
    (ten,) = terms((10, 75, 70))
    assert (ten.years, ten.age_max, ten.age_max_user) == (10, 75, 70)


def test_paying_more_often_costs_more_a_year() -> None:
    for profile in CARRIERS:
        if not profile.house.modes:
            continue
        yearly = [
            float(factor) * PAYMENTS_A_YEAR[mode] for mode, factor in profile.house.modes.items()
        ]
        assert yearly == sorted(yearly)
    assert modes("0.5", "0.25", "0.0834")[Mode.ANNUAL] == "1"
