"""What filling writes into a form's fields is read back as the same answers."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.documents.rules.pages import Widget
from megler.forms.rules.acroforms import FieldKind, PdfField
from megler.forms.rules.answers import read_answer
from megler.forms.rules.filling import filled
from megler.forms.rules.questionnaire import (
    Answer,
    AnswerType,
    FieldFill,
    FormSpec,
    Question,
    Questionnaire,
    Section,
    SignerRole,
)
from megler.forms.rules.reading_back import (
    ReadBack,
    address_in,
    as_on_form,
    empty_signatures,
    merged,
    read_back,
)

QUESTIONS = (
    Question("name", AnswerType.TEXT, "Name", "Name"),
    Question("born", AnswerType.DATE, "Born", "Born"),
    Question("ssn", AnswerType.SSN, "SSN", "SSN"),
    Question("smokes", AnswerType.YES_NO, "Smokes?", "Smokes"),
    Question("plan", AnswerType.CHOICE, "Plan", "Plan", choices=(("t10", "10"), ("t20", "20"))),
    Question("amount", AnswerType.MONEY, "Amount", "Amount"),
    Question("height", AnswerType.HEIGHT, "Height", "Height"),
    Question("home", AnswerType.ADDRESS, "Home", "Home"),
    Question("mail", AnswerType.ADDRESS, "Mail", "Mail"),
    Question(
        "riders", AnswerType.MANY, "Riders", "Riders",
        choices=(("waiver", "Waiver"), ("child", "Child"), ("adb", "Accident")),
    ),
    Question(
        "heirs", AnswerType.LIST, "Heirs", "Heirs",
        fields=(
            Question("who", AnswerType.TEXT, "Who", "Who"),
            Question("share", AnswerType.PERCENT, "Share", "Share"),
            Question("home", AnswerType.ADDRESS, "Home", "Home"),
        ),
    ),
)  # fmt: skip
BOX = PdfField
FIELDS = {
    name: PdfField(name, FieldKind.TEXT)
    for name in (
        "name", "born_m", "born_d", "born_y", "ssn_1", "ssn_2", "ssn_3", "plan", "amount", "feet",
        "inches", "street", "city", "state", "zip", "mail", "heir_1", "share_1", "heir_city_1",
        "heir_2", "share_2", "agent",
    )
} | {
    "smokes": PdfField("smokes", FieldKind.BOX, ("Y", "N")),
    "waiver": PdfField("waiver", FieldKind.BOX, ("Yes",)),
    "child": PdfField("child", FieldKind.BOX, ("On",)),
    "adb": PdfField("adb", FieldKind.TEXT),
}  # fmt: skip
FILLS = (
    FieldFill("name", "name"),
    FieldFill("born_m", "born", format="month"),
    FieldFill("born_d", "born", format="day"),
    FieldFill("born_y", "born", format="year"),
    FieldFill("ssn_1", "ssn", format="digits 1-3"),
    FieldFill("ssn_2", "ssn", format="digits 4-5"),
    FieldFill("ssn_3", "ssn", format="digits 6-9"),
    FieldFill("smokes", "smokes", value="yes", format="state Y"),
    FieldFill("smokes", "smokes", value="no", format="state N"),
    FieldFill("plan", "plan"),
    FieldFill("amount", "amount", format="amount"),
    FieldFill("feet", "height", format="feet"),
    FieldFill("inches", "height", format="inches"),
    FieldFill("street", "home", part="street"),
    FieldFill("city", "home", part="city"),
    FieldFill("state", "home", part="state"),
    FieldFill("zip", "home", part="zip"),
    FieldFill("mail", "mail"),
    FieldFill("waiver", "riders", value="waiver"),
    FieldFill("child", "riders", value="child"),
    FieldFill("adb", "riders", value="adb"),
    FieldFill("heir_1", "heirs", part="who", item=1),
    FieldFill("share_1", "heirs", part="share", item=1),
    FieldFill("heir_city_1", "heirs", part="home.city", item=1),
    FieldFill("heir_2", "heirs", part="who", item=2),
    FieldFill("share_2", "heirs", part="share", item=2),
    FieldFill("agent", "agent_npn"),
    FieldFill("sign", "signature.insured"),
    FieldFill("sign_owner", "signature.owner"),
)
FORM = FormSpec("application", "Application", "2026-01", (SignerRole.INSURED,), fills=FILLS)
SET = Questionnaire(
    "set", "Set", "2026-01", (FORM,), (Section("all", "All", "application", QUESTIONS),)
)
WHOLE: dict[str, Any] = {
    "name": "Kåre Ødegård",
    "born": "1979-02-01",
    "ssn": "078051121",
    "smokes": "no",
    "plan": "t20",
    "amount": "250000",
    "height": 71,
    "home": {"street": "1 Oak St", "city": "Addison", "state": "TX", "zip": "75001"},
    "mail": {
        "street": "2 Elm St",
        "unit": "Apt 4",
        "city": "Austin",
        "state": "TX",
        "zip": "78701",
    },
    "riders": ["waiver", "adb"],
    "heirs": [
        {"who": "Ola Hope", "share": "60", "home": {"city": "Waco"}},
        {"who": "Eva Hope", "share": "40"},
    ],
}


def widgets(values: dict[str, str]) -> list[Widget]:
    box = (0.0, 0.0, 1.0, 1.0)
    return [Widget(1, name, "text", text, box) for name, text in values.items()]


def through(values: dict[str, Any]) -> ReadBack:
    """What is read back when a form is filled with these values."""
    answers = {key: Answer(value) for key, value in values.items()}
    made = filled(SET, FORM, FIELDS, answers, {"agent_npn": "4711"})
    assert made.continued == ()
    return read_back(SET, FORM, widgets(dict(made.values)))


def read(found: ReadBack) -> dict[str, Any]:
    kept = {}
    for key, raw in found.raws.items():
        value, problems = read_answer(SET.by_key[key], raw)
        assert problems == [], (key, raw)
        kept[key] = value
    return kept


def test_a_filled_form_is_read_back_whole() -> None:
    found = through(WHOLE)
    assert read(found) == WHOLE
    assert found.head == {"agent_npn": "4711"}
    assert found.leftovers == ()
    assert found.differ == {}


@given(st.sets(st.sampled_from(sorted(WHOLE))))
def test_what_is_left_out_is_not_made_up(keys: set[str]) -> None:
    some = {key: WHOLE[key] for key in keys}
    assert read(through(some)) == some


def test_what_is_no_answer_is_left_over_by_name() -> None:
    found = read_back(
        SET,
        FORM,
        widgets(
            {"name": "see continuation", "office_use": "42", "mail": "•••-••-1121", "smokes": "Z"}
        ),
    )
    assert found.raws == {}
    assert [(left.field, left.why) for left in found.leftovers] == [
        ("name", "continued"),
        ("office_use", "unknown_field"),
        ("mail", "masked"),
        ("smokes", "unknown_field"),
    ]


def test_forms_that_differ_are_told_and_the_first_counts() -> None:
    one = read_back(SET, FORM, widgets({"name": "Kari Hope", "street": "1 Oak St"}))
    other = read_back(SET, FORM, widgets({"name": "Karin Hope", "city": "Addison"}))
    same = read_back(SET, FORM, widgets({"name": "KARI HOPE"}))
    found = merged([one, other, same])
    assert found.raws == {"name": "Kari Hope", "home": {"street": "1 Oak St", "city": "Addison"}}
    assert found.differ == {"name": ("Kari Hope", "Karin Hope")}


def test_signature_fields_with_nothing_in_them_are_found() -> None:
    assert empty_signatures(FORM, widgets({"sign": "", "sign_owner": "signed"})) == {
        "insured": ("sign",)
    }


@pytest.mark.parametrize("text", ["somewhere", "a, b, c, d, e, f", "", "1 Oak St, Addison"])
def test_what_is_no_address_stays_a_text(text: str) -> None:
    assert address_in(text) == text


@given(st.dictionaries(st.sampled_from([*FIELDS, "x"]), st.text(max_size=40)))
def test_whatever_stands_in_the_fields_is_read_without_failing(values: dict[str, str]) -> None:
    for key, raw in read_back(SET, FORM, widgets(values)).raws.items():
        read_answer(SET.by_key[key], raw)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("born_1", "born_1"),
        ("form1[0].#subform[1].born[0]", "born"),
        ("packet.signature.insured", "signature.insured"),
        ("signature.insured#2", "signature.insured"),
        ("born_2", "born"),
        ("newborn", "newborn"),
        ("packet.other", "packet.other"),
    ],
)
def test_a_field_that_another_program_named_anew_is_known_again(name: str, own: str) -> None:
    widget = Widget(1, name, "text", "x", (0, 0, 1, 1))
    (found,) = as_on_form([widget], {"born", "born_1", "signature.insured"})
    assert found.name == own
