"""Where answers come from."""

import pytest

from megler.applications.rules.origins import TAKEN_OVER, Origin, origin_of, said_of


@pytest.mark.parametrize(
    ("kind", "origin"),
    [
        ("applicant", Origin.CLIENT),
        ("agent", Origin.AGENT),
        ("assistant", Origin.AGENT),
        ("case_manager", Origin.STAFF),
        ("system", Origin.STAFF),
    ],
)
def test_who_types_is_the_origin(kind: str, origin: Origin) -> None:
    assert origin_of(kind) is origin
    assert origin not in TAKEN_OVER


def test_an_answer_kept_before_origins_were_is_its_givers() -> None:
    assert said_of("", "Anna Berg") is Origin.AGENT
    assert said_of("", "") is None
    assert said_of("quote", "") is Origin.QUOTE
