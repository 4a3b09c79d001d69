"""What carriers' words usually mean."""

import pytest

from megler.feeds.rules.words import (
    KINDS,
    MEANINGS,
    REQUIREMENT_MEANINGS,
    Meaning,
    RequirementMeaning,
    kind_of,
    meaning_of,
    requirement_meaning_of,
)
from megler.vocabulary.codes import RequirementKind


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("Approved - Awaiting Issue", Meaning.APPROVED),
        ("APPROVED OTHER THAN APPLIED", Meaning.OTHER_THAN_APPLIED),
        ("Pending Reqs.", Meaning.IN_UNDERWRITING),
        ("Issued; not paid", Meaning.ISSUED),
        ("NTU", Meaning.NOT_TAKEN),
        ("xyz approved", None),
    ],
)
def test_a_status_means_what_it_usually_does(words: str, meaning: Meaning | None) -> None:
    assert meaning_of(words) is meaning


def test_no_word_means_two_things() -> None:
    for known in (MEANINGS, REQUIREMENT_MEANINGS, KINDS):
        words = [word for some in known.values() for word in some]
        assert len(words) == len(set(words))


def test_requirements_and_their_states_are_known_by_their_beginnings() -> None:
    assert kind_of("Attending Physician's Statement (Dr Lund)") is RequirementKind.APS
    assert requirement_meaning_of("Waived by UW") is RequirementMeaning.WAIVED
    assert kind_of("Blue form") is None
