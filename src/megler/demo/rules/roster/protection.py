"""Disability, long-term care, critical illness, Medicare supplement and specialty of the carriers."""

from datetime import date

from megler.demo.rules.books.care import CareBook
from megler.demo.rules.books.common import Dated
from megler.demo.rules.books.disability import DisabilityBook
from megler.demo.rules.books.illness import IllnessBook
from megler.demo.rules.books.medicare import MedicareBook, Rating
from megler.demo.rules.books.specialty import SpecialtyBook
from megler.demo.rules.roster.shapes import OPENING

SOGNE_PROTECTION = (
    DisabilityBook(
        "sogne-income-guard", "Sogne Income Guard", (500, 15_000), 1.0, "60", (OPENING,)
    ),
)
SWITCHGRASS_PROTECTION = (
    DisabilityBook(
        "switchgrass-paycheck", "Switchgrass Paycheck", (300, 6_000), 0.94, "65", (OPENING,)
    ),
    SpecialtyBook(
        "specialty",
        "Switchgrass Specialty",
        "switchgrass-events",
        "switchgrass-equipment",
        (OPENING,),
    ),
)
PRAIRIE_PROTECTION = (
    CareBook(
        "prairie-evergreen", "Prairie Evergreen Care", (1_500, 12_000), 1.0, "0.70", (OPENING,)
    ),
    MedicareBook(
        "prairie-neighbour",
        "Prairie Neighbour Supplement",
        ("AZ", "FL", "ND", "TX", "UT"),
        ("A", "G", "N"),
        Rating.COMMUNITY,
        1.04,
        "0.95",
        "0.50",
        (OPENING, Dated(date(2026, 1, 1), 1.06)),
    ),
)
LOFOTEN_PROTECTION = (
    CareBook(
        "lofoten-lighthouse", "Lofoten Lighthouse Care", (2_000, 15_000), 1.07, "0.65", (OPENING,)
    ),
)
TUNDRA_PROTECTION = (
    IllnessBook("tundra-thaw", "Tundra Critical Illness", (5_000, 50_000), "1.05", (OPENING,)),
)
HOLMEN_PROTECTION = (
    IllnessBook(
        "holmen-critical", "Holmen Critical Illness", (5_000, 100_000), "0.96",
        (OPENING, Dated(date(2026, 1, 1), 1.03)),
    ),
)  # fmt: skip
VIDDA_PROTECTION = (
    MedicareBook(
        "vidda-supplement",
        "Vidda Supplement",
        ("AZ", "FL", "TX", "UT"),
        ("A", "G", "G-high", "N"),
        Rating.ATTAINED,
        1.0,
        "0.93",
        "2",
        (OPENING, Dated(date(2026, 1, 1), 1.08)),
    ),
)
CONEFLOWER_PROTECTION = (
    MedicareBook(
        "cone-supplement",
        "Coneflower Supplement",
        ("ND", "TX", "UT"),
        ("G", "N"),
        Rating.ISSUE,
        1.13,
        "0.90",
        "1.50",
        (OPENING,),
    ),
)
