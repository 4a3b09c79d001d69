"""Each client sees only their part."""

import pytest

from megler.applications.rules.parts import is_needed, part_of, whose
from megler.applications.rules.questionnaires import questionnaire
from megler.forms.rules.questionnaire import Answer, AskedOf, SignerRole

LIFE = questionnaire("life")
NOBODY: dict[str, Answer] = {}


def keys(owner_is_insured: str, role: SignerRole, **more: bool) -> set[str]:
    said = {
        "owner_is_insured": Answer(owner_is_insured),
        "owner_kind": Answer("person"),
        "payment_method": Answer("bank"),
    }
    return {q.key for _s, questions in part_of(LIFE, said, role, **more) for q in questions}


def test_who_owns_their_own_policy_answers_everything_of_the_clients() -> None:
    mine = keys("yes", SignerRole.INSURED)
    assert {"med_heart", "insured_ssn"} <= mine
    assert keys("yes", SignerRole.OWNER) == set()


def test_another_owner_never_sees_the_insureds_health() -> None:
    owner, insured = keys("no", SignerRole.OWNER), keys("no", SignerRole.INSURED)
    assert "owner_ssn" in owner
    assert not owner & insured
    assert not any(key.startswith(("med_", "insured_")) for key in owner)


def test_an_owner_answers_for_a_child() -> None:
    assert "med_heart" in keys("no", SignerRole.OWNER, answers_all=True)


def test_nobody_is_asked_what_the_agent_says() -> None:
    for role in (SignerRole.INSURED, SignerRole.OWNER):
        for key in keys("no", role):
            assert LIFE.by_key[key].asked_of is AskedOf.CLIENT
            assert not LIFE.by_key[key].locked


@pytest.mark.parametrize(
    ("key", "role"), [("owner_ssn", SignerRole.OWNER), ("med_heart", SignerRole.INSURED)]
)
def test_whose_a_question_is(key: str, role: SignerRole) -> None:
    section, question = LIFE.section_of[key], LIFE.by_key[key]
    assert whose(section, question, owner_is_insured=False) is role
    assert whose(section, question, owner_is_insured=True) is SignerRole.INSURED


def test_what_good_order_needs() -> None:
    assert is_needed(LIFE.by_key["insured_ssn"])
    assert not is_needed(LIFE.by_key["insured_middle_name"])
