"""Papers for programs."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from megler.accounts.models import ApiKey, User
from megler.cases.actions.papers import add_document
from megler.cases.models import Case
from tests.documents.files import written
from tests.papers.actions.test_mail import message
from tests.papers.sheets import APS, LABS, NAMESAKE

JSON = "application/json"


@pytest.fixture
def keyed(staff: User) -> dict[str, str]:
    return {"Authorization": f"Bearer {ApiKey.make(staff, 'program')}"}


def post(path: str, keyed: dict[str, str], key: str, told: Any) -> Any:
    headers = {**keyed, "Idempotency-Key": key}
    return Browser().post(f"/api/v1{path}", told, content_type=JSON, headers=headers)


def drop(keyed: dict[str, str], key: str, *files: tuple[str, bytes]) -> Any:
    sent = [SimpleUploadedFile(name, content, "application/pdf") for name, content in files]
    headers = {**keyed, "Idempotency-Key": key}
    return Browser().post("/api/v1/papers", {"files": sent}, headers=headers)


def test_files_are_dropped_proposed_filed_and_found(keyed: dict[str, str], case: Case) -> None:
    answer = drop(keyed, "1", ("a.pdf", written(APS)), ("b.exe", b"MZ" * 99))
    assert answer.status_code == 201
    [paper] = answer.json()["papers"]
    assert [one["code"] for one in answer.json()["problems"]] == ["document_wrong_type"]
    [proposal] = paper["proposals"]
    assert (proposal["number"], proposal["certainty"]) == (case.reference, "sure")
    told = {"case": proposal["case"], "requirements": proposal["requirements"]}
    filed = post(f"/papers/{paper['id']}/file", keyed, "2", told)
    assert (filed.status_code, filed.json()["state"]) == (200, "filed")
    again = post(f"/papers/{paper['id']}/file", keyed, "3", told)
    assert (again.status_code, again.json()["problems"][0]["code"]) == (422, "paper_settled")
    hits = Browser().get("/api/v1/papers/search?q=zyxomellitus", headers=keyed).json()["hits"]
    assert [(one["document"], one["pages"]) for one in hits] == [(filed.json()["document"], [1])]


def test_another_birth_date_is_refused_and_the_paper_waits(
    keyed: dict[str, str], case: Case
) -> None:
    [paper] = drop(keyed, "1", ("a.pdf", written(NAMESAKE))).json()["papers"]
    refused = post(f"/papers/{paper['id']}/file", keyed, "2", {"case": str(case.pk)})
    assert refused.json()["problems"][0]["code"] == "paper_other_birth_date"
    waiting = Browser().get("/api/v1/papers", headers=keyed).json()["papers"]
    assert [one["id"] for one in waiting] == [paper["id"]]
    aside = post(f"/papers/{paper['id']}/aside", keyed, "3", {"reason": "not ours"})
    assert aside.json()["state"] == "set_aside"


def test_a_message_is_taken_as_it_is(keyed: dict[str, str], case: Case) -> None:
    headers = {**keyed, "Idempotency-Key": "1"}
    raw = message("a@b.example", "c@d.example", APS)
    answer = Browser().post(
        "/api/v1/papers/mail", raw, content_type="message/rfc822", headers=headers
    )
    assert answer.status_code == 201
    assert len(answer.json()["waiting"]) == 1


def test_versions_are_made_and_told(keyed: dict[str, str], staff: User, case: Case) -> None:
    paper = add_document(staff, case, written(APS, LABS), "a.pdf")
    path = f"/cases/{case.pk}/documents/{paper.pk}/versions"
    black = [[0, 0, 1, 0.5]]
    told = {"parts": [[{"paper": str(paper.pk), "page": 1, "turned": 90, "black": black}]]}
    made = post(path, keyed, "1", told)
    assert made.status_code == 201
    [version] = made.json()["versions"]
    assert [one["act"] for one in version["changes"]] == ["turned", "blackened", "left_out"]
    listed = Browser().get(f"/api/v1{path}", headers=keyed).json()["versions"]
    assert [one["version"] for one in listed] == [2, 1]
    wrong = post(path, keyed, "2", {"parts": [[{"paper": str(paper.pk), "page": 9}]]})
    assert wrong.status_code == 422
