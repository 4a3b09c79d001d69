"""A stranger's application is looked through: what is wrong for certain, what must be seen by eye."""

import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.applications.actions.scrubbing import Scrubbed, scrub
from megler.applications.actions.starting_from_upload import start_from_upload
from megler.applications.models import Application
from megler.applications.models_filling import GoodOrderCheck
from megler.applications.models_uploads import Upload
from megler.applications.pages.scrubbing import form_lines
from megler.applications.rules.uploads import Signed
from megler.carriers.models import Product
from megler.documents.actions import Sent
from megler.documents.models import Document
from megler.licensing.models import Agent
from megler.vocabulary.problems import Refused
from tests.applications.papers import WHOLE, paper, publish
from tests.documents.files import pdf
from tests.documents.sheets import bound, box_of, form, pictures, scan
from tests.documents.strange import active_pdf

pytestmark = pytest.mark.django_db
SIGNED = {2: box_of(0)}


@pytest.fixture(autouse=True)
def forms(product: Product) -> None:
    publish()


def codes(found: Scrubbed) -> dict[str, list[str]]:
    return {
        "pages": [one.code for one in found.pages_wrong],
        "answers": [f"{one.question}:{one.problem.code}" for one in found.answers_wrong],
        "unsigned": [f"{one.found}" for one in found.unsigned],
        "by_eye": [one.code for one in found.by_eye],
    }


def scrubbed(person: User, *contents: bytes) -> Scrubbed:
    return scrub(person, [Sent(f"{i}.pdf", content) for i, content in enumerate(contents)])


def test_an_application_that_only_lacks_signatures(agent_user: User) -> None:
    found = scrubbed(agent_user, paper())
    assert codes(found) == {
        "pages": [],
        "answers": [],
        "unsigned": ["insured", "agent"],
        "by_eye": [],
    }
    assert not found.is_in_order
    assert found.product
    assert found.product.code == "term"


def test_empty_fields_and_impossible_answers_are_told(agent_user: User) -> None:
    values = {**WHOLE, "first": "", "mail": "kari", "born": "06/14/2985"}
    found = scrubbed(agent_user, paper(values))
    assert codes(found)["answers"] == [
        "insured_first_name:answer_missing",
        "insured_email:not_an_email",
        "insured_born:in_the_future",
    ]


def test_an_old_edition_a_missing_page_and_a_form_that_is_needed_are_told(agent_user: User) -> None:
    values = {**WHOLE, "state": "NY", "born": "06/14/1955"}
    old = scan(paper(values, edition="2018-01"))
    from pypdf import PdfReader

    writer = PdfWriter()
    writer.add_page(PdfReader(io.BytesIO(old)).pages[0])
    out = io.BytesIO()
    writer.write(out)
    found = scrubbed(agent_user, out.getvalue())
    assert [(one.code, one.found) for one in found.pages_wrong] == [
        ("scrub_form_stale", "2018-01"),
        ("scrub_pages_missing", "2"),
    ]
    found = scrubbed(agent_user, paper(values))
    assert [(one.code, one.where) for one in found.pages_wrong] == [
        ("scrub_form_missing", "Notice for New York")
    ]


def test_a_scan_is_judged_by_its_pages_and_ink_and_the_rest_left_to_the_eye(
    agent_user: User,
) -> None:
    found = scrubbed(agent_user, scan(paper({}), turned=180, ink=SIGNED))
    assert codes(found) == {
        "pages": ["scrub_pages_turned"],
        "answers": [],
        "unsigned": ["agent"],
        "by_eye": ["scrub_unreadable"],
    }


def test_photos_are_one_file(agent_user: User) -> None:
    found = scrubbed(agent_user, *pictures(paper({})))
    assert found.examined.taken.pages == 2
    assert found.opened
    assert found.opened.recognition.pieces[0].is_whole


def test_two_forms_that_contradict_each_other_are_told(agent_user: User) -> None:
    found = scrubbed(agent_user, bound(paper(), paper({**WHOLE, "last": "Hopp"})))
    assert [(one.where, one.found, one.expected) for one in found.differ] == [
        ("Last name", "HOPE", "Hopp")
    ]


def test_what_nobody_knows_is_said(agent_user: User) -> None:
    found = scrubbed(agent_user, bound(paper(), form("ZZ-9"), scan(pdf())))
    assert [(one.code, one.where or one.found) for one in found.by_eye] == [
        ("scrub_form_foreign", "ZZ-9")
    ]
    assert found.opened
    assert found.opened.recognition.blank == (5,)
    nothing = scrubbed(agent_user, form("ZZ-9"))
    assert [one.code for one in nothing.by_eye] == ["scrub_no_set"]
    assert not nothing.is_in_order


