"""The editions that ship: they pass the check, and their cells are the published figures.

The figures in these tests were typed from the publications, not read from our files.
"""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from megler.carriers.packages import read_files
from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.edition import Edition
from megler.carriers.rules.tables import MISSING, Table

EDITIONS = Path(__file__).parents[2] / "editions"
SOUND = [
    "us-va/vgli-2019",
    "us-opm/fegli-b-2004",
    "us-opm/fegli-b-2005",
    "us-opm/fegli-b-2016",
    "employer-group/voluntary-term-2025",
    "nordhavn-life/guide",
    "prairie-mutual/guide",
]


def opened(name: str) -> tuple[Edition, dict[str, Table]]:
    edition, tables, problems = check_edition(read_files(EDITIONS / name))
    assert problems == []
    assert edition is not None
    return edition, tables


@pytest.mark.parametrize("name", SOUND)
def test_the_edition_passes_the_check_without_a_warning(name: str) -> None:
    opened(name)


@pytest.mark.parametrize(
    ("age", "amount", "premium"),
    [
        (22, 400_000, "32.00"),
        (29, 10_000, "0.80"),
        (30, 10_000, "1.00"),
        (39, 250_000, "32.50"),
        (44, 390_000, "66.30"),
        (47, 100_000, "22.00"),
        (54, 200_000, "72.00"),
        (59, 400_000, "268.00"),
        (62, 50_000, "54.00"),
        (69, 400_000, "600.00"),
        (74, 30_000, "69.00"),
        (75, 400_000, "1840.00"),
        (98, 10_000, "46.00"),
    ],
)
def test_vgli_premiums_are_the_published_ones(age: int, amount: int, premium: str) -> None:
    _, tables = opened("us-va/vgli-2019")
    assert tables["premiums"].cell({"age": age, "amount": amount}) == Decimal(premium)


def test_vgli_has_every_one_of_its_440_premiums_in_proportion_to_the_amount() -> None:
    _, tables = opened("us-va/vgli-2019")
    cells = tables["premiums"].cells.reshape(11, 40)
    assert (cells != MISSING).all()
    per_10_000 = ["0.80", "1.00", "1.30", "1.70", "2.20", "3.60", "6.70", "10.80", "15", "23", "46"]
    for band, rate in zip(cells, per_10_000, strict=True):
        assert [Decimal(int(c)) / 100 for c in band] == [Decimal(rate) * n for n in range(1, 41)]


FEGLI = {
    "2004": [
        "0.03",
        "0.04",
        "0.06",
        "0.09",
        "0.14",
        "0.28",
        "0.60",
        "0.71",
        "1.03",
        "1.43",
        "1.83",
    ],
    "2005": [
        "0.03",
        "0.04",
        "0.06",
        "0.09",
        "0.14",
        "0.28",
        "0.60",
        "0.72",
        "1.20",
        "1.80",
        "2.40",
    ],
    "2016": [
        "0.02",
        "0.03",
        "0.04",
        "0.07",
        "0.11",
        "0.20",
        "0.44",
        "0.54",
        "0.96",
        "1.80",
        "2.64",
    ],
}
FEGLI_MONTHLY = {
    "2004": [
        "0.065",
        "0.087",
        "0.130",
        "0.195",
        "0.303",
        "0.607",
        "1.300",
        "1.538",
        "2.232",
        "3.098",
        "3.965",
    ],
    "2005": [
        "0.065",
        "0.087",
        "0.130",
        "0.195",
        "0.303",
        "0.607",
        "1.300",
        "1.560",
        "2.600",
        "3.900",
        "5.200",
    ],
    "2016": [
        "0.043",
        "0.065",
        "0.087",
        "0.152",
        "0.238",
        "0.433",
        "0.953",
        "1.170",
        "2.080",
        "3.900",
        "5.720",
    ],
}


@pytest.mark.parametrize("generation", ["2004", "2005", "2016"])
def test_fegli_rates_are_the_published_ones(generation: str) -> None:
    _, tables = opened(f"us-opm/fegli-b-{generation}")
    ages = [34, 39, 40, 45, 54, 55, 64, 65, 70, 79, 80]
    for mode, rates in (("biweekly", FEGLI), ("monthly", FEGLI_MONTHLY)):
        found = [tables["rates"].cell({"age": age, "mode": mode}) for age in ages]
        assert found == [Decimal(rate) for rate in rates[generation]]


def test_the_generations_of_fegli_follow_each_other_without_a_day_between() -> None:
    editions = [opened(f"us-opm/fegli-b-{year}")[0] for year in FEGLI]
    assert len({(e.carrier, e.kind, e.series) for e in editions}) == 1
    for before, after in pairwise(editions):
        assert before.effective_until is not None
        assert (after.effective_from - before.effective_until).days == 1


def test_group_voluntary_rates_and_limits_are_the_published_ones() -> None:
    edition, tables = opened("employer-group/voluntary-term-2025")
    rates = ["0.08", "0.09", "0.14", "0.21", "0.33", "0.54", "0.87", "1.32", "2.25", "4.05"]
    for role in ("employee", "spouse"):
        found = [
            tables["rates"].cell({"age": age, "role": role})
            for age in (29, 30, 39, 40, 49, 54, 55, 60, 69, 70)
        ]
        assert found == [Decimal(rate) for rate in rates]
    limits = [
        (p.fixed["role"], p.eligibility.guaranteed_issue_max, p.eligibility.amount_max)
        for p in edition.products
    ]
    assert limits == [
        ("employee", Decimal(200_000), Decimal(500_000)),
        ("spouse", Decimal(40_000), Decimal(100_000)),
    ]
