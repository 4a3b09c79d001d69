"""What the carriers' profiles are made of, with the figures that are usual in the trade."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from megler.carriers.rules.guide import Nicotine
from megler.demo.rules.books.annuity import FixedBook, IncomeBook
from megler.demo.rules.books.care import CareBook
from megler.demo.rules.books.common import Dated, House
from megler.demo.rules.books.disability import DisabilityBook
from megler.demo.rules.books.group import GroupBook
from megler.demo.rules.books.health import HealthBook
from megler.demo.rules.books.illness import IllnessBook
from megler.demo.rules.books.medicare import MedicareBook
from megler.demo.rules.books.permanent import PermanentBook
from megler.demo.rules.books.specialty import SpecialtyBook
from megler.demo.rules.books.term import Term, TermBook
from megler.demo.rules.books.universal import SurvivorBook, UniversalBook
from megler.demo.rules.guides import ClassRule, Evidence, GuideBook
from megler.demo.rules.impairments.appetite import Appetite
from megler.demo.rules.pricing import Assumptions, Expenses
from megler.demo.rules.rates import Band, RatedClass
from megler.vocabulary.codes import Mode

OtherBook = (
    UniversalBook
    | SurvivorBook
    | IncomeBook
    | FixedBook
    | DisabilityBook
    | CareBook
    | IllnessBook
    | MedicareBook
    | SpecialtyBook
)


@dataclass(frozen=True, slots=True)
class Profile:
    """A carrier with its books and guides. `guide_folder`: its guide is among `editions/`."""

    house: House
    terms: tuple[TermBook, ...] = ()
    permanent: tuple[PermanentBook, ...] = ()
    groups: tuple[GroupBook, ...] = ()
    health: tuple[HealthBook, ...] = ()
    others: tuple[OtherBook, ...] = ()
    guides: tuple[GuideBook, ...] = ()
    guide_folder: str = ""


SIX_CODES = (
    "preferred_plus",
    "preferred",
    "standard_plus",
    "standard",
    "preferred_tobacco",
    "standard_tobacco",
)
FOUR_CODES = ("preferred", "standard", "preferred_tobacco", "standard_tobacco")
TWO_CODES = ("standard", "standard_tobacco")

OPENING = Dated(date(2025, 1, 1))
"""The first editions: old enough for every quote of the demo's year."""


def modes(semiannual: str, quarterly: str, monthly: str) -> dict[Mode, str]:
    """Factors of the yearly premium, annual first."""
    return {
        Mode.ANNUAL: "1",
        Mode.SEMIANNUAL: semiannual,
        Mode.QUARTERLY: quarterly,
        Mode.MONTHLY: monthly,
    }


def rated(codes: Sequence[str], shares: Sequence[float]) -> tuple[RatedClass, ...]:
    """Classes with their shares of the mortality table, tobacco classes on the smoker's table."""
    return tuple(
        RatedClass(code, Nicotine.USER if "tobacco" in code else Nicotine.NONE, share)
        for code, share in zip(codes, shares, strict=True)
    )


def bands(*steps: tuple[int, float]) -> tuple[Band, ...]:
    """Amount bands from (start, factor); each ends a dollar before the next, the last is open.

    >>> [band.stop for band in bands((25000, 1.2), (100000, 1.0))]
    [99999, None]
    """
    stops = [start - 1 for start, _ in steps[1:]]
    return tuple(
        Band(start, stop, factor)
        for (start, factor), stop in zip(steps, [*stops, None], strict=True)
    )


def terms(*limits: tuple[int, int, int]) -> tuple[Term, ...]:
    """Terms from (years, last age at issue, last age with nicotine)."""
    return tuple(Term(*limit) for limit in limits)


def term_assumptions(interest: float, lapse: float, margin: float = 0.0) -> Assumptions:
    """Term life: 85 % of the first premium, 6 % of later ones, and a little per 1,000."""
    return Assumptions(interest, lapse, Expenses(0.85, 0.06, 0.30, 0.04), margin)


def whole_life_assumptions(interest: float, margin: float) -> Assumptions:
    """Whole life, guaranteed values: low interest, hardly a lapse, 100 % and 8 % of premiums."""
    return Assumptions(interest, 0.0, Expenses(1.0, 0.08, 2.0, 0.30), margin)


def final_expense_assumptions(interest: float, margin: float) -> Assumptions:
    """Small policies sold at the kitchen table: 120 % and 12 % of premiums, and more per 1,000."""
    return Assumptions(interest, 0.03, Expenses(1.2, 0.12, 6.0, 1.0), margin)


FULL_EVIDENCE = Evidence(
    ages=((0, 40), (41, 50), (51, 60), (61, 70), (71, None)),
    exam_from=(1_000_001, 500_001, 250_001, 100_001, 50_001),
    finances_from=5_000_001,
)
"""As generous with exams as carriers of 2026 are."""


def simplified_guide(
    products: tuple[str, ...],
    bmi: tuple[str, str],
    names: tuple[str, str],
    appetite: Appetite | None = None,
    series: str = "simplified-guide",
) -> GuideBook:
    """A guide for simplified issue and final expense: two classes, build, nicotine, knock-outs."""
    return GuideBook(
        series=series,
        title="Graded Plan Guide" if series == "graded-guide" else "Simplified Issue Guide",
        products=products,
        classes=(
            ClassRule("standard", names[0], bmi[0], nicotine_free_months=12),
            ClassRule("standard_tobacco", names[1], bmi[1], nicotine="user"),
        ),
        evidence=Evidence(
            ages=((0, 60), (61, None)),
            exam_from=(2_000_001, 1_000_001),
            finances_from=5_000_001,
        ),
        effective_from=OPENING.effective_from,
        bmi_min="15",
        appetite=appetite,
    )
