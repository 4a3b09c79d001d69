"""Tasks wait for somebody and are finished once; the list shows them."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.test import Client
from django.utils.translation import override

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.post.rules.moments import DeliveryEnded
from megler.vocabulary.problems import Refused
from megler.work.actions import (
    add_task,
    finish_task,
    finish_tasks_about,
    look_after_delivery,
)
from megler.work.models import Task

pytestmark = pytest.mark.django_db
ABOUT = ("case", "4711")
DUE = date(2026, 3, 4)
AT = datetime(2026, 3, 2, 15, tzinfo=UTC)


def somebody(role: Role, name: str = "Kari Lund") -> User:
    return User.objects.create_user(f"{name[:4]}.{role}@fjord.example", name=name, role=role)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_task_of_a_role_is_finished_by_whoever_comes_first() -> None:
    kari, ola = somebody(Role.CASE_MANAGER), somebody(Role.CASE_MANAGER, "Ola Nes")
    task = add_task(kari.actor(), " Order  the APS ", ABOUT, DUE, role=Role.CASE_MANAGER, at=AT)
    assert list(Task.objects.waiting_for(ola)) == [task]
    finish_task(ola.actor(), task, AT)
    assert not Task.objects.waiting_for(kari).exists()
    with pytest.raises(Refused) as refused:
        finish_task(kari.actor(), task)
    assert refused.value.problems[0].found == "Ola Nes"
    told = Entry.objects.filter(subject_type="case", subject_id="4711").order_by("pk")
    assert [(e.verb, e.data["title"]) for e in told] == [
        ("task.added", "Order the APS"),
        ("task.finished", "Order the APS"),
    ]


def test_a_task_of_a_person_waits_for_no_one_else() -> None:
    kari, ola = somebody(Role.CASE_MANAGER), somebody(Role.CASE_MANAGER, "Ola Nes")
    task = add_task(kari.actor(), "Call", ABOUT, DUE, person=ola)
    assert not Task.objects.waiting_for(kari).exists()
    assert list(Task.objects.waiting_for(ola)) == [task]
    assert task.is_late(date(2026, 3, 5))
    assert not task.is_late(DUE)


def test_a_task_that_says_too_little_is_refused_with_everything_wrong() -> None:
    kari = somebody(Role.CASE_MANAGER)
    with pytest.raises(Refused) as refused:
        add_task(kari.actor(), " ", ABOUT, DUE)
    assert [p.code for p in refused.value.problems] == ["task_empty", "task_nobody"]
    assert not Entry.objects.exists()


def test_everything_open_about_a_thing_is_finished_with_it() -> None:
    kari = somebody(Role.CASE_MANAGER)
    for title in ("One", "Two"):
        add_task(kari.actor(), title, ABOUT, DUE, person=kari)
    other = add_task(kari.actor(), "Three", ("case", "9"), DUE, person=kari)
    assert finish_tasks_about(kari.actor(), ABOUT) == 2
    assert list(Task.objects.waiting_for(kari)) == [other]


def test_others_than_staff_see_only_what_waits_for_them() -> None:
    agent, kari = somebody(Role.AGENT), somebody(Role.CASE_MANAGER)
    mine = add_task(kari.actor(), "Sign", ABOUT, DUE, person=agent)
    add_task(kari.actor(), "Order", ABOUT, DUE, role=Role.CASE_MANAGER)
    assert list(Task.objects.visible_to(agent)) == [mine]
    assert Task.objects.visible_to(kari).count() == 2


def test_the_list_shows_and_finishes() -> None:
    kari = somebody(Role.CASE_MANAGER)
    task = add_task(kari.actor(), "Order the APS", ABOUT, DUE, role=Role.CASE_MANAGER)
    page = signed_in(kari)
    assert "Order the APS" in page.get("/tasks/").content.decode()
    done = page.post(f"/tasks/{task.pk}/finish/", HTTP_HX_REQUEST="true").content.decode()
    assert "Nothing waits for you" in done
    assert "<html" not in done
    again = page.post(f"/tasks/{task.pk}/finish/", {"next": "//elsewhere.example"})
    assert again.headers["Location"] == "/tasks/"


def test_nobody_finishes_what_waits_for_another() -> None:
    kari, agent = somebody(Role.CASE_MANAGER), somebody(Role.AGENT)
    task = add_task(kari.actor(), "Order", ABOUT, DUE, role=Role.CASE_MANAGER)
    for person in (agent, somebody(Role.LICENSING)):
        assert signed_in(person).post(f"/tasks/{task.pk}/finish/").status_code == 404
    task.refresh_from_db()
    assert task.done_at is None


def test_what_the_product_asks_for_is_read_in_each_language() -> None:
    told = {"case": "C-1", "kind": "Blood profile"}
    title = "Ask the vendor: %(kind)s (%(case)s)"
    task = add_task(SYSTEM, title, ABOUT, DUE, role=Role.CASE_MANAGER, told=told, at=AT)
    own = add_task(SYSTEM, "Call 100 % of them", ABOUT, DUE, role=Role.CASE_MANAGER, at=AT)
    assert str(task) == "Ask the vendor: Blood profile (C-1)"
    with override("nb"):
        assert task.text == "Spør leverandøren: Blodprøver (C-1)"
        assert own.text == "Call 100 % of them"


def test_new_business_looks_after_a_delivery_until_it_ends_well() -> None:
    nina, pk = somebody(Role.NEW_BUSINESS), UUID(int=7)

    def ended(state: str) -> None:
        moment = DeliveryEnded(pk, "Tundra Life", "A-1", ("application", "1"), state, "why", AT)
        look_after_delivery(moment)

    ended("failed")
    ended("refused")
    (task,) = Task.objects.waiting_for(nina)
    assert (task.url, task.due_on) == (f"/deliveries/{pk}/", AT.date())
    with override("en"):
        assert task.text == "See why A-1 did not reach Tundra Life"
    ended("delivered")
    assert not Task.objects.waiting_for(nina).exists()
