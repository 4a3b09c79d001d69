"""A drug without the condition it is usually taken for is asked about."""

from megler.forms.rules.medication import medication_explained
from megler.forms.rules.questionnaire import (
    AnswerType,
    FormSpec,
    Question,
    Questionnaire,
    Section,
)
from megler.vocabulary.problems import Severity

KEYS = {"list": "medications", "field": "name"}
ASKED = Questionnaire(
    "q", "Q", "1",
    (FormSpec("a", "A", "1", ()),),
    (
        Section("s", "S", "a", (
            Question("pressure", AnswerType.YES_NO, "Pressure?", "P", conditions=("hypertension",)),
            Question("other", AnswerType.LONG_TEXT, "Anything else?", "O"),
            Question("medications", AnswerType.LIST, "Drugs", "Drug", fields=(
                Question("name", AnswerType.DRUG, "Drug", "Drug"),
                Question("reason", AnswerType.TEXT, "Reason", "Reason"),
            )),
        )),
    ),
)  # fmt: skip


def _told(**values: object) -> list[str]:
    return [
        f"{problem.where} {problem.found}"
        for problem in medication_explained(ASKED, values, KEYS)
        if problem.severity is Severity.WARNING
    ]


def test_a_drug_whose_condition_nobody_told_is_named() -> None:
    assert _told(medications=[{"name": "lisinopril"}]) == ["medications[0].name lisinopril"]
    told = _told(pressure="no", medications=[{"name": "vitamin drops"}, {"name": "Zestril"}])
    assert told == ["medications[1].name Zestril"]


def test_a_yes_to_the_question_about_it_explains_it() -> None:
    assert _told(pressure="yes", medications=[{"name": "lisinopril"}]) == []


def test_a_reason_or_a_text_that_names_it_explains_it() -> None:
    assert _told(medications=[{"name": "lisinopril", "reason": "high blood pressure"}]) == []
    assert _told(other="hypertension since 2019", medications=[{"name": "lisinopril"}]) == []


def test_another_condition_does_not_explain_it() -> None:
    told = _told(other="broken arm", medications=[{"name": "metformin", "reason": "arm"}])
    assert told == ["medications[0].name metformin"]


def test_a_drug_that_nobody_knows_contradicts_nothing() -> None:
    assert _told(medications=[{"name": "grandmother's drops"}, {}]) == []
