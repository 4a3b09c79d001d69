"""Signed by hand: printed here, scanned, and counted only on the papers as they stand."""

import io
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from pypdf import PdfReader, PdfWriter

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.holding import papers_for, signed
from megler.applications.actions.signing_uploads import (
    printed_to_sign,
    sign_from_upload,
    waiting_to_sign,
)
from megler.applications.actions.starting import start_from_quote
from megler.applications.actions.uploading import upload
from megler.applications.models import Application
from megler.applications.models_uploads import Upload
from megler.documents.actions import Sent
from megler.documents.looking import look
from megler.forms.actions.stamping import places_in
from megler.forms.models import Paper
from megler.forms.rules.questionnaire import SignerRole
from megler.quoting.models import Quote
from megler.vocabulary.problems import Refused
from tests.applications.papers import WHOLE, paper, publish
from tests.documents.sheets import box_of, scan
from tests.form_sets import acroform

ANSWERS = {
    "insured_first_name": "Kari",
    "insured_last_name": "Hope",
    "insured_email": "kari@example.com",
    "insured_ssn": "078-05-1121",
    "takes_medication": "no",
}
INSURED = SignerRole.INSURED


@pytest.fixture
def held(agent_user: User, quote: Quote) -> Application:
    """Complete, on the carrier's forms: an application of two pages, signed on the second."""
    publish()
    started = start_from_quote(agent_user, quote, 0)
    return answer(agent_user, started, ANSWERS, started.version).application


def put(person: User, held: Application, content: bytes) -> Upload:
    return upload(person, held, [Sent("scan.pdf", content)])[0]


def codes(
    person: User, one: Upload, role: SignerRole = INSURED, compared: bool = False
) -> list[str]:
    with pytest.raises(Refused) as refused:
        sign_from_upload(person, one, role, compared=compared)
    return [problem.code for problem in refused.value.problems]


def only_page(content: bytes, number: int) -> bytes:
    writer = PdfWriter()
    writer.add_page(PdfReader(io.BytesIO(content)).pages[number - 1])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_what_was_printed_here_and_signed_by_hand_counts(
    agent_user: User, held: Application
) -> None:
    printed = printed_to_sign(agent_user, held)
    assert waiting_to_sign(held) == {INSURED: "Kari Hope", SignerRole.AGENT: "Anna Berg"}
    one = put(agent_user, held, scan(printed, turned=180, ink={2: box_of(0)}))
    (piece,) = one.found["pieces"]
    assert (piece["is_printed"], piece["signed"]) == (True, {"insured": "signed", "agent": "empty"})
    request = sign_from_upload(agent_user, one, INSURED)
    assert list(signed(held)) == [INSURED]
    assert [made.form_key for made in request.papers.all()] == ["application"]
    assert codes(agent_user, one, SignerRole.AGENT) == ["scan_not_signed"]
    one.refresh_from_db()
    assert one.signed == ["insured"]


def test_a_printing_that_came_back_as_a_file_is_known_too(
    agent_user: User, held: Application
) -> None:
    one = put(agent_user, held, printed_to_sign(agent_user, held))
    (piece,) = one.found["pieces"]
    assert (piece["is_printed"], piece["edition"]) == (True, piece["known"])
    assert codes(agent_user, one) == ["scan_not_signed"]


def test_an_older_printing_does_not_count(agent_user: User, held: Application) -> None:
    printed = printed_to_sign(agent_user, held)
    answer(agent_user, held, {"insured_first_name": "Karin"}, held.version)
    one = put(agent_user, held, scan(printed, ink={2: box_of(0)}))
    assert codes(agent_user, one) == ["paper_not_current"]
    assert codes(agent_user, one, compared=True) == ["paper_not_current"]


def test_missing_pages_and_empty_boxes_are_named(agent_user: User, held: Application) -> None:
    printed = printed_to_sign(agent_user, held)
    half = put(agent_user, held, only_page(scan(printed, ink={2: box_of(0)}), 2))
    assert codes(agent_user, half) == ["scan_pages_missing"]
    empty = put(agent_user, held, scan(printed))
    assert codes(agent_user, empty) == ["scan_not_signed"]
    assert signed(held) == {}


def test_a_form_filled_elsewhere_counts_when_somebody_compared_it(
    agent_user: User, held: Application
) -> None:
    one = put(agent_user, held, scan(paper(WHOLE), ink={2: box_of(0)}))
    assert codes(agent_user, one) == ["paper_not_compared"]
    sign_from_upload(agent_user, one, INSURED, compared=True)
    assert list(signed(held)) == [INSURED]


def test_nothing_that_is_signed_is_told(
    agent_user: User, stranger: User, held: Application
) -> None:
    one = put(agent_user, held, paper(number="ZZ-9"))
    assert codes(agent_user, one, compared=True) == ["paper_not_there"]
    assert codes(stranger, one) == ["not_allowed"]


def test_a_paper_of_ours_says_itself_where_it_is_signed(
    agent_user: User, complete: Application
) -> None:
    printed = printed_to_sign(agent_user, complete)
    places = dict(places_in(printed_paper(agent_user, complete)))
    place = places["signature.insured"]
    box = (place.x, place.y, place.x + place.width, place.y + place.height)
    first = papers_for(complete, INSURED, agent_user.actor())[0].document.pages
    assert place.page + 1 <= first
    one = put(agent_user, complete, scan(printed, ink={place.page + 1: box}))
    by_form = {piece["form"]: piece["signed"] for piece in one.found["pieces"]}
    assert by_form["application"]["insured"] == "signed"
    assert {
        shows["insured"]
        for key, shows in by_form.items()
        if key != "application" and "insured" in shows
    } <= {"empty"}
    assert len(look(printed).pages) == sum(p.document.pages for p in Paper.objects.all())


def printed_paper(person: User, held: Application) -> bytes:
    first = papers_for(held, INSURED, person.actor())[0]
    assert first.form_key == "application"
    return first.document.read()


def test_what_is_printed_shows_the_answers(agent_user: User, quote: Quote) -> None:
    publish({"pdf/application.pdf": acroform()})
    started = start_from_quote(agent_user, quote, 0)
    held = answer(agent_user, started, ANSWERS, started.version).application
    (page,) = look(printed_to_sign(agent_user, held)).pages
    words = " ".join(page.lines)
    assert all(answered in words for answered in ("Kari", "HOPE", "078-05-1121"))


@pytest.mark.django_db(transaction=True)
def test_no_answer_changes_between_looking_at_the_scan_and_counting_it(
    agent_user: User, held: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    from megler.applications.actions import signing_uploads

    one = put(agent_user, held, scan(printed_to_sign(agent_user, held), ink={2: box_of(0)}))
    count, free = vars(signing_uploads)["sign_on_paper"], []

    def somebody_else() -> None:
        with transaction.atomic():
            rows = Application.objects.filter(pk=held.pk)
            free.append(rows.select_for_update(no_key=True, skip_locked=True).exists())
        connection.close()

    def after_looking(*given: Any, **named: Any) -> Any:
        other = Thread(target=somebody_else)
        other.start()
        other.join()
        return count(*given, **named)

    monkeypatch.setattr(signing_uploads, "sign_on_paper", after_looking)
    sign_from_upload(agent_user, one, INSURED)
    assert free == [False]
