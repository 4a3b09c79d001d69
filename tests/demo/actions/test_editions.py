"""The editions that the demo makes, and those that lie in `editions/` for everybody to read."""

import pytest
from django.conf import settings

from megler.carriers.packages import read_files
from megler.demo.actions.editions import health_figures, mortality_tables
from megler.demo.rules.roster.every import CARRIERS, editions

MADE_HERE = ("tundra-life/guide", "tundra-life/tundra-term")


@pytest.mark.parametrize("folder", MADE_HERE)
def test_what_lies_in_editions_is_what_the_demo_makes_to_the_byte(folder: str) -> None:
    slug = folder.split("/", maxsplit=1)[0]
    profile = next(one for one in CARRIERS if one.house.slug == slug)
    made = editions(mortality_tables(), health_figures(), (profile,))
    assert read_files(settings.BASE_DIR / "editions" / folder) in list(made)
