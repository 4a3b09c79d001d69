"""All the carriers, and all their editions as files."""

from collections.abc import Iterator

from megler.demo.rules.books.group import group_edition
from megler.demo.rules.books.health import HealthFigures, health_edition
from megler.demo.rules.books.permanent import permanent_edition
from megler.demo.rules.books.term import term_edition
from megler.demo.rules.guides import guide_edition
from megler.demo.rules.mortality import Key, Mortality
from megler.demo.rules.roster.benefits import CONEFLOWER, HOLMEN, VIDDA
from megler.demo.rules.roster.field import SWITCHGRASS, TUNDRA
from megler.demo.rules.roster.large import LOFOTEN, NORDHAVN, PRAIRIE
from megler.demo.rules.roster.middle import FJORDGARD, SOGNE
from megler.demo.rules.roster.shapes import Profile

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
