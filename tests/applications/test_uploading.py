"""Files put to an application are sorted, read and compared; nothing is overwritten by itself."""

from pathlib import Path
from typing import Any

import pytest

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.starting import start_from_quote
from megler.applications.actions.submitting import withdraw
from megler.applications.actions.uploading import (
    assign_pages,
    decide,
    differences,
    read_upload,
    upload,
)
from megler.applications.models import Application
from megler.applications.models_uploads import Upload
from megler.documents.actions import Sent, scan_quarantined
from megler.documents.models import Document, Standing
from megler.journal.models import Entry
from megler.quoting.models import Quote
from megler.vocabulary.problems import Refused
from tests.applications.papers import WHOLE, paper, publish
from tests.documents.files import pdf
from tests.documents.sheets import bound, pictures, scan
from tests.wires.clamav.server import clamd


@pytest.fixture
def held(agent_user: User, quote: Quote) -> Application:
    """Started from the quote, on the carrier's forms."""
    publish()
    return start_from_quote(agent_user, quote, 0)


def put(person: User, held: Application, *contents: bytes) -> Upload:
    (made,) = upload(person, held, [Sent(f"{i}.pdf", one) for i, one in enumerate(contents)])
    held.refresh_from_db()
    return made


def test_what_the_application_lacks_is_taken_over_and_says_so(
    agent_user: User, held: Application
) -> None:
    made = put(agent_user, held, paper())
    assert held.given["insured_first_name"].value == "Kari"
    assert held.given["insured_first_name"].origin == "upload"
    assert set(made.taken) == {
        "insured_first_name", "insured_last_name", "insured_email", "insured_ssn",
        "takes_medication",
    }  # fmt: skip
    assert [piece["form"] for piece in made.found["pieces"]] == ["application"]
    assert "Kari" not in str(made.found)


def test_what_stands_otherwise_is_shown_and_left_until_somebody_chooses(
    agent_user: User, held: Application
) -> None:
    typed = {"insured_first_name": "Karin", "insured_last_name": "Hope"}
    answer(agent_user, held, typed, held.version)
    made = put(agent_user, held, paper({**WHOLE, "born": "06/15/1985"}))
    assert held.given["insured_first_name"].value == "Karin"
    found = differences(made, held)
    assert {(d.question, d.here, d.value) for d in found.differ} == {
        ("insured_first_name", "Karin", "Kari"),
        ("insured_born", "1985-06-14", "1985-06-15"),
    }
    decide(agent_user, made, {"insured_first_name": True, "insured_born": False}, held.version)
    held.refresh_from_db()
    made.refresh_from_db()
    assert held.given["insured_first_name"].value == "Kari"
    assert held.given["insured_born"].value == "1985-06-14"
    assert made.left == ["insured_born"]


def test_a_choice_made_on_an_older_page_is_refused(agent_user: User, held: Application) -> None:
    seen = answer(
        agent_user, held, {"insured_first_name": "Karin"}, held.version
    ).application.version
    made = put(agent_user, held, paper())
    answer(agent_user, held, {"insured_first_name": "Karina"}, held.version)
    with pytest.raises(Refused) as refused:
        decide(agent_user, made, {"insured_first_name": True}, seen)
    assert refused.value.problems[0].code == "changed_meanwhile"
    with pytest.raises(Refused) as refused:
        decide(agent_user, made, {"insured_email": True}, seen)
    assert refused.value.problems[0].code == "upload_question_unknown"


def test_the_same_files_twice_are_kept_once(agent_user: User, held: Application) -> None:
    first, again = put(agent_user, held, paper()), put(agent_user, held, paper())
    assert first.pk == again.pk
    assert Upload.objects.count() == 1
    assert Entry.objects.filter(verb="upload.added").count() == 1


def test_photos_are_one_upload(agent_user: User, held: Application) -> None:
    made = put(agent_user, held, *pictures(paper({})))
    assert made.document.pages == 2
    (piece,) = made.found["pieces"]
    assert (piece["at"], piece["is_read"]) == ([[1, 1], [2, 2]], False)


def test_pages_that_tell_nothing_are_sorted_by_hand(agent_user: User, held: Application) -> None:
    blank = bound(pdf(), pdf())
    made = put(agent_user, held, blank)
    assert made.found["pieces"] == []
    sorted_ = assign_pages(agent_user, made, {2: ("application", 1), 1: ("application", 2)})
    (piece,) = sorted_.found["pieces"]
    assert (piece["form"], piece["at"], piece["missing"]) == ("application", [[1, 2], [2, 1]], [])
    none = assign_pages(agent_user, sorted_, {1: None})
    assert none.found["pieces"][0]["missing"] == [2]


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        ({9: ("application", 1)}, "upload_page_wrong"),
        ({1: ("application", 3)}, "upload_page_wrong"),
        ({1: ("nonsense", 1)}, "upload_form_unknown"),
    ],
)
def test_a_page_that_cannot_be_is_refused(
    agent_user: User, held: Application, pages: dict[int, Any], code: str
) -> None:
    made = put(agent_user, held, pdf())
    with pytest.raises(Refused) as refused:
        assign_pages(agent_user, made, pages)
    assert refused.value.problems[0].code == code
    made.refresh_from_db()
    assert made.assigned == {}


def test_a_file_in_quarantine_is_read_when_it_is_released(
    agent_user: User, held: Application, settings: Any, tmp_path: Path
) -> None:
    settings.CLAMAV = f"unix://{tmp_path / 'nobody.sock'}"
    made = put(agent_user, held, paper())
    assert (made.read_at, made.document.standing) == (None, Standing.QUARANTINE)
    assert held.given.get("insured_first_name") is None
    assert read_upload(agent_user, made).read_at is None
    with clamd() as daemon:
        settings.CLAMAV = daemon.address
        scan_quarantined()
    again = read_upload(agent_user, Upload.objects.select_related("document").get())
    held.refresh_from_db()
    assert again.read_at
    assert held.given["insured_first_name"].value == "Kari"


def test_a_stranger_puts_nothing_and_a_closed_application_takes_nothing(
    agent_user: User, stranger: User, held: Application
) -> None:
    for person in (stranger, agent_user):
        with pytest.raises(Refused):
            put(person, held, paper())
        if person is stranger:
            withdraw(agent_user, held)
    with pytest.raises(Refused):
        upload(agent_user, held, [])
    assert not Document.objects.filter(name="0.pdf").exists()


def test_what_cannot_be_read_stands_as_it_was_written(agent_user: User, held: Application) -> None:
    put(agent_user, held, paper({**WHOLE, "ssn": "12-34"}))
    assert (held.given["insured_ssn"].value, held.given["insured_ssn"].raw) == (None, "12-34")


def test_a_scan_turned_upside_down_is_sorted_all_the_same(
    agent_user: User, held: Application
) -> None:
    made = put(agent_user, held, scan(paper({}), turned=180))
    assert made.found["pieces"][0]["turned"] == [1, 2]


@pytest.fixture(autouse=True)
def _no_scanner(settings: Any) -> None:
    settings.CLAMAV = ""
