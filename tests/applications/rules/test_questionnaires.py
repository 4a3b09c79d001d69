"""The questionnaires that come with the product are whole."""

import pytest

from megler.applications.rules.questionnaires import questionnaire, questionnaire_key, texts
from megler.forms.rules.questionnaire import SignerRole
from megler.vocabulary.codes import Line


@pytest.mark.parametrize("key", sorted({questionnaire_key(line) for line in Line}))
def test_every_questionnaire_reads_and_every_form_is_signed_by_the_agent_or_the_insured(
    key: str,
) -> None:
    made = questionnaire(key)
    assert 45 <= len(list(made.questions())) <= 130
    for form in made.forms:
        assert {SignerRole.INSURED, SignerRole.AGENT} & set(form.signers)
        assert form.statements


def test_the_health_form_asks_no_medical_question() -> None:
    keys = {q.key for _, q in questionnaire("health").questions()}
    assert not any(key.startswith("med_") for key in keys)


def test_every_line_of_business_has_a_questionnaire() -> None:
    assert questionnaire_key("whole_life") == "life"
    assert questionnaire_key("group_term_life") == "group_life"
    assert questionnaire_key(Line.ANNUITY) == "annuity"


def test_an_annuity_asks_for_suitability_and_nothing_medical() -> None:
    made = questionnaire("annuity")
    assert "suitability" in {form.key for form in made.forms}
    assert not any(key.startswith("med_") for key in made.by_key)


def test_an_unknown_questionnaire_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        questionnaire("nothing")


def test_every_text_can_be_translated() -> None:
    found = texts()
    assert len(found) == len(set(found)) > 200
    assert "Proposed insured" in found


def test_secret_numbers_are_asked_of_the_client() -> None:
    made = questionnaire("life")
    assert made.by_key["insured_ssn"].asked_of.value == "client"
    assert made.by_key["bank_account"].asked_of.value == "client"
