"""How far a part of an application is."""

from datetime import date

from megler.applications.rules.progress import Progress, progress, together
from megler.applications.rules.questionnaires import questionnaire
from megler.forms.rules.good_order import not_answered
from megler.forms.rules.questionnaire import Answer, asked

LIFE = questionnaire("life")
TODAY = date(2026, 11, 23)


def of_insured(**values: object) -> Progress:
    said = {key: Answer(value) for key, value in values.items()}
    section = next(s for s in LIFE.sections if s.key == "insured")
    questions = [q for q in section.questions if asked(LIFE, q, said)]
    return progress(questions, not_answered(LIFE, said, TODAY))


def test_an_answer_counts_once_it_is_whole() -> None:
    empty = of_insured()
    assert empty.answered == 0
    assert of_insured(insured_first_name="Kari").answered == 1
    half = of_insured(insured_address={"street": "1 Oak St"})
    assert (half.answered, half.needed) == (0, empty.needed)


def test_what_may_be_left_out_is_not_needed() -> None:
    assert of_insured(insured_middle_name="Nils") == of_insured()


def test_what_cannot_stand_is_answered_and_wrong() -> None:
    wrong = of_insured(insured_born="2031-01-01")
    assert (wrong.answered, wrong.wrong, wrong.is_done) == (1, 1, False)


def test_percent_says_all_only_when_nothing_is_left() -> None:
    assert Progress(999, 1000, 0).percent == 99
    assert Progress(0, 0, 0).percent == 100
    assert together([Progress(1, 2, 0), Progress(2, 3, 1)]) == Progress(3, 5, 1)
