"""Sogne Life and Fjordgard Assurance: term and whole life for larger amounts."""

from datetime import date

from megler.demo.rules.books.common import Dated, House
from megler.demo.rules.books.permanent import PermanentBook, Plan
from megler.demo.rules.books.term import TermBook
from megler.demo.rules.guides import ClassRule, Evidence, GuideBook
from megler.demo.rules.rates import Pricing
from megler.demo.rules.roster.appetites import FJORDGARD_APPETITE, SOGNE_APPETITE
from megler.demo.rules.roster.protection import SOGNE_PROTECTION
from megler.demo.rules.roster.savings import FJORDGARD_SAVINGS
from megler.demo.rules.roster.shapes import (
    FOUR_CODES,
    FULL_EVIDENCE,
    OPENING,
    SIX_CODES,
    Profile,
    bands,
    modes,
    rated,
    term_assumptions,
    terms,
    whole_life_assumptions,
)
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Line

SOGNE = Profile(
    house=House(
        "sogne-life", "Sogne Life", AgeBasis.NEAREST, ("NY",), "65", modes("0.51", "0.26", "0.0875")
    ),
    terms=(
        TermBook(
            "sogne-term",
            "Sogne Level Term",
            (18, 75),
            (100_000, 10_000_000),
            terms((10, 75, 70), (15, 70, 65), (20, 65, 60), (25, 58, 50), (30, 50, 45)),
            bands((100_000, 1.18), (250_000, 1.04), (500_000, 1.0), (1_000_000, 0.95)),
            Pricing(
                term_assumptions(0.045, 0.055),
                rated(SIX_CODES, (0.41, 0.50, 0.69, 0.93, 0.9, 1.15)),
                (0.85, 1.0, 1.12),
            ),
            (OPENING, Dated(date(2026, 1, 1), 0.985)),
        ),
        TermBook(
            "sogne-swift",
            "Sogne Swift Term",
            (18, 60),
            (100_000, 1_000_000),
            terms((10, 60, 60), (15, 60, 55), (20, 60, 50), (30, 45, 40)),
            bands((100_000, 1.12), (250_000, 1.0), (500_000, 0.97)),
            Pricing(
                term_assumptions(0.043, 0.06, 0.04),
                rated(FOUR_CODES, (0.58, 0.98, 0.98, 1.2)),
                (0.86, 1.02, 1.2),
            ),
            (OPENING,),
            ((18, 50, 1_000_000), (51, 55, 500_000), (56, 60, 150_000)),
        ),
    ),
    permanent=(
        PermanentBook(
            "sogne-whole-life",
            "Sogne Whole Life",
            Line.WHOLE_LIFE,
            (25_000, 3_000_000),
            (
                Plan("sogne-whole-life", "Sogne Whole Life", (18, 80)),
                Plan("sogne-whole-life-20", "Sogne Whole Life 20-Pay", (18, 65), 20),
            ),
            bands((25_000, 1.0), (250_000, 0.97)),
            Pricing(whole_life_assumptions(0.031, 0.12), rated(FOUR_CODES, (0.8, 1.0, 0.94, 1.1))),
            (OPENING,),
        ),
    ),
    others=SOGNE_PROTECTION,
    guides=(
        GuideBook(
            "full-guide",
            "Underwriting Guide",
            (),
            (
                ClassRule("preferred_plus", "Preferred Plus", "28", (135, 85), "4.5", 60, 60, 0),
                ClassRule("preferred", "Preferred", "31", (140, 88), "5.5", 36, 60, 1),
                ClassRule("standard_plus", "Standard Plus", "34", (145, 90), "6.5", 24),
                ClassRule("standard", "Standard", "39", (155, 94), "8.0", 12),
                ClassRule(
                    "preferred_tobacco",
                    "Preferred Tobacco",
                    "31",
                    (140, 88),
                    "5.5",
                    0,
                    60,
                    1,
                    "user",
                ),
                ClassRule(
                    "standard_tobacco", "Standard Tobacco", "39", (155, 94), "8.0", nicotine="user"
                ),
            ),
            FULL_EVIDENCE,
            OPENING.effective_from,
            "17",
            ((2, "41"), (4, "43.5"), (6, "46"), (8, "48")),
            300,
            SOGNE_APPETITE,
        ),
    ),
)

FJORDGARD = Profile(
    house=House(
        "fjordgard",
        "Fjordgard Assurance",
        AgeBasis.NEAREST,
        ("MT", "NY"),
        "55",
        modes("0.505", "0.255", "0.0865"),
    ),
    terms=(
        TermBook(
            "fjord-term",
            "Fjordgard Custom Term",
            (20, 70),
            (250_000, 25_000_000),
            terms((10, 70, 65), (15, 68, 62), (20, 65, 60), (25, 58, 52), (30, 52, 45)),
            bands((250_000, 1.1), (500_000, 1.0), (1_000_000, 0.92), (2_500_000, 0.89)),
            Pricing(
                term_assumptions(0.047, 0.05),
                rated(SIX_CODES, (0.38, 0.50, 0.68, 0.98, 1.0, 1.3)),
                (1.05, 0.97, 0.98),
            ),
            (OPENING, Dated(date(2025, 7, 1), 1.01), Dated(date(2026, 7, 1), 0.99)),
        ),
    ),
    permanent=(
        PermanentBook(
            "fjord-legacy",
            "Fjordgard Legacy",
            Line.WHOLE_LIFE,
            (100_000, 25_000_000),
            (
                Plan("fjord-legacy", "Fjordgard Legacy", (20, 75)),
                Plan("fjord-legacy-15", "Fjordgard Legacy 15-Pay", (20, 70), 15),
            ),
            bands((100_000, 1.0), (500_000, 0.96), (2_500_000, 0.93)),
            Pricing(whole_life_assumptions(0.035, 0.13), rated(FOUR_CODES, (0.70, 1.0, 0.95, 1.2))),
            (OPENING,),
        ),
    ),
    others=FJORDGARD_SAVINGS,
    guides=(
        GuideBook(
            "full-guide",
            "Risk Selection Guide",
            (),
            (
                ClassRule("preferred_plus", "Super Preferred", "27.5", (132, 82), "4.5", 60, 65, 0),
                ClassRule("preferred", "Preferred", "30", (138, 86), "5.5", 36, 60, 0),
                ClassRule("standard_plus", "Standard Plus", "32.5", (142, 90), "6.5", 24, 60, 1),
                ClassRule("standard", "Standard", "36", (150, 92), "7.5", 12),
                ClassRule(
                    "preferred_tobacco",
                    "Preferred Smoker",
                    "30",
                    (138, 86),
                    "5.5",
                    0,
                    60,
                    0,
                    "user",
                ),
                ClassRule("standard_tobacco", "Smoker", "36", (150, 92), "7.5", nicotine="user"),
            ),
            Evidence(
                ages=((0, 39), (40, 49), (50, 59), (60, 69), (70, None)),
                exam_from=(3_000_001, 1_000_001, 500_001, 250_001, 100_001),
                finances_from=10_000_001,
                ecg_times=3,
                aps_times=6,
                cognitive_age=70,
            ),
            OPENING.effective_from,
            "18",
            ((2, "38"), (4, "40.5")),
            290,
            FJORDGARD_APPETITE,
        ),
    ),
)
