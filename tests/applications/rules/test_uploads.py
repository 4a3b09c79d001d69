"""Paper beside what is known: taken over, the same, or otherwise; signed, empty, or for the eye."""

from typing import Any

import pytest

from megler.applications.rules.uploads import (
    Place,
    PlaceSeen,
    Signed,
    compared,
    places_seen,
    places_to_sign,
    roles_signed,
    where_to_look,
)
from megler.documents.rules.pages import Code, FileFacts, PageFacts, Widget
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
from megler.forms.rules.recognising import Piece

QUESTIONS = (
    Question("name", AnswerType.TEXT, "Name", "Name"),
    Question("amount", AnswerType.MONEY, "Amount", "Amount", locked=True),
    Question("home", AnswerType.ADDRESS, "Home", "Home"),
    Question(
        "heirs", AnswerType.LIST, "Heirs", "Heirs",
        fields=(Question("who", AnswerType.TEXT, "Who", "Who"),
                Question("share", AnswerType.PERCENT, "Share", "Share")),
    ),
    Question("riders", AnswerType.MANY, "Riders", "Riders", choices=(("a", "A"), ("b", "B"))),
)  # fmt: skip
FORM = FormSpec(
    "form",
    "Form",
    "1",
    (SignerRole.INSURED, SignerRole.AGENT),
    fills=(FieldFill("sign", "signature.insured"), FieldFill("agent_sign", "signature.agent")),
)
ASKED = Questionnaire("q", "Q", "1", (FORM,), (Section("s", "S", "form", QUESTIONS),))
BOX = (100.0, 50.0, 300.0, 80.0)
PLACES = (
    Place("insured", "sign", 2, BOX, 612, 792),
    Place("agent", "agent_sign", 2, BOX, 612, 792),
)
PIECE = Piece("form", "F-1", "1", 2, {1: 3, 2: 4})


def given(**values: Any) -> dict[str, Answer]:
    return {key: Answer(value) for key, value in values.items()}


@pytest.mark.parametrize(
    ("here", "raw", "new", "same", "differ"),
    [
        ({}, {"name": "Kari"}, {"name"}, 0, set()),
        ({"name": "Kari Hope"}, {"name": "KARI  HOPE"}, set(), 1, set()),
        ({"name": "Kari"}, {"name": "Karin"}, set(), 0, {"name"}),
        ({"amount": "250000"}, {"amount": "$250,000.00"}, set(), 1, set()),
        ({"amount": "250000"}, {"amount": "300,000"}, set(), 0, {"amount"}),
        ({}, {"amount": "300,000"}, set(), 0, {"amount"}),
        ({"home": {"street": "1 Oak St", "unit": "4", "city": "Addison"}},
         {"home": {"street": "1 OAK ST"}}, set(), 1, set()),
        ({"heirs": [{"who": "Ola", "share": "100"}]}, {"heirs": [{"who": "Ola"}]}, set(), 1, set()),
        ({"heirs": [{"who": "Ola"}]}, {"heirs": [{"who": "Ola"}, {"who": "Eva"}]}, set(), 0,
         {"heirs"}),
        ({"riders": ["a", "b"]}, {"riders": ["b", "a"]}, set(), 1, set()),
        ({"name": "Kari"}, {"unheard_of": "x", "name": ""}, set(), 0, set()),
        ({"home": {"city": "Waco"}}, {"home": "somewhere"}, set(), 0, {"home"}),
    ],
)  # fmt: skip
def test_paper_is_laid_beside_what_is_known(
    here: dict[str, Any], raw: dict[str, Any], new: set[str], same: int, differ: set[str]
) -> None:
    found = compared(ASKED, given(**here), raw)
    assert (set(found.new), found.same, {d.question for d in found.differ}) == (new, same, differ)


def test_what_was_typed_and_cannot_be_read_is_not_overwritten() -> None:
    found = compared(ASKED, {"name": Answer(None, raw="???")}, {"name": "Kari"})
    assert (found.new, [d.value for d in found.differ]) == ({}, ["Kari"])


def test_a_locked_answer_differs_and_says_that_it_is_locked() -> None:
    (difference,) = compared(ASKED, given(amount="1"), {"amount": "2"}).differ
    assert difference.is_locked


def test_places_to_sign_are_those_of_the_empty_form() -> None:
    widgets = (Widget(2, "sign", "signature", "", BOX), Widget(1, "name", "text", "", BOX))
    empty = FileFacts((PageFacts(1, 612, 792), PageFacts(2, 612, 792)), widgets)
    assert places_to_sign(FORM, empty) == (PLACES[0],)


def test_a_place_is_looked_for_where_its_page_is_grown_and_turned_with_it() -> None:
    upright = {4: PageFacts(4, 1224, 1584)}
    assert where_to_look(PIECE, PLACES[:1], upright) == {"sign": (4, 0, (200, 100, 600, 160))}
    lying = {4: PageFacts(4, 792, 612, codes=(Code("x", 90),), is_picture=True)}
    assert where_to_look(PIECE, PLACES[:1], lying) == {"sign": (4, 90, BOX)}
    half = Piece("form", "F-1", "1", 2, {1: 3}, missing=(2,))
    assert where_to_look(half, PLACES, upright) == {}


@pytest.mark.parametrize(
    ("value", "ink", "shows"),
    [
        ("signed", {}, Signed.SIGNED),
        ("", {"sign": 0.05}, Signed.SIGNED),
        ("", {"sign": 0.024}, Signed.EMPTY),
        ("", {}, Signed.UNJUDGED),
    ],
)
def test_a_place_is_signed_when_filled_or_darker_than_on_the_empty_form(
    value: str, ink: dict[str, float], shows: Signed
) -> None:
    widgets = [Widget(4, "sign", "signature", value, BOX)]
    (seen,) = places_seen(PIECE, PLACES[:1], widgets, ink, {"sign": 0.02})
    assert seen == PlaceSeen("insured", "sign", 4, shows)


def test_a_role_has_signed_when_every_place_of_it_is_signed() -> None:
    def at(role: str, shows: Signed) -> PlaceSeen:
        return PlaceSeen(role, "x", 1, shows)

    both = [at("insured", Signed.SIGNED), at("insured", Signed.EMPTY), at("agent", Signed.SIGNED)]
    assert roles_signed(FORM, both) == {"insured": Signed.EMPTY, "agent": Signed.SIGNED}
    assert roles_signed(FORM, both[:1])["agent"] is Signed.UNJUDGED
