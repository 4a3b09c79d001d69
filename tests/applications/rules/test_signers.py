"""Who signs, from the answers."""

from datetime import date
from typing import Any

from megler.applications.rules.questionnaires import questionnaire
from megler.applications.rules.signers import (
    Person,
    client_can_answer,
    forms_signed_by,
    insured_name,
    keeps_from_asking,
    signers_of,
)
from megler.forms.rules.good_order import not_answered
from megler.forms.rules.questionnaire import (
    Answer,
    AnswerType,
    Condition,
    FormSpec,
    Question,
    Questionnaire,
    Section,
    SignerRole,
)

TODAY = date(2026, 11, 23)
ANNA = Person("Anna Berg", "anna@example.com", None)
LIFE = questionnaire("life")


def _answers(**values: Any) -> dict[str, Answer]:
    known = {
        "insured_first_name": "Kari",
        "insured_last_name": "Hope",
        "insured_born": "1985-06-14",
        "owner_is_insured": "yes",
    }
    return {key: Answer(value) for key, value in (known | values).items()}


def _signers(**values: Any) -> dict[SignerRole, Person]:
    return signers_of(LIFE, _answers(**values), ANNA, TODAY)


def test_the_insured_and_the_agent_sign() -> None:
    assert {role: p.name for role, p in _signers().items()} == {
        SignerRole.INSURED: "Kari Hope",
        SignerRole.AGENT: "Anna Berg",
    }


def test_another_owner_signs_between_and_for_a_trust_its_trustee() -> None:
    found = _signers(
        owner_is_insured="no", owner_kind="trust", owner_name="T", owner_signer="Ola Lie"
    )
    assert list(found) == [SignerRole.INSURED, SignerRole.OWNER, SignerRole.AGENT]
    assert found[SignerRole.OWNER].name == "Ola Lie"


def test_for_a_minor_the_owner_signs_alone() -> None:
    found = _signers(insured_born="2018-01-01", owner_is_insured="no", owner_name="Kari Hope")
    assert list(found) == [SignerRole.OWNER, SignerRole.AGENT]


def test_the_client_does_not_sign_the_agents_report() -> None:
    assert "agents_report" not in forms_signed_by(LIFE, _answers(), SignerRole.INSURED)
    assert "replacement" not in forms_signed_by(LIFE, _answers(), SignerRole.INSURED)
    replacing = _answers(replacing="yes")
    assert "replacement" in forms_signed_by(LIFE, replacing, SignerRole.INSURED)


def test_only_what_the_client_cannot_answer_keeps_from_asking() -> None:
    wrong = not_answered(LIFE, _answers(insured_ssn=None), TODAY)
    forms = forms_signed_by(LIFE, _answers(), SignerRole.INSURED)
    kept = {one.question for one in keeps_from_asking(wrong, forms)}
    assert "beneficiaries" in kept
    assert not kept & {"insured_ssn", "med_heart", "report_known"}
    assert any(client_can_answer(one) for one in wrong)


def test_a_contradiction_is_not_for_the_client_to_solve() -> None:
    answers = _answers(nicotine="past", nicotine_last_used="1980-01-01", insured_born="1985-06-14")
    wrong = [m for m in not_answered(LIFE, answers, TODAY) if m.problem.code == "before_birth"]
    assert [client_can_answer(one) for one in wrong] == [False]


def test_a_name_is_read_from_its_parts() -> None:
    assert insured_name({"insured_first_name": "Kari", "insured_last_name": "Hope"}) == "Kari Hope"
    assert insured_name({}) == ""


def _with_payor() -> Questionnaire:
    paid = Condition("payment_payor", ("other",))
    asked = (
        Question("payment_payor", AnswerType.TEXT, "Who pays?", "Payor"),
        Question("payor_full_name", AnswerType.TEXT, "Name", "Name", when=(paid,)),
        Question("payor_email", AnswerType.EMAIL, "E-mail", "E-mail", when=(paid,)),
    )
    forms = (
        FormSpec("a", "A", "1", (SignerRole.INSURED, SignerRole.AGENT)),
        FormSpec("p", "P", "1", (SignerRole.INSURED, SignerRole.PAYOR), when=(paid,)),
    )
    return Questionnaire("q", "Q", "1", forms, (Section("s", "S", "a", asked),))


def test_who_pays_signs_only_where_somebody_else_pays() -> None:
    made = _with_payor()
    told = {"payor_full_name": "Per Payer", "payor_email": "per@example.com"}
    others = {key: Answer(value) for key, value in (told | {"payment_payor": "other"}).items()}
    found = signers_of(made, others, ANNA, TODAY)
    assert list(found) == [SignerRole.INSURED, SignerRole.PAYOR, SignerRole.AGENT]
    assert found[SignerRole.PAYOR] == Person("Per Payer", "per@example.com", None)
    own = {"payment_payor": Answer("owner")}
    assert list(signers_of(made, own, ANNA, TODAY)) == [SignerRole.INSURED, SignerRole.AGENT]
