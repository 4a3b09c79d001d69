"""What goes into which field, in which words, and what goes onto the continuation."""

from typing import Any

import pytest

from megler.forms.rules.acroforms import FieldKind, PdfField
from megler.forms.rules.appearances import Room
from megler.forms.rules.filling import CONTINUED, Filled, filled, fits, is_format, written
from megler.forms.rules.questionnaire import Answer, AnswerType, FieldFill, Question
from megler.forms.rules.reading import read_questionnaire
from tests.forms.asking import PARTS, SMALL

LINE = PdfField("line", FieldKind.TEXT, room=Room(120, 14, 9))
SHORT = PdfField("short", FieldKind.TEXT, longest=2, room=Room(40, 14, 9))
BOX = PdfField("box", FieldKind.BOX, ("Yes",))
RADIO = PdfField("radio", FieldKind.BOX, ("yes", "no"))
FIELDS = {field.name: field for field in (LINE, SHORT, BOX, RADIO)}
HEAD = {"agent_name": "Sol Vik", "insured_name": "Kari"}


def asked(kind: AnswerType, **more: Any) -> Question:
    return Question("q", kind, "Question", "Question", **more)


@pytest.mark.parametrize(
    ("kind", "value", "how", "text"),
    [
        (AnswerType.DATE, "1979-02-11", "", "02/11/1979"),
        (AnswerType.DATE, "1979-02-11", "month", "02"),
        (AnswerType.DATE, "1979-02-11", "day", "11"),
        (AnswerType.DATE, "1979-02-11", "year", "1979"),
        (AnswerType.DATE, "1979-02-11", "iso", "1979-02-11"),
        (AnswerType.SSN, "078051121", "", "•••-••-1121"),
        (AnswerType.SSN, "078051121", "full", "078-05-1121"),
        (AnswerType.SSN, "078051121", "digits 4-5", "05"),
        (AnswerType.ACCOUNT, "123456789", "full", "123456789"),
        (AnswerType.ACCOUNT, "123456789", "", "•••• 6789"),
        (AnswerType.TAX_ID, "123456789", "full", "12-3456789"),
        (AnswerType.MONEY, "250000", "", "$250,000"),
        (AnswerType.MONEY, "250000.5", "amount", "250,000.50"),
        (AnswerType.PHONE, "5125550142", "", "512-555-0142"),
        (AnswerType.PHONE, "5125550142", "digits 1-3", "512"),
        (AnswerType.HEIGHT, 65, "feet", "5"),
        (AnswerType.HEIGHT, 65, "inches", "5"),
        (AnswerType.STATE, "TX", "upper", "TEXAS"),
        (AnswerType.YES_NO, "yes", "", "Yes"),
    ],
)
def test_an_answer_is_written_as_its_format_says(
    kind: AnswerType, value: object, how: str, text: str
) -> None:
    assert is_format(how)
    assert written(asked(kind), value, how) == text


@pytest.mark.parametrize("how", ["digits", "digits 0-3", "Full", "state", "ISO"])
def test_other_formats_are_none(how: str) -> None:
    assert not is_format(how)


@pytest.mark.parametrize(
    ("field", "text", "does"),
    [
        (LINE, "Kari Nordmann", True),
        (LINE, "a name that is far too long for its line", False),
        (LINE, "two\nlines", False),
        (LINE, "Łukasz", False),
        (SHORT, "TX", True),
        (SHORT, "TEX", False),
        (PdfField("any", FieldKind.TEXT), "x" * 500, True),
    ],
)
def test_a_text_fits_by_letters_length_and_room(field: PdfField, text: str, does: bool) -> None:
    assert fits(field, text) is does


def fill(fills: list[FieldFill], answers: dict[str, Any]) -> Filled:
    made, problems = read_questionnaire(SMALL, PARTS)
    assert made, problems
    from dataclasses import replace

    form = replace(made.forms[0], pdf="pdf/a.pdf", fills=tuple(fills))
    given = {key: Answer(value) for key, value in answers.items()}
    return filled(made, form, FIELDS, given, HEAD)


def test_head_answers_and_ticks_are_filled_and_signatures_left() -> None:
    found = fill(
        [
            FieldFill("line", "agent_name"),
            FieldFill("radio", "smokes", value="yes"),
            FieldFill("radio", "smokes", value="no"),
            FieldFill("short", "signature.insured"),
        ],
        {"smokes": "no", "name": "Kari"},
    )
    assert found == Filled({"line": "Sol Vik", "radio": "no"}, ())


def test_a_box_takes_the_state_that_it_has() -> None:
    assert fill([FieldFill("box", "smokes", value="yes")], {"smokes": "yes"}).values == {
        "box": "Yes"
    }
    assert fill([FieldFill("box", "smokes", value="yes")], {"smokes": "no"}).values == {}
    named = [FieldFill("radio", "smokes", value="yes", format="state no")]
    assert fill(named, {"smokes": "yes"}).values == {"radio": "no"}


@pytest.mark.parametrize("name", ["Łukasz Żak", "A name that does not fit the line by far"])
def test_what_does_not_fit_goes_onto_the_continuation(name: str) -> None:
    found = fill([FieldFill("line", "name")], {"name": name})
    assert found == Filled({"line": CONTINUED}, ("name",))
    found = fill([FieldFill("short", "name")], {"name": name})
    assert found == Filled({"short": "*"}, ("name",))


def test_items_beyond_the_last_row_go_onto_the_continuation() -> None:
    heirs = [{"who": f"Heir {n}", "class": "primary", "share": "50"} for n in (1, 2)]
    one = [FieldFill("line", "heirs", "who", 1)]
    assert fill(one, {"heirs": heirs}) == Filled({"line": "Heir 1"}, ("heirs",))
    assert fill(one, {"heirs": heirs[:1]}) == Filled({"line": "Heir 1"}, ())
    second = [FieldFill("line", "heirs", "who", 2)]
    assert fill(second, {"heirs": heirs[:1]}) == Filled({}, ())


def test_an_answer_to_what_is_not_asked_is_not_printed() -> None:
    made, _ = read_questionnaire(SMALL, PARTS)
    assert made
    hidden = next(q for _, q in made.questions() if q.when)
    gate = hidden.when[0].question
    found = fill([FieldFill("line", hidden.key)], {gate: "no", hidden.key: "told before"})
    assert found.values == {}
