"""Carriers and editions on the page, and publishing from a zip."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.models import Edition
from megler.carriers.packages import LARGEST_UNPACKED, read_files, to_zip
from megler.journal.rules.actors import SYSTEM
from tests import lines
from tests.carriers.books import term_book
from tests.form_sets import package

EDITIONS = Path(__file__).parents[2] / "editions"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(role: Role) -> Client:
    user = User.objects.create_user(f"{role}@example.com", name=role.title(), role=role)
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def upload(client: Client, content: bytes) -> object:
    package = SimpleUploadedFile("edition.zip", content, "application/zip")
    return client.post("/editions/publish/", {"package": package}, follow=True)


@pytest.mark.django_db
def test_an_uploaded_edition_is_published_and_shown() -> None:
    client = signed_in(Role.UNDERWRITER)
    page = upload(client, to_zip(read_files(EDITIONS / "us-va/vgli-2019")))
    assert "us-va/vgli@2019-01-01" in page.content.decode()  # type: ignore[attr-defined]
    listed = client.get("/carriers/us-va/").content.decode()
    assert "Group Life Insurance" in listed


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"no zip", b"", b"PK\x03\x04broken"])
def test_an_upload_that_is_no_edition_is_refused_in_words(content: bytes) -> None:
    client = signed_in(Role.UNDERWRITER)
    page = upload(client, content)
    assert page.status_code == 422  # type: ignore[attr-defined]
    assert not Edition.objects.exists()


@pytest.mark.django_db
def test_a_zip_bomb_is_one_problem_and_nothing_is_kept() -> None:
    bomb = to_zip({**term_book(), "base.csv": bytes(LARGEST_UNPACKED)})
    assert len(bomb) < 400_000
    page = upload(signed_in(Role.UNDERWRITER), bomb)
    assert page.status_code == 422  # type: ignore[attr-defined]
    text = page.content.decode()  # type: ignore[attr-defined]
    assert text.count("is too large") == 1
    assert not Edition.objects.exists()


@pytest.mark.django_db
def test_every_error_of_an_uploaded_edition_is_named() -> None:
    page = upload(signed_in(Role.UNDERWRITER), to_zip(read_files(EDITIONS / "us-va/sdvi")))
    text = page.content.decode()  # type: ignore[attr-defined]
    assert "Nothing was published." in text
    assert "rates.csv row 38 column semiannual" in text


@pytest.mark.django_db
def test_what_was_published_can_be_taken_away_again() -> None:
    files = read_files(EDITIONS / "us-va/vgli-2019")
    edition = publish_edition(SYSTEM, files).edition
    answer = signed_in(Role.SERVICE).get(f"/editions/{edition.pk}/package/")
    assert answer.content == to_zip(files)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("term-life", ["Waiver of premium", "accidental_death", "included"]),
        ("specialty", ["People expected on the busiest day", "1–5000", "wedding, conference"]),
    ],
)
def test_an_edition_shows_its_riders_and_what_it_asks(line: str, shown: list[str]) -> None:
    edition = publish_edition(SYSTEM, lines.page(line).files).edition
    text = signed_in(Role.SERVICE).get(f"/editions/{edition.pk}/").content.decode()
    assert [part for part in shown if part not in text] == []


@pytest.mark.django_db
def test_only_those_who_may_publish_can() -> None:
    assert signed_in(Role.SERVICE).get("/editions/publish/").status_code == 404
    assert signed_in(Role.AGENT).get("/carriers/").status_code == 404


@pytest.mark.django_db
def test_a_form_set_is_published_and_its_forms_are_shown() -> None:
    client = signed_in(Role.UNDERWRITER)
    page = upload(client, to_zip(package())).content.decode()  # type: ignore[attr-defined]
    assert "A small application" in page
    assert "SM-1 · 2020-01" in page
    assert "Signed in: New York, insured age ≥ 60" in page
    edition = Edition.objects.get(kind=Edition.Kind.FORM_SET)
    pdf = client.get(f"/editions/{edition.pk}/forms/application/")
    assert pdf.content.startswith(b"%PDF")
    assert client.get(f"/editions/{edition.pk}/forms/notice/").status_code == 404
    assert client.get(f"/editions/{edition.pk}/forms/other/").status_code == 404
