"""An entry's own words answer the questions of the guide, and what they deny is denied."""

import pytest

from megler.carriers.rules.ratings import Question, QuestionType
from megler.underwriting.rules.whens import Answer, OneOf
from megler.underwriting.rules.worded import answer_in_words

SEVERITY = Question(
    "x", "severity", QuestionType.CHOICE, "", ("mild", "moderate", "very_severe", "severe")
)
STAGE = Question("x", "stage", QuestionType.CHOICE, "", ("0", "I", "II", "IIB", "III"))
SURGERY = Question("x", "surgery", QuestionType.FLAG, "")


@pytest.mark.parametrize(
    ("asked", "words", "answer"),
    [
        (SEVERITY, "asthma, mild", "mild"),
        (
            SEVERITY,
            "bronchiectasis, Mild-Moderate, no surgery",
            OneOf(frozenset({"mild", "moderate"})),
        ),
        (SEVERITY, "very severe asthma", "very_severe"),
        (SEVERITY, "asthma, not severe", None),
        (SEVERITY, "mildew", None),
        (STAGE, "colon cancer stage II", "II"),
        (STAGE, "Breast Cancer, Stage IIB", "IIB"),
        (STAGE, "I had breast cancer, 0 nodes", None),
        (SURGERY, "bronchiectasis, no surgery", False),
        (SURGERY, "septal defect after surgery", True),
        (SURGERY, "never had surgery", False),
        (SURGERY, "septal defect", None),
    ],
)
def test_words_answer(asked: Question, words: str, answer: Answer) -> None:
    assert answer_in_words(asked, words) == answer
