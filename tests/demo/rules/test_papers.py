"""What stands on a paper, and what fills its fields."""

import pytest

from megler.demo.rules.papers.cells import ADDRESS, cells, span_of, spot
from megler.demo.rules.papers.fields import Fields, Widget, map_rows
from megler.demo.rules.papers.flowing import flow
from megler.demo.rules.papers.sheet import Letterhead, Look, sheet
from megler.forms.rules.questionnaire import AnswerType, FieldFill, Question
from tests.demo.formsets import checked
from tests.forms.asking import small

HEAD = Letterhead("Tundra Life", "Fargo")


def asked(kind: AnswerType, **more: object) -> Question:
    return Question("q", kind, "Question", "Question", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (AnswerType.TEXT, ["q"]),
        (AnswerType.SSN, ["q.area", "q.group", "q.serial"]),
        (AnswerType.HEIGHT, ["q.feet", "q.inches"]),
        (AnswerType.ADDRESS, [f"q.{part}" for part, *_ in ADDRESS]),
        (AnswerType.STATE, ["q"]),
    ],
)
def test_an_answer_has_a_field_for_each_part(kind: AnswerType, names: list[str]) -> None:
    fields = Fields()
    cells(spot(asked(kind)), fields, "Question")
    assert [place.name for place in fields.places] == names
    assert [fill.field for fill in fields.fills] == names


def test_numbers_that_are_kept_masked_are_printed_whole() -> None:
    fields = Fields()
    cells(spot(asked(AnswerType.ACCOUNT)), fields, "Account")
    cells(spot(asked(AnswerType.SSN)), fields, "SSN")
    assert [fill.format for fill in fields.fills] == [
        "full",
        "digits 1-3",
        "digits 4-5",
        "digits 6-9",
    ]
    assert [place.longest for place in fields.places] == [0, 3, 2, 4]


def test_long_questions_get_more_room_than_short_ones() -> None:
    assert span_of(asked(AnswerType.TEXT)) == 12
    assert span_of(asked(AnswerType.TEXT, half=True)) == 6
    assert span_of(Question("q", AnswerType.DATE, "D" * 60, "D")) > span_of(asked(AnswerType.DATE))


def test_yes_and_no_are_two_places_of_one_field() -> None:
    fields = Fields()
    blocks = flow(small(), [small().by_key["smokes"]], fields, {})
    assert blocks[0]["text"] == "1. Smokes?"
    assert [(p.name, p.widget, p.state) for p in fields.places] == [
        ("smokes", Widget.RADIO, "yes"),
        ("smokes", Widget.RADIO, "no"),
    ]
    assert fields.fills == [
        FieldFill("smokes", "smokes", value="yes"),
        FieldFill("smokes", "smokes", value="no"),
    ]


def test_what_is_asked_after_a_yes_stands_to_the_right_and_says_so() -> None:
    made = small()
    fields = Fields()
    questions = [made.by_key["smokes"], made.by_key["smokes_details"]]
    blocks = flow(made, questions, fields, {})
    assert [(b["shape"], b["level"]) for b in blocks] == [("ask", 0), ("lead", 1), ("row", 1)]
    assert blocks[1]["text"] == "If yes:"
    assert fields.places[-1].is_multiline


def test_a_list_has_as_many_rows_as_the_paper_has_room_for() -> None:
    made = small()
    fields = Fields()
    block = flow(made, [made.by_key["heirs"]], fields, {"heirs": 2})[0]
    assert (block["shape"], len(block["rows"])) == ("listing", 2)
    assert [place.name for place in fields.places] == [
        f"heirs.{n}.{key}" for n in (1, 2) for key in ("who", "class", "share")
    ]
    assert fields.fills[3] == FieldFill("heirs.2.who", "heirs", "who", 2)


def test_the_map_has_a_row_for_each_fill() -> None:
    fills = [
        FieldFill("a", "name"),
        FieldFill("b.1", "heirs", "who", 1),
        FieldFill("c", "s", value="yes"),
    ]
    assert map_rows(fills) == [
        ("a", "name", "", "", "", ""),
        ("b.1", "heirs", "who", 1, "", ""),
        ("c", "s", "", "", "yes", ""),
    ]


def test_every_signer_has_a_place_to_sign_and_the_carrier_a_place_of_its_own() -> None:
    made = checked("tundra-life/term-forms")[0].questionnaire
    form = made.form_by_key["application"]
    drawn = sheet(made, form, Look(has_office=True), HEAD, {})
    names = {place.name for place in drawn.places}
    for role in form.signers:
        assert {
            f"{word}.{role}" for word in ("signature", "signed_name", "signed_on", "signed_at")
        } <= names
    filled = {fill.field for fill in drawn.fills}
    assert names - filled == {name for name in names if name.startswith("office.")}


def test_a_paper_can_show_some_fields_of_a_list_again() -> None:
    made = checked("tundra-life/term-forms")[0].questionnaire
    form = made.form_by_key["replacement_ca"]
    look = Look(shows=("existing_cover:company,amount",), rows={"existing_cover": 1})
    drawn = sheet(made, form, look, HEAD, {})
    shown = [place.name for place in drawn.places if place.name.startswith("existing_cover")]
    assert shown == ["existing_cover.1.company", "existing_cover.1.amount"]
