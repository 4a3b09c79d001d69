"""All the carriers, and all their editions as files."""

from collections.abc import Iterator

from megler.demo.rules.books.annuity import (
    FixedBook,
    IncomeBook,
    fixed_edition,
    income_edition,
)
from megler.demo.rules.books.care import CareBook, care_edition
from megler.demo.rules.books.common import Dated, House
from megler.demo.rules.books.disability import DisabilityBook, disability_edition
from megler.demo.rules.books.group import group_edition
from megler.demo.rules.books.health import HealthFigures, health_edition
from megler.demo.rules.books.illness import IllnessBook, illness_edition
from megler.demo.rules.books.medicare import MedicareBook, medicare_edition
from megler.demo.rules.books.permanent import permanent_edition
from megler.demo.rules.books.specialty import SpecialtyBook, specialty_edition
from megler.demo.rules.books.term import term_edition
from megler.demo.rules.books.universal import (
    SurvivorBook,
    UniversalBook,
    survivor_edition,
    universal_edition,
)
from megler.demo.rules.guides import guide_edition
from megler.demo.rules.mortality import Key, Mortality
from megler.demo.rules.roster.benefits import CONEFLOWER, HOLMEN, VIDDA
from megler.demo.rules.roster.field import SWITCHGRASS, TUNDRA
from megler.demo.rules.roster.large import LOFOTEN, NORDHAVN, PRAIRIE
from megler.demo.rules.roster.middle import FJORDGARD, SOGNE
from megler.demo.rules.roster.shapes import OtherBook, Profile

CARRIERS: tuple[Profile, ...] = (
    NORDHAVN,
    PRAIRIE,
    LOFOTEN,
    SOGNE,
    FJORDGARD,
    SWITCHGRASS,
    TUNDRA,
    HOLMEN,
    VIDDA,
    CONEFLOWER,
)


def editions(
    tables: dict[Key, Mortality], figures: HealthFigures, carriers: tuple[Profile, ...] = CARRIERS
) -> Iterator[dict[str, bytes]]:
    """The files of every rate book and guide, in the order in which they take effect."""
    for profile in carriers:
        house = profile.house
        yield from (guide_edition(house, guide) for guide in profile.guides)
        for term in profile.terms:
            yield from (term_edition(tables, house, term, dated) for dated in term.editions)
        for permanent in profile.permanent:
            for dated in permanent.editions:
                yield permanent_edition(tables, house, permanent, dated)
        for group in profile.groups:
            yield from (group_edition(house, group, dated) for dated in group.editions)
        for health in profile.health:
            yield from (health_edition(figures, house, health, dated) for dated in health.editions)
        for other in profile.others:
            yield from (_other(tables, figures, house, other, dated) for dated in other.editions)


def _other(
    tables: dict[Key, Mortality],
    figures: HealthFigures,
    house: House,
    book: OtherBook,
    dated: Dated,
) -> dict[str, bytes]:
    """The files of one edition of a book of one of the smaller lines."""
    if isinstance(book, MedicareBook):
        return medicare_edition(figures, house, book, dated)
    if isinstance(book, UniversalBook | SurvivorBook | IncomeBook):
        return _by_mortality(tables, house, book, dated)
    return _by_factors(house, book, dated)


def _by_factors(
    house: House,
    book: FixedBook | DisabilityBook | CareBook | IllnessBook | SpecialtyBook,
    dated: Dated,
) -> dict[str, bytes]:
    if isinstance(book, FixedBook):
        return fixed_edition(house, book, dated)
    if isinstance(book, DisabilityBook):
        return disability_edition(house, book, dated)
    if isinstance(book, CareBook):
        return care_edition(house, book, dated)
    if isinstance(book, IllnessBook):
        return illness_edition(house, book, dated)
    return specialty_edition(house, book, dated)


def _by_mortality(
    tables: dict[Key, Mortality],
    house: House,
    book: UniversalBook | SurvivorBook | IncomeBook,
    dated: Dated,
) -> dict[str, bytes]:
    if isinstance(book, UniversalBook):
        return universal_edition(tables, house, book, dated)
    if isinstance(book, SurvivorBook):
        return survivor_edition(tables, house, book, dated)
    return income_edition(tables, house, book, dated)
