from typing import Any

import pytest

from megler.quoting.rules.places import LookedUp, NotLookedUp, look_up
from tests.quoting.books import health_book
from tests.quoting.lines import texts

AREAS = health_book().tables["areas"]


@pytest.mark.parametrize(
    ("facts", "area"),
    [
        ({"zip": "75002", "county": None}, "2"),
        ({"zip": "75003", "county": None}, "2"),
        ({"zip": "75001", "county": "Dallas"}, "1"),
        ({"zip": "75001", "county": "collin county"}, "2"),
    ],
)
def test_a_place_that_leaves_one_area_is_found(facts: dict[str, Any], area: str) -> None:
    assert look_up(AREAS, facts, "") == LookedUp(area)


def test_a_zip_in_several_areas_asks_for_the_county_and_names_them() -> None:
    found = look_up(AREAS, {"zip": "75001", "county": None}, "")
    assert isinstance(found, NotLookedUp)
    (problem,) = found.problems
    assert (problem.where, problem.found, problem.expected) == ("county", "75001", "Collin, Dallas")
    assert [r.code for r in found.reasons] == ["several_areas"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"zip": None, "county": "Collin"}, "fact_needed"),
        ({"zip": "10001", "county": None}, "not_served"),
        ({"zip": "75001", "county": "Harris"}, "not_served"),
    ],
)
def test_a_place_that_is_not_found_says_why(facts: dict[str, Any], code: str) -> None:
    found = look_up(AREAS, facts, "")
    assert isinstance(found, NotLookedUp)
    assert [r.code for r in found.reasons] == [code]


def test_a_text_that_is_no_place_is_answered_with_those_that_are_known() -> None:
    table = texts("work", ["occupation"], {("electrician",): "2A", ("clerk",): "4A"})
    assert look_up(table, {"occupation": "Clerk"}, "e") == LookedUp("4A")
    found = look_up(table, {"occupation": "astronaut"}, "e")
    assert isinstance(found, NotLookedUp)
    (reason,) = found.reasons
    assert reason.code == "choice_not_offered"
    assert reason.params["offered"] == "clerk, electrician"
