"""The guide manager: an edition kept to be tried, compared, and published for a day."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.drafts import edition_before, keep_draft, publish_draft
from megler.carriers.models import Edition, EditionDraft
from megler.carriers.packages import from_zip, read_files, to_zip
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.vocabulary.problems import Refused
from tests.cast import person, signed_in

EDITIONS = Path(__file__).parents[2] / "editions"
GUIDE = read_files(EDITIONS / "tundra-life/guide")
FIRST, LATER = date(2025, 1, 1), date(2027, 3, 1)

pytestmark = pytest.mark.django_db


def changed(day: date = LATER, **other: bytes) -> dict[str, bytes]:
    """The guide for a later day, whose blood pressure for Preferred is 5 lower; `other` by file name."""
    head = GUIDE["edition.toml"].replace(b"2025-01-01", day.isoformat().encode())
    criteria = GUIDE["criteria.csv"].replace(
        b"preferred,systolic_max,,60,140", b"preferred,systolic_max,,60,135"
    )
    assert criteria != GUIDE["criteria.csv"]
    files = {**GUIDE, "edition.toml": head, "criteria.csv": criteria}
    return files | {f"{name}.csv": content for name, content in other.items()}


@pytest.fixture
def published() -> Edition:
    return publish_edition(SYSTEM, GUIDE).edition


@pytest.fixture
def underwriting(underwriter: User) -> Client:
    return signed_in(underwriter)


def upload(client: Client, files: Mapping[str, bytes]) -> str:
    package = SimpleUploadedFile("edition.zip", to_zip(files), "application/zip")
    answer = client.post("/editions/publish/", {"package": package, "do": "try"}, follow=True)
    return answer.content.decode()


def test_the_same_files_are_one_draft(published: Edition) -> None:
    one, two = keep_draft(SYSTEM, changed()), keep_draft(SYSTEM, changed())
    assert one.pk == two.pk
    assert Entry.objects.filter(verb="edition.tried").count() == 1
    assert Edition.objects.count() == 1


def test_an_edition_with_an_error_is_not_kept() -> None:
    with pytest.raises(Refused) as refused:
        keep_draft(
            SYSTEM, changed(criteria=b"class,criterion,age_from,age_to,limit,page\nx,y,,,z,\n")
        )
    assert len(refused.value.problems) > 1
    assert not EditionDraft.objects.exists()
    assert not Entry.objects.filter(verb="edition.tried").exists()


def test_a_draft_is_compared_with_what_stands_on_its_day(published: Edition) -> None:
    later = edition_before(keep_draft(SYSTEM, changed()))
    same_day = edition_before(keep_draft(SYSTEM, changed(FIRST)))
    first = edition_before(keep_draft(SYSTEM, changed(date(2024, 1, 1))))
    assert later is not None
    assert same_day is not None
    assert later.read.effective_from == same_day.read.effective_from == FIRST
    assert first is None


def test_the_day_asked_for_stands_in_the_head_of_what_is_published(published: Edition) -> None:
    draft = keep_draft(SYSTEM, changed())
    done = publish_draft(SYSTEM, draft, date(2027, 7, 1))
    head = from_zip(bytes(done.edition.content))["edition.toml"]
    assert done.edition.effective_from == date(2027, 7, 1)
    assert re.findall(rb"effective_from = (\S+)", head) == [b"2027-07-01"]
    draft.refresh_from_db()
    assert draft.published == done.edition
    assert draft.effective_from == date(2027, 7, 1)


def test_a_day_that_cannot_be_written_into_the_head_publishes_nothing(published: Edition) -> None:
    files = changed()
    files["edition.toml"] = files["edition.toml"].replace(b"effective_from", b'"effective_from"')
    draft = keep_draft(SYSTEM, files)
    with pytest.raises(Refused) as refused:
        publish_draft(SYSTEM, draft, date(2027, 7, 1))
    assert refused.value.problems[0].code == "draft_day_unchanged"
    assert Edition.objects.count() == 1
    assert publish_draft(SYSTEM, draft, LATER).new


def test_publishing_twice_is_refused(published: Edition) -> None:
    draft = keep_draft(SYSTEM, changed())
    publish_draft(SYSTEM, draft, LATER)
    again = keep_draft(SYSTEM, changed())
    for one in (draft, again):
        with pytest.raises(Refused) as refused:
            publish_draft(SYSTEM, one, LATER)
        assert refused.value.problems[0].code == "draft_published_already"
    assert Edition.objects.count() == 2


def test_an_underwriter_sees_the_difference_in_words(
    published: Edition, underwriting: Client
) -> None:
    page = upload(underwriting, changed())
    assert "What differs from the edition of" in page
    assert "140" in page
    assert "135" in page
    assert not Edition.objects.exclude(pk=published.pk).exists()
    listed = underwriting.get("/editions/drafts/").content.decode()
    assert "Tundra Life: Underwriting Guide, January 2025" in listed
    assert "/editions/drafts/" in underwriting.get("/carriers/").content.decode()


def test_what_the_check_warns_of_is_told(published: Edition, underwriting: Client) -> None:
    rows = GUIDE["evidence.csv"].splitlines(keepends=True)
    without_ecg = b"".join(row for row in rows if not row.startswith(b"ecg,"))
    page = upload(underwriting, changed(evidence=without_ecg))
    assert "The check warns" in page
    assert "ecg" in page[page.index("The check warns") :]
    assert "The check warns" not in upload(underwriting, changed())


def test_an_upload_that_is_wrong_is_told_and_not_kept(underwriting: Client) -> None:
    page = upload(underwriting, changed(criteria=b"class\nnone\n"))
    assert "criteria.csv" in page
    assert not EditionDraft.objects.exists()


def test_publishing_for_a_day_by_the_page(published: Edition, underwriting: Client) -> None:
    draft = keep_draft(SYSTEM, changed())
    path = f"/editions/drafts/{draft.pk}/publish/"
    wrong = underwriting.post(path, {"effective_from": "soon"})
    assert wrong.status_code == 422
    taken = underwriting.post(path, {"effective_from": FIRST.isoformat()})
    assert taken.status_code == 422
    assert "another effective date" in taken.content.decode()
    assert Edition.objects.count() == 1
    done = underwriting.post(path, {"effective_from": "2027-07-01"}, follow=True)
    assert "tundra-life/full-guide@2027-07-01" in done.content.decode()
    again = underwriting.post(path, {"effective_from": "2027-07-01"})
    assert again.status_code == 422
    assert "is published already" in again.content.decode()
    assert Edition.objects.count() == 2
    assert str(draft.pk) not in underwriting.get("/editions/drafts/").content.decode()
    shown = underwriting.get(f"/editions/drafts/{draft.pk}/").content.decode()
    assert "Publish for that day" not in shown


def test_mark_up_in_a_guide_stays_text(published: Edition, underwriting: Client) -> None:
    files = changed()
    files["edition.toml"] = files["edition.toml"].replace(
        b"Underwriting Guide, January 2025", b"<script>alert(1)</script>"
    )
    page = upload(underwriting, files)
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("role", [Role.AGENT, Role.CARRIER, Role.SERVICE, Role.ACCOUNTING])
def test_others_see_nothing_of_it(role: Role) -> None:
    draft = keep_draft(SYSTEM, changed())
    client = signed_in(person("Otto Ness", role))
    path = f"/editions/drafts/{draft.pk}/"
    for answer in (
        client.get("/editions/drafts/"),
        client.get(path),
        client.get(f"{path}publish/"),
        client.post(f"{path}publish/", {"effective_from": "2027-07-01"}),
        client.get(f"/cases/guide-effect/{draft.pk}/"),
    ):
        assert answer.status_code == 404
    assert not Edition.objects.exists()


def test_a_published_draft_is_still_compared_with_the_one_before(published: Edition) -> None:
    draft = keep_draft(SYSTEM, changed())
    publish_draft(SYSTEM, draft, LATER)
    draft.refresh_from_db()
    before = edition_before(draft)
    assert before is not None
    assert before.read.effective_from == FIRST
