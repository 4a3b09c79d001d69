"""Holmen Benefits (group), Vidda Health and Coneflower Health (individual health)."""

from datetime import date
from decimal import Decimal

from megler.demo.rules.books.common import Dated, House
from megler.demo.rules.books.group import GroupBook, GroupPlan
from megler.demo.rules.books.health import HealthBook, HealthPlan
from megler.demo.rules.roster.protection import (
    CONEFLOWER_PROTECTION,
    HOLMEN_PROTECTION,
    VIDDA_PROTECTION,
)
from megler.demo.rules.roster.shapes import OPENING, Profile
from megler.vocabulary.ages import AgeBasis

HOLMEN = Profile(
    house=House("holmen-benefits", "Holmen Benefits", AgeBasis.LAST, (), "0", {}),
    groups=(
        GroupBook(
            "voluntary-term",
            "Holmen Voluntary Term",
            (
                GroupPlan(
                    "holmen-employee",
                    "Holmen Voluntary Term, Employee",
                    (16, 99),
                    (10_000, 500_000, 10_000),
                    200_000,
                ),
                GroupPlan(
                    "holmen-spouse",
                    "Holmen Voluntary Term, Spouse",
                    (16, 99),
                    (5_000, 100_000, 5_000),
                    40_000,
                ),
                GroupPlan(
                    "holmen-child",
                    "Holmen Voluntary Term, Child",
                    (0, 26),
                    (5_000, 20_000, 5_000),
                    20_000,
                    flat="0.20",
                ),
            ),
            (OPENING, Dated(date(2026, 1, 1), 1.04)),
        ),
    ),
    others=HOLMEN_PROTECTION,
)

VIDDA = Profile(
    house=House("vidda-health", "Vidda Health", AgeBasis.LAST, (), "0", {}),
    health=(
        HealthBook(
            "individual-health",
            "Vidda Individual Health",
            ("AZ", "FL", "TX", "UT"),
            (
                HealthPlan("vidda-bronze", "Vidda Bronze 7500", Decimal("0.78")),
                HealthPlan("vidda-bronze-hsa", "Vidda Bronze HSA 7000", Decimal("0.82")),
                HealthPlan("vidda-silver", "Vidda Silver 5000", Decimal("0.99")),
                HealthPlan("vidda-gold", "Vidda Gold 1500", Decimal("1.17")),
                HealthPlan("vidda-platinum", "Vidda Platinum 0", Decimal("1.46")),
            ),
            "1.2",
            (OPENING, Dated(date(2026, 1, 1), 1.09)),
        ),
    ),
    others=VIDDA_PROTECTION,
)

CONEFLOWER = Profile(
    house=House("coneflower-health", "Coneflower Health", AgeBasis.LAST, (), "0", {}),
    health=(
        HealthBook(
            "individual-health",
            "Coneflower Individual Health",
            ("MN", "ND", "TX", "UT"),
            (
                HealthPlan("cone-bronze", "Coneflower Bronze Basic", Decimal("0.74")),
                HealthPlan("cone-bronze-plus", "Coneflower Expanded Bronze", Decimal("0.81")),
                HealthPlan("cone-silver", "Coneflower Silver Choice", Decimal("1.03")),
                HealthPlan("cone-gold", "Coneflower Gold Choice", Decimal("1.12")),
            ),
            "1.35",
            (OPENING, Dated(date(2026, 1, 1), 1.07)),
        ),
    ),
    others=CONEFLOWER_PROTECTION,
)
