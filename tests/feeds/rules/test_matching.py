"""Whose a record is: never guessed where two may be meant."""

from datetime import date
from uuid import UUID

from megler.feeds.rules.matching import Candidate, is_another, only_one, proposals
from megler.feeds.rules.records import Keys

BORN = date(1979, 2, 11)
KEYS = Keys(name="kari hope", born=BORN, product="level term")


def a_case(number: int, **given: object) -> Candidate:
    told = {"name": "kari hope", "born": BORN, "product": "level term|term", **given}
    return Candidate(UUID(int=number), f"C-{number}", **told)  # type: ignore[arg-type]


def test_the_only_one_of_name_birth_and_product_is_meant() -> None:
    assert only_one(KEYS, [a_case(1), a_case(2, product="whole life")]) == a_case(1)


def test_of_two_none_is_meant_unless_one_is_over() -> None:
    assert only_one(KEYS, [a_case(1), a_case(2)]) is None
    assert only_one(KEYS, [a_case(1), a_case(2, is_open=False)]) == a_case(1)


def test_a_case_with_another_number_is_never_taken() -> None:
    keys = Keys(policy="N1", name="kari hope", born=BORN, product="term")
    assert only_one(keys, [a_case(1, policy="N2")]) is None


def test_proposals_are_ranked_with_what_speaks_for_them() -> None:
    cases = [a_case(1, born=date(1979, 11, 2)), a_case(2), a_case(3, name="nils berg")]
    found = proposals(KEYS, cases)
    assert [p.candidate.reference for p in found] == ["C-2", "C-1", "C-3"]
    assert {r.code for r in found[1].reasons} >= {"feed_same_name", "feed_like_birth"}


def test_a_number_with_a_wholly_other_name_is_somebody_elses() -> None:
    assert is_another(KEYS, "nils berg")
    assert not is_another(KEYS, "kari lund")
