"""Which questions are asked on the telephone, of whom, and in which order."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from megler.applications.rules.interview import next_key, open_keys, script
from megler.applications.rules.questionnaires import questionnaire
from megler.forms.rules.good_order import not_answered
from megler.forms.rules.questionnaire import Answer, SignerRole

LIFE = questionnaire("life")
ANOTHER = {"owner_is_insured": Answer("no"), "owner_kind": Answer("person")}


def keys(role: SignerRole, answers: dict[str, Answer]) -> set[str]:
    return {turn.question.key for turn in script(LIFE, answers, role)}


def test_everything_but_the_agents_report_is_asked_of_who_owns_and_is_insured() -> None:
    asked = keys(SignerRole.INSURED, {"owner_is_insured": Answer("yes")})
    assert {"insured_first_name", "med_heart", "beneficiaries"} <= asked
    assert not any(key.startswith(("report_", "cover_face")) for key in asked)


def test_each_of_two_is_asked_their_own() -> None:
    assert "owner_ssn" in keys(SignerRole.OWNER, ANOTHER)
    assert "owner_ssn" not in keys(SignerRole.INSURED, ANOTHER)
    assert "med_heart" not in keys(SignerRole.OWNER, ANOTHER)


def test_what_is_answered_is_not_open() -> None:
    said = {"insured_first_name": Answer("Kari")}
    turns = script(LIFE, said, SignerRole.INSURED)
    waiting = open_keys(turns, said, not_answered(LIFE, said, date(2026, 11, 23)))
    assert "insured_first_name" not in waiting
    assert waiting[0] == "insured_last_name"


def test_skipped_questions_come_last_in_the_order_of_skipping() -> None:
    assert next_key("abc", "abc", []) == "a"
    assert next_key("abc", "abc", ["a"]) == "b"
    assert next_key("abc", "abc", ["c", "a", "b"]) == "c"
    assert next_key("abc", "ab", [], "b") == "a"
    assert next_key("abc", [], ["a"]) is None


def test_what_an_answer_opened_is_asked_at_once() -> None:
    assert next_key(["a", "heart", "heart_details", "lungs"], ["a", "heart_details", "lungs"], [],
                    "heart") == "heart_details"  # fmt: skip


LETTERS = st.sets(st.sampled_from("abcd"))


@given(LETTERS, LETTERS, st.sampled_from("abcd"))
def test_whatever_is_open_is_asked(waiting: set[str], skipped: set[str], at: str) -> None:
    following = next_key("abcd", waiting, sorted(skipped), at)
    assert (following in waiting) if waiting else following is None
