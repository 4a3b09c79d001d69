"""The tray as its page shows it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from megler.accounts.models import User
from tests.documents.files import written
from tests.papers.sheets import APS, LABS


@pytest.mark.django_db
def test_what_could_not_be_taken_is_told_once_and_on_no_card(staff: User, client: Client) -> None:
    client.force_login(staff)
    files = [
        SimpleUploadedFile("aps.pdf", written(APS)),
        SimpleUploadedFile("labs.pdf", written(LABS)),
        SimpleUploadedFile("nothing.pdf", b""),
    ]
    shown = client.post("/papers/", {"files": files}, headers={"HX-Request": "true"})
    text = shown.content.decode()
    assert text.count("nothing.pdf") == 1
    assert text.count('class="card arrival"') == 2
