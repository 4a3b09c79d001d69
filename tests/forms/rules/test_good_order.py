"""What is missing, where, and who can supply it."""

from datetime import date

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from megler.forms.rules.good_order import not_answered, signatures_missing, values_of
from megler.forms.rules.questionnaire import Answer, AskedOf, SignerRole
from tests.forms.asking import HOME, WHOLE, given, small

TODAY = date(2026, 11, 23)


def _found(answers: dict[str, Answer]) -> list[tuple[str, str]]:
    return [(m.problem.code, m.problem.where) for m in not_answered(small(), answers, TODAY)]


def test_a_whole_set_of_answers_is_in_good_order() -> None:
    assert _found(WHOLE) == []


def test_everything_missing_is_told_with_form_and_who_can_supply_it() -> None:
    found = not_answered(small(), {}, TODAY)
    assert [(m.question, m.form, m.asked_of) for m in found] == [
        ("name", "application", AskedOf.AGENT),
        ("born", "application", AskedOf.CLIENT),
        ("smokes", "application", AskedOf.CLIENT),
        ("home", "application", AskedOf.CLIENT),
        ("heirs", "application", AskedOf.AGENT),
        ("met", "report", AskedOf.AGENT),
    ]
    assert not any(m.is_readable for m in found)


def test_a_yes_asks_for_its_details() -> None:
    assert _found(WHOLE | given(smokes="yes")) == [("answer_missing", "smokes_details")]


def test_an_empty_list_is_missing_and_so_is_a_field_of_an_item() -> None:
    assert _found(WHOLE | given(heirs=[])) == [("answer_missing", "heirs")]
    found = not_answered(small(), WHOLE | given(heirs=[{"who": "Ola", "class": "primary"}]), TODAY)
    assert [(m.problem.where, m.item, m.part) for m in found] == [("heirs[0].share", 1, "Share")]


def test_contradictions_are_told_beside_gaps() -> None:
    heirs = [{"who": "Ola", "class": "primary", "share": "60"}]
    assert _found(WHOLE | given(heirs=heirs)) == [("shares_not_100", "heirs")]


@pytest.mark.parametrize(
    ("born", "code"), [("2027-01-01", "in_the_future"), ("1890-01-01", "too_long_ago")]
)
def test_an_impossible_date_is_told(born: str, code: str) -> None:
    assert _found(WHOLE | given(born=born)) == [(code, "born")]


def test_an_address_lacks_parts_or_contradicts_itself() -> None:
    half = {"street": "1 Oak St", "state": "TX"}
    assert _found(WHOLE | given(home=half)) == [
        ("answer_missing", "home.city"),
        ("answer_missing", "home.zip"),
    ]
    found = not_answered(small(), WHOLE | given(home={**HOME, "zip": "10001"}), TODAY)
    assert [(m.problem.code, m.is_error) for m in found] == [("zip_not_in_state", False)]


def test_what_cannot_be_read_is_told_for_what_it_is() -> None:
    found = not_answered(small(), WHOLE | {"born": Answer(None, raw="yesterday")}, TODAY)
    assert [(m.problem.code, m.is_readable) for m in found] == [("not_a_date", False)]


def test_an_answer_to_a_question_not_asked_counts_for_nothing() -> None:
    answers = WHOLE | given(smokes="no", smokes_details="pipe")
    assert _found(answers) == []
    assert "smokes_details" not in values_of(small(), answers)


@given_any(st.sets(st.sampled_from(sorted(WHOLE))))
def test_leaving_out_any_answers_leaves_exactly_these_missing(gone: set[str]) -> None:
    answers = {key: value for key, value in WHOLE.items() if key not in gone}
    assert {where for _, where in _found(answers)} == gone


def test_signatures_missing_are_told_by_form_and_role() -> None:
    roles = (SignerRole.INSURED, SignerRole.AGENT)
    signed = {SignerRole.INSURED: frozenset({"application"})}
    found = signatures_missing(small(), WHOLE, signed, roles)
    assert [(p.where, p.found) for p in found] == [("Application", "agent"), ("Report", "agent")]


def test_a_form_that_became_needed_lacks_its_signature() -> None:
    signed = {SignerRole.INSURED: frozenset({"application"})}
    answers = WHOLE | given(smokes="yes", smokes_details="pipe")
    found = signatures_missing(small(), answers, signed, [SignerRole.INSURED])
    assert [p.where for p in found] == ["Notice"]
