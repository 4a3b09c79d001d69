"""What carriers ask of an entry is asked once, what decides for most first."""

from megler.carriers.rules.ratings import Listed, Question, QuestionType
from megler.underwriting.rules.asked_about import asked_about, asked_of_person, is_recognised
from tests.underwriting.guides import guide
from tests.underwriting.rated_guides import IMPAIRMENTS, QUESTIONS, rated_guide

OTHER = guide(
    impairments=IMPAIRMENTS,
    questions=(
        Question("diabetes_type_2", "retinopathy", QuestionType.FLAG, "Eyes?"),
        Question("diabetes_type_2", "a1c", QuestionType.NUMBER, "A1c?"),
        Question("asthma", "severity", QuestionType.CHOICE, "How bad?", ("mild", "extreme")),
    ),
)


def test_questions_of_several_guides_are_one_by_their_key() -> None:
    asked = asked_about([rated_guide(), OTHER], Listed.CONDITIONS, "T2 diabetes type 2")
    assert [one.key for one in asked] == ["a1c", "retinopathy", "ulcer"]
    assert asked[0].text == QUESTIONS[0].text


def test_the_values_of_a_choice_are_those_of_every_guide() -> None:
    (asked,) = asked_about([rated_guide(), OTHER], Listed.CONDITIONS, "asthma")
    assert asked.values == ("mild", "moderate", "severe", "extreme")


def test_what_no_guide_knows_is_said() -> None:
    assert is_recognised([rated_guide()], Listed.CONDITIONS, "asthma")
    assert not is_recognised([rated_guide()], Listed.CONDITIONS, "blue skin of the moon")


def test_what_is_asked_of_the_person_is_asked_once() -> None:
    of_person = Question(None, "bankrupt", QuestionType.FLAG, "Ever bankrupt?")
    guides = [
        guide(questions=(of_person, *QUESTIONS)),
        guide(questions=(of_person,)),
        rated_guide(),
    ]
    assert [one.key for one in asked_of_person(guides)][:1] == ["bankrupt"]
    assert all(q.impairment for q in QUESTIONS) is (len(asked_of_person(guides)) == 1)
