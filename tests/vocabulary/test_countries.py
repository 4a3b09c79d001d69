"""Countries by name."""

import re

import pytest

from megler.vocabulary.countries import countries_named, country_names


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a trip to Nigeria and the UAE", ["NG", "AE"]),
        ("South Korea", ["KR"]),
        ("Nigera", []),
        ("Pakistn", ["PK"]),
        ("Cote d'Ivoire", ["CI"]),
        ("at home", []),
    ],
)
def test_countries_are_found_by_their_names(text: str, codes: list[str]) -> None:
    assert [code for code, _start, _end in countries_named(text)] == codes


def test_every_country_is_found_by_its_own_name() -> None:
    for code, name in country_names().items():
        assert re.fullmatch("[A-Z]{2}", code)
        assert [found for found, _s, _e in countries_named(name)] == [code]