def test_nothing_is_kept_but_which_gaps_there_were(agent_user: User) -> None:
    scrubbed(agent_user, paper({**WHOLE, "first": ""}))
    assert not Document.objects.exists()
    assert not Application.objects.exists()
    check = GoodOrderCheck.objects.get()
    assert [one.code for one in check.findings.all()] == ["answer_missing"]


def test_a_file_that_cannot_be_read_is_refused(agent_user: User, staff: User) -> None:
    for contents, code in (
        ([], "upload_nothing"),
        ([b"MZ"], "document_wrong_type"),
        ([paper(), paper({})], "upload_one_file"),
    ):
        with pytest.raises(Refused) as refused:
            scrubbed(agent_user, *contents)
        assert refused.value.problems[0].code == code
    carrier = User.objects.create_user("c@example.com", name="C", role=Role.CARRIER)
    with pytest.raises(Refused):
        scrubbed(carrier, paper())
    assert scrubbed(staff, paper()).application


def test_what_acts_by_itself_is_told_of(agent_user: User) -> None:
    assert "javascript" in scrubbed(agent_user, active_pdf()).examined.taken.removed


def test_an_application_starts_from_it_with_its_answers_and_the_file(
    agent_user: User, agent: Agent
) -> None:
    made = start_from_upload(agent_user, [Sent("a.pdf", paper({**WHOLE, "mail": "kari"}))])
    again = Application.objects.get()
    assert (again.pk, again.agent, again.insured_name) == (made.pk, agent, "Kari HOPE")
    assert again.given["insured_born"].value == "1985-06-14"
    assert again.given["insured_ssn"].value == "078051121"
    assert again.given["insured_email"].raw == "kari"
    assert {one.origin for key, one in again.given.items() if key in again.answers} == {"upload"}
    kept = Upload.objects.get()
    assert (kept.application_id, kept.document.name) == (made.pk, "a.pdf")
    assert kept.found["pieces"][0]["form"] == "application"


def test_staff_name_the_agent_and_nobody_starts_for_a_stranger(
    staff: User, stranger: User, agent: Agent
) -> None:
    with pytest.raises(Refused) as refused:
        start_from_upload(staff, [Sent("a.pdf", paper())])
    assert refused.value.problems[0].code == "agent_missing"
    with pytest.raises(Refused):
        start_from_upload(stranger, [Sent("a.pdf", paper())], agent=agent)
    assert not Document.objects.exists()
    made = start_from_upload(staff, [Sent("a.pdf", paper())], agent=agent)
    assert made.agent == agent


def test_of_several_products_one_is_chosen(
    agent_user: User, product: Product, agent: Agent
) -> None:
    other: Any = Product.objects.create(
        carrier=product.carrier, code="term-2", name="Fjord Term II", line="term_life"
    )
    found = scrubbed(agent_user, paper())
    assert found.product is None
    assert codes(found)["by_eye"] == ["scrub_any_product"]
    assert found.by_eye[0].found == f"{product.name}, Fjord Term II", "names, not codes"
    with pytest.raises(Refused) as refused:
        start_from_upload(agent_user, [Sent("a.pdf", paper())])
    assert refused.value.problems[0].code == "scrub_choose_product"
    made = start_from_upload(agent_user, [Sent("a.pdf", paper())], product=other)
    assert made.product == other


def test_the_place_of_an_owner_who_does_not_sign_is_not_told_of(
    agent_user: User, product: Product
) -> None:
    found = scrubbed(agent_user, paper())
    assert found.opened
    piece = found.opened.pieces[0]
    with_place = replace(piece, signed={**piece.signed, "owner": Signed.EMPTY})
    told = form_lines(replace(found, opened=replace(found.opened, pieces=(with_place,))))
    roles = [role for role, _ in told[0].signed]
    assert "Owner" not in roles
    assert "Proposed insured" in roles


def test_fields_that_another_program_named_anew_are_read(agent_user: User) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(paper()))
    for page in writer.pages:
        for raw in page["/Annots"]:  # type: ignore[attr-defined]
            one = raw.get_object()
            one[NameObject("/T")] = TextStringObject(f"form1[0].{one['/T']}[0]")
    out = io.BytesIO()
    writer.write(out)
    assert codes(scrubbed(agent_user, out.getvalue())) == codes(scrubbed(agent_user, paper()))
