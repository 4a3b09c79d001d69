"""Who signs when, what a link is good for, and whose signature counts."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.forms.rules.questionnaire import FieldFill, FormSpec, SignerRole
from megler.forms.rules.signing import (
    LINK_LIFE,
    LinkFacts,
    LinkState,
    Signature,
    asks_place,
    consent_hash,
    link_problems,
    link_state,
    name_agrees,
    next_signer,
    packet_hash,
    signature_problems,
    signer_roles,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_link_lives_fourteen_days_to_the_second() -> None:
    link = LinkFacts(expires_at=NOW + LINK_LIFE)
    assert link_state(link, NOW + timedelta(days=14, seconds=-1)) is LinkState.OPEN
    assert link_state(link, NOW + timedelta(days=14)) is LinkState.EXPIRED


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, LinkState.OPEN),
        ({"signed_at": NOW}, LinkState.SIGNED),
        ({"declined_at": NOW}, LinkState.DECLINED),
        ({"voided_at": NOW}, LinkState.VOIDED),
        ({"signed_at": NOW, "voided_at": NOW}, LinkState.VOIDED),
    ],
)
def test_the_state_of_a_link(facts: dict[str, datetime], state: LinkState) -> None:
    link = LinkFacts(NOW + LINK_LIFE, **facts)
    assert link_state(link, NOW) is state
    assert bool(link_problems(state, "Kari")) is (state is not LinkState.OPEN)


def test_a_signature_outlives_its_link() -> None:
    link = LinkFacts(NOW, signed_at=NOW - timedelta(days=1))
    assert link_state(link, NOW + timedelta(days=300)) is LinkState.SIGNED


def test_insured_then_owner_then_agent_sign() -> None:
    roles = signer_roles(owner_is_insured=False)
    assert next_signer(roles, []) is SignerRole.INSURED
    assert next_signer(roles, [SignerRole.INSURED]) is SignerRole.OWNER
    assert next_signer(roles, [SignerRole.INSURED, SignerRole.OWNER]) is SignerRole.AGENT
    assert next_signer(roles, roles) is None


def test_an_owner_who_is_the_insured_signs_once_and_a_minor_not_at_all() -> None:
    assert SignerRole.OWNER not in signer_roles(owner_is_insured=True)
    assert SignerRole.INSURED not in signer_roles(owner_is_insured=False, insured_is_minor=True)


@pytest.mark.parametrize(
    ("typed", "name", "agrees"),
    [
        ("Kari Hope", "Kari Hope", True),
        ("  KARI   hope ", "Kari Hope", True),
        ("Jose Garcia", "José García", True),
        ("Mary O'Brien", "Mary OBrien", True),
        ("Kari Hope Jr.", "Kari Hope", True),
        ("Dr. Kari Hope", "Kari Hope", True),
        ("Kari Hope", "Kari Ann Hope", True),
        ("Kari A Hope", "Kari Ann Hope", True),
        ("Bjorn Saether", "Bjørn Sæther", True),
        ("Anne-Marie Lie", "Anne Marie Lie", True),
        ("Kari B Hope", "Kari Ann Hope", False),
        ("K. Hope", "Kari Hope", False),
        ("Kari", "Kari Hope", False),
        ("Ola Hope", "Kari Hope", False),
        ("Hope Kari", "Kari Hope", False),
        ("", "Kari Hope", False),
        ("...", "Kari Hope", False),
        ("Kari Hope", "", False),
    ],
)
def test_a_typed_name_agrees_or_not(typed: str, name: str, agrees: bool) -> None:
    assert name_agrees(typed, name) is agrees


@given(st.from_regex(r"[A-Z][a-z]{1,9} [A-Z][a-z]{2,9}", fullmatch=True))
def test_ones_own_name_always_agrees(name: str) -> None:
    assert name_agrees(name, name)
    assert name_agrees(name.upper(), name)


def test_everything_wrong_with_a_signature_is_told_at_once() -> None:
    wrong = Signature("Ola", consented=False, seen_hash="old")
    codes = [p.code for p in signature_problems(wrong, "Kari Hope", "new")]
    assert codes == ["name_differs", "consent_missing", "papers_changed"]
    empty = Signature(" ", consented=True, seen_hash="new")
    assert [p.code for p in signature_problems(empty, "Kari Hope", "new")] == ["name_not_typed"]
    good = Signature("Kari Hope", consented=True, seen_hash="new")
    assert signature_problems(good, "Kari Hope", "new") == []


def test_the_hash_of_a_packet_ignores_order_and_nothing_else() -> None:
    papers = [("a", "1"), ("b", "2"), ("c", "3")]
    assert len({packet_hash(order) for order in permutations(papers)}) == 1
    assert packet_hash(papers) != packet_hash(papers[:2])
    assert packet_hash([("a", "2"), ("b", "1")]) != packet_hash([("a", "1"), ("b", "2")])


def test_the_consent_has_one_hash() -> None:
    assert len(consent_hash()) == 64


def test_the_place_is_asked_of_whom_a_form_has_a_field_for_it() -> None:
    fills = (FieldFill("city", "signed_at.insured"), FieldFill("x", "signed_at.owner"))
    form = FormSpec("a", "A", "1", (SignerRole.INSURED, SignerRole.AGENT), fills=fills)
    asked = {role for role in SignerRole if asks_place([form], role)}
    assert asked == {SignerRole.INSURED}


@pytest.mark.parametrize(
    ("strokes", "code"),
    [([[(0, 0), (10, 0)]], "drawing_too_small"), ([[(0, 0), (500, 0)]], None)],
)
def test_a_drawing_needs_no_typed_name_but_ink(
    strokes: list[list[tuple[int, int]]], code: str | None
) -> None:
    given = Signature("", True, "h", strokes)
    found = [problem.code for problem in signature_problems(given, "Kari Hope", "h")]
    assert found == ([code] if code else [])
