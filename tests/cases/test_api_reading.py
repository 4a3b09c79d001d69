"""Reading cases by program: parts that follow each other, files, history, and nothing of others'."""

import json
from typing import Any

import pytest
from django.test import Client as Browser

from megler.accounts.models import ApiKey, User
from megler.cases import api_reading
from megler.cases.actions.papers import add_document, add_note
from megler.cases.models import Case
from megler.licensing.models import Agent
from tests.cases.cast import AT, a_case, an_agent, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(agent: Agent) -> User:
    assert agent.user is not None
    return agent.user


def ask(person: User, path: str) -> Any:
    browser = Browser(headers={"Authorization": f"Bearer {ApiKey.make(person, 'test')}"})
    answer = browser.get(f"/api/v1{path}")
    return json.loads(answer.content) if answer.status_code == 200 else answer.status_code


def test_requirements_come_part_by_part_each_once(
    person: User, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("aps", "ecg", "mvr"):
        case.requirements.create(
            kind=kind, stage="underwriting", raised_by={"by": "hand", "name": "x"},
            raised_at=AT, since=AT, holder="agency",
        )  # fmt: skip
    other = a_case(an_agent("Stig Stranger"), name="Nora Nes")
    other.requirements.create(
        kind="aps", stage="underwriting", raised_by={"by": "hand", "name": "x"},
        raised_at=AT, since=AT, holder="agency",
    )  # fmt: skip
    monkeypatch.setattr(api_reading, "PAGE_MAX", 2)
    first = ask(person, "/case-requirements?state=needed")
    rest = ask(person, f"/case-requirements?state=needed&cursor={first['next']}")
    kinds = [one["kind"] for one in [*first["requirements"], *rest["requirements"]]]
    mine = case.requirements.filter(state="needed").values_list("kind", flat=True)
    following = rest["next"]
    while following:
        more = ask(person, f"/case-requirements?state=needed&cursor={following}")
        kinds += [one["kind"] for one in more["requirements"]]
        following = more["next"]
    assert sorted(kinds) == sorted(mine)
    assert ask(person, "/case-requirements?cursor=x") == 404


def test_a_cases_requirements_documents_files_and_history(
    manager: User, person: User, case: Case
) -> None:
    hidden = add_document(manager, case, pdf(), "inside.pdf", visible_to_agent=False, at=AT)
    shown = add_document(manager, case, pdf(2), "letter.pdf", at=AT)
    add_note(manager, case, "for us alone", at=AT)
    root = f"/cases/{case.pk}"
    assert ask(person, f"{root}/requirements")["requirements"] is not None
    names = [one["name"] for one in ask(person, f"{root}/documents")["documents"]]
    assert "letter.pdf" in names
    assert "inside.pdf" not in names
    browser = Browser(headers={"Authorization": f"Bearer {ApiKey.make(person, 'test')}"})
    answer = browser.get(f"/api/v1{root}/documents/{shown.pk}/content")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert ask(person, f"{root}/documents/{hidden.pk}/content") == 404
    verbs = [one["verb"] for one in ask(person, f"{root}/history")["history"]]
    assert verbs.count("document.added") == 1
    assert "note.added" not in verbs
    assert verbs[-1] == "case.opened"


def test_somebody_elses_case_is_not_there(case: Case) -> None:
    stranger = an_agent("Stig Stranger").user
    assert stranger is not None
    for part in ("requirements", "documents", "history"):
        assert ask(stranger, f"/cases/{case.pk}/{part}") == 404
