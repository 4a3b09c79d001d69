"""One record a client, seen only by those who were let in."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.clients.actions import end_access, grant_access, keep_client, share_access
from megler.clients.models import Client
from megler.clients.rules.people import Known
from megler.journal.models import Entry
from megler.vocabulary.problems import Refused

pytestmark = pytest.mark.django_db
KARI = Known(first_name="Kari", last_name="Hope", born=date(1985, 6, 14), ssn="078051121")


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna@example.com", name="Anna Berg", role=Role.AGENT)


@pytest.fixture
def bo() -> User:
    return User.objects.create_user("bo@example.com", name="Bo Strand", role=Role.AGENT)


@pytest.fixture
def cara() -> User:
    return User.objects.create_user("cara@example.com", name="Cara Holm", role=Role.SERVICE)


def test_the_same_client_is_kept_once_for_the_same_agent(anna: User) -> None:
    first = keep_client(anna.actor(), KARI, [anna])
    again = keep_client(
        anna.actor(),
        Known(first_name="KARI", last_name="hope", born=KARI.born, email="k@h.no"),
        [anna],
    )
    assert first.pk == again.pk
    again.refresh_from_db()
    assert (again.email, again.ssn) == ("k@h.no", "078051121")


def test_another_agents_client_of_the_same_name_is_not_taken_up(anna: User, bo: User) -> None:
    first = keep_client(anna.actor(), KARI, [anna])
    other = keep_client(bo.actor(), KARI, [bo])
    assert first.pk != other.pk
    assert list(Client.objects.visible_to(bo)) == [other]


def test_without_a_birth_date_nobody_is_taken_for_somebody_else(anna: User) -> None:
    nameless = Known(first_name="Kari", last_name="Hope")
    first = keep_client(anna.actor(), nameless, [anna])
    assert keep_client(anna.actor(), nameless, [anna]).pk != first.pk


def test_access_begins_and_ends(anna: User, bo: User, cara: User) -> None:
    kept = keep_client(anna.actor(), KARI, [anna])
    assert not Client.objects.visible_to(bo).exists()
    assert Client.objects.visible_to(cara).exists()

    grant_access(anna.actor(), kept, bo)
    grant_access(anna.actor(), kept, bo)
    assert Client.objects.visible_to(bo).exists()

    end_access(anna.actor(), kept, bo)
    end_access(anna.actor(), kept, bo)
    assert not Client.objects.visible_to(bo).exists()
    verbs = Entry.objects.filter(subject_id=str(kept.pk)).values_list("verb", flat=True)
    assert sorted(verbs) == [
        "client.access_ended",
        "client.access_granted",
        "client.access_granted",
        "client.kept",
    ]


def test_access_that_begins_tomorrow_does_not_open_today(anna: User, bo: User) -> None:
    kept = keep_client(anna.actor(), KARI, [anna])
    grant_access(anna.actor(), kept, bo, timezone.now() + timedelta(days=1))
    assert not Client.objects.visible_to(bo).exists()


def test_a_client_without_a_name_is_refused(anna: User) -> None:
    with pytest.raises(Refused) as refused:
        keep_client(anna.actor(), Known(first_name="Kari"), [anna])
    assert [p.where for p in refused.value.problems] == ["last_name"]
    assert not Client.objects.exists()


def test_the_social_security_number_is_not_in_the_database_in_plain(anna: User) -> None:
    kept = keep_client(anna.actor(), KARI, [anna])
    with connection.cursor() as cursor:
        cursor.execute("SELECT ssn FROM clients_client WHERE id = %s", [kept.pk])
        stored = bytes(cursor.fetchone()[0])
    assert b"078051121" not in stored
    assert not Entry.objects.filter(data__icontains="078051121").exists()
    assert Client.objects.get(pk=kept.pk).ssn_masked == "•••-••-1121"


@pytest.mark.parametrize(("who", "status"), [("anna", 200), ("cara", 200), ("bo", 404)])
def test_the_page_is_for_those_with_access(
    who: str, status: int, request: Any, anna: User, client: Browser
) -> None:
    kept = keep_client(anna.actor(), KARI, [anna])
    person = request.getfixturevalue(who)
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(reverse("client", args=[kept.pk]))
    assert answer.status_code == status
    if status == 200:
        page = answer.content.decode()
        assert "Kari Hope" in page
        assert "•••-••-1121" in page
        assert "078051121" not in page


def test_an_assistant_sees_the_clients_of_their_agents_and_of_nobody_else(
    anna: User, bo: User
) -> None:
    pat = User.objects.create_user("pat@example.com", name="Pat Quinn", role=Role.ASSISTANT)
    hers = keep_client(anna.actor(), KARI, [anna])
    his = keep_client(bo.actor(), Known(first_name="Ola", last_name="Lie"), [bo])
    share_access(anna.actor(), pat, [anna])
    assert list(Client.objects.visible_to(pat)) == [hers]
    share_access(anna.actor(), pat, [bo])
    assert list(Client.objects.visible_to(pat)) == [his]
    share_access(anna.actor(), pat, [])
    assert not Client.objects.visible_to(pat).exists()
    assert list(Client.objects.visible_to(anna)) == [hers]
