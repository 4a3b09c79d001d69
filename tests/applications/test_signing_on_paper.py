"""Papers signed by hand and scanned: they count on exactly their papers, and their evidence is the scan."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.signing import ask_client_to_sign, sign_as_agent
from megler.applications.actions.signing_on_paper import sign_on_paper
from megler.applications.actions.submitting import not_in_good_order, submit
from megler.applications.models import Application
from megler.applications.rules.moments import ApplicationSubmitted
from megler.documents.actions import store
from megler.documents.models import Document
from megler.forms.models import SignatureRequest
from megler.forms.rules.questionnaire import SignerRole
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.vocabulary.problems import Refused
from tests.applications.conftest import request_of, seen, sign_for_client
from tests.documents.files import pdf

INSURED = SignerRole.INSURED


@pytest.fixture
def scan(db: None) -> Document:
    return store(pdf(7), "scan.pdf", SYSTEM)


def pages(application: Application, *forms: str) -> dict[str, range]:
    """All pages of these forms, as the scan shows them."""
    from megler.applications.actions.holding import papers_for

    made = papers_for(application, INSURED, SYSTEM)
    return {p.form_key: range(1, p.document.pages + 1) for p in made if p.form_key in forms}


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(p.code, p.found) for p in refused.value.problems]


def test_a_scan_that_lacks_pages_is_refused_by_their_numbers(
    agent_user: User, complete: Application, scan: Document
) -> None:
    found = pages(complete, "application", "hipaa")
    lacking = {**found, "application": range(2, found["application"].stop)}
    with pytest.raises(Refused) as refused:
        sign_on_paper(agent_user, complete, INSURED, scan, lacking)
    assert codes(refused) == [("scan_pages_missing", "1")]
    with pytest.raises(Refused) as refused:
        sign_on_paper(agent_user, complete, INSURED, scan, found, boxes_empty=["hipaa"])
    assert codes(refused) == [("scan_not_signed", "insured")]
    assert not SignatureRequest.objects.exists()


def test_it_counts_on_exactly_its_papers_and_a_later_scan_adds_to_it(
    agent_user: User, complete: Application, scan: Document
) -> None:
    sign_on_paper(agent_user, complete, INSURED, scan, pages(complete, "hipaa"))
    lacking = [(p.where, p.found) for p in not_in_good_order(complete) if p.found == "insured"]
    assert lacking == [("Application for life insurance", "insured")]
    more = store(pdf(5), "more.pdf", SYSTEM)
    done = sign_on_paper(agent_user, complete, INSURED, more, pages(complete, "application"))
    assert done.scans.count() == 2
    assert not [p for p in not_in_good_order(complete) if p.found == "insured"]
    assert SignatureRequest.objects.count() == 1


def test_a_scan_ends_an_open_link_but_not_a_signature(
    agent_user: User, asked: Application, scan: Document
) -> None:
    done = sign_on_paper(agent_user, asked, INSURED, scan, pages(asked, "application", "hipaa"))
    assert done.method == "wet"
    assert SignatureRequest.objects.get(void_reason="replaced").signed_at is None
    with pytest.raises(Refused) as refused:
        ask_client_to_sign(agent_user, asked)
    assert codes(refused) == [("already_signed", "")]


def test_who_signed_by_the_link_does_not_sign_on_paper_too(
    agent_user: User, asked: Application, scan: Document
) -> None:
    sign_for_client(asked)
    with pytest.raises(Refused) as refused:
        sign_on_paper(agent_user, asked, INSURED, scan, pages(asked, "hipaa"))
    assert codes(refused) == [("already_signed", "")]


def test_a_change_ends_it_when_it_stands_on_that_paper(
    agent_user: User, complete: Application, scan: Document
) -> None:
    sign_on_paper(agent_user, complete, INSURED, scan, pages(complete, "hipaa"))
    saved = answer(agent_user, complete, {"insured_employer": "Oak Ltd"}, complete.version)
    assert saved.voided == ()
    name = {"insured_middle_name": "Nora"}
    assert answer(agent_user, saved.application, name, saved.application.version).voided
    assert not SignatureRequest.objects.valid().exists()


def test_a_form_that_is_not_complete_is_not_signed_on_paper_either(
    agent_user: User, started: Application, scan: Document
) -> None:
    with pytest.raises(Refused) as refused:
        sign_on_paper(agent_user, started, INSURED, scan, {"application": range(1, 9)})
    assert ("answer_missing", "") in codes(refused)


def test_a_stranger_records_nothing(stranger: User, complete: Application, scan: Document) -> None:
    with pytest.raises(Refused) as refused:
        sign_on_paper(stranger, complete, INSURED, scan, {"hipaa": [1]})
    assert codes(refused) == [("not_allowed", "")]


def test_the_evidence_names_the_scan(
    agent_user: User,
    complete: Application,
    scan: Document,
    handed_over: list[ApplicationSubmitted],
) -> None:
    sign_on_paper(agent_user, complete, INSURED, scan, pages(complete, "application", "hipaa"))
    sign_as_agent(agent_user, complete, seen(complete, SignerRole.AGENT, "Anna Berg"))
    done = submit(agent_user, complete)
    assert done.packet is not None
    read = PdfReader(BytesIO(done.packet.read()))
    text = "".join(page.extract_text() for page in read.pages).replace("\n", "")
    assert scan.sha256 in text
    assert "written on paper and scanned" in text
    assert request_of(complete, INSURED).packet_hash in text
    given = Entry.objects.filter(verb="signature.given", data__method="wet").get()
    assert given.data["scan"] == scan.sha256
