import pytest

from megler.underwriting.rules.zips import usual_jurisdiction
from megler.vocabulary.codes import JURISDICTIONS


@pytest.mark.parametrize(
    ("code", "jurisdiction"),
    [
        ("02108", "MA"),
        ("00501", "NY"),
        ("00802", "VI"),
        ("20001", "DC"),
        ("20101", "VA"),
        ("68102", "NE"),
        ("83702", "ID"),
        ("96813", "HI"),
        ("99501", "AK"),
        ("09001", None),
    ],
)
def test_a_prefix_tells_the_usual_jurisdiction(code: str, jurisdiction: str | None) -> None:
    assert usual_jurisdiction(code) == jurisdiction


def test_every_answer_is_a_jurisdiction_and_every_state_has_a_prefix() -> None:
    found = {usual_jurisdiction(f"{n:03}00") for n in range(1000)} - {None}
    assert set(JURISDICTIONS) - found == {"AS", "GU", "MP"}
    assert found < set(JURISDICTIONS)
