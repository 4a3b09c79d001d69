"""What of a stranger's application is wrong for certain, and what must be seen by eye."""

from dataclasses import replace
from datetime import date

import pytest

from megler.applications.rules.scrubbing import (
    PieceSeen,
    forms_missing,
    judged,
    listed,
    not_judged,
    pieces_problems,
    signatures_lacking,
)
from megler.applications.rules.uploads import Signed
from megler.forms.rules.good_order import Missing
from megler.forms.rules.questionnaire import (
    AskedOf,
    FieldFill,
    FormSpec,
    Questionnaire,
    SignerRole,
)
from megler.forms.rules.reading_back import Leftover, ReadBack
from megler.forms.rules.recognising import Piece, Recognition
from megler.vocabulary.problems import Problem, Severity

TODAY = date(2026, 11, 23)
FORM = FormSpec(
    "form", "Application", "2026-01", (SignerRole.INSURED,), number="F-1",
    fills=(FieldFill("name", "name"),),
)  # fmt: skip
OTHER = FormSpec("other", "HIPAA", "2026-01", (SignerRole.INSURED,), number="F-2")
PIECE = Piece("form", "F-1", "2026-01", 2, {1: 1, 2: 2}, known="2026-01")
ASKED = Questionnaire("q", "Q", "1", (FORM, OTHER), ())


def seen(piece: Piece = PIECE, is_read: bool = True, **signed: Signed) -> PieceSeen:
    return PieceSeen(piece, FORM, is_read, signed)


def missing(question: str, form: str = "form", code: str = "answer_missing") -> Missing:
    return Missing(Problem(code, question), form, "s", question, AskedOf.AGENT, question)


def codes(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(one.code, one.found) for one in problems]


def test_a_whole_form_of_the_edition_in_use_is_in_order() -> None:
    assert pieces_problems([seen()], TODAY) == []


def test_everything_wrong_with_pages_is_told() -> None:
    piece = replace(
        PIECE, edition="2020-01", at={2: 1, 3: 4, 1: 6}, pages=5, missing=(4, 5), doubled=(7,),
        turned=(1,),
    )  # fmt: skip
    found = pieces_problems([seen(piece)], TODAY)
    assert codes(found) == [
        ("scrub_form_stale", "2020-01"),
        ("scrub_pages_missing", "4"),
        ("scrub_pages_missing", "5"),
        ("scrub_pages_doubled", "7"),
        ("scrub_pages_turned", "1"),
        ("scrub_out_of_order", "6, 1, 4"),
    ]
    assert [one.severity for one in found[3:]] == [Severity.WARNING] * 3


@pytest.mark.parametrize(
    ("edition", "until", "code"),
    [
        ("2025-01", date(2026, 12, 31), "scrub_form_older"),
        ("2025-01", date(2026, 6, 30), "scrub_form_stale"),
        ("2027-01", date(2026, 12, 31), "scrub_form_stale"),
        ("2025-01", None, "scrub_form_stale"),
    ],
)
def test_an_older_edition_may_be_taken_for_some_time(
    edition: str, until: date | None, code: str
) -> None:
    one = PieceSeen(replace(PIECE, edition=edition), replace(FORM, earlier_until=until), True, {})
    assert [problem.code for problem in pieces_problems([one], TODAY)] == [code]


def test_forms_that_are_needed_and_not_there_are_told() -> None:
    assert codes(forms_missing([FORM, OTHER], [seen()])) == [("scrub_form_missing", "F-2")]


def test_signatures_of_those_who_sign_here() -> None:
    one = seen(insured=Signed.EMPTY, owner=Signed.EMPTY, agent=Signed.UNJUDGED)
    empty, unjudged = signatures_lacking([one], ["insured", "agent"])
    assert (codes(empty), codes(unjudged)) == (
        [("scrub_unsigned", "insured")],
        [("scrub_signature_unjudged", "agent")],
    )


def test_a_question_is_missing_for_certain_only_where_its_field_was_read() -> None:
    wrong = [missing("name"), missing("born"), missing("mail", code="not_an_email")]
    wrong += [missing("physician", "other")]
    certain, told = judged(ASKED, wrong, [seen()])
    assert [one.question for one in certain] == ["name", "mail"]
    assert codes(told) == [("scrub_not_on_paper", "1")]
    certain, told = judged(ASKED, wrong, [seen(is_read=False)])
    assert [one.question for one in certain] == ["mail"]
    assert codes(told) == [("scrub_unreadable", "")]


def test_what_nobody_can_say_anything_about_is_told() -> None:
    recognition = Recognition((replace(PIECE, key="", number="ZZ"),), unknown=(1, 2), unread=(9,))
    read = ReadBack(
        leftovers=(
            Leftover("a", "x", "unknown_field"),
            Leftover("b", "•••", "masked"),
            Leftover("c", "see continuation", "continued"),
        )
    )
    assert codes(not_judged(recognition, read)) == [
        ("scrub_pages_unknown", "1–2"),
        ("scrub_pages_unread", "9"),
        ("scrub_form_foreign", "2026-01"),
        ("scrub_leftover", "2"),
        ("scrub_continued", "1"),
    ]


def test_pages_are_listed_in_runs() -> None:
    assert listed([]) == ""
    assert listed([1, 2, 3, 7, 9, 10]) == "1–3, 7, 9–10"
