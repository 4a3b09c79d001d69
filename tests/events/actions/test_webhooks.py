"""Events are kept in order and told once to whoever may hear of them, however often it is tried."""

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.actions.papers import add_note
from megler.cases.actions.requirements import add_requirement
from megler.cases.actions.review import start_review
from megler.cases.models import Case
from megler.cases.rules.moments import CaseHappened
from megler.events.actions import delivering, outbox, subscribing
from megler.events.models import Delivery, Event, Format, State, Subscription
from megler.events.rules.retrying import TRIES_MAX
from megler.events.rules.signing import is_signed
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Refused
from megler.work.models import Task
from tests.cases.cast import AT, a_carrier, somebody
from tests.exchange.iri.spec import PUSH, breaches

pytestmark = pytest.mark.django_db


class Receiver(BaseHTTPRequestHandler):
    """Keeps what it hears; answers with the status it is told to."""

    heard: list[tuple[dict[str, str], bytes]] = []
    status = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Receiver.heard.append(({k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(Receiver.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver(settings: Any) -> Iterator[str]:
    settings.WEBHOOKS_INSIDE = True
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    Receiver.heard, Receiver.status = [], 200
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    thread.join()


@pytest.fixture
def boss(db: None) -> User:
    return somebody(Role.ADMINISTRATOR, "Ada Boss")


def deliver(subscription: Subscription, case: Case, later: timedelta = timedelta()) -> int:
    return delivering.deliver(subscription.pk, case.pk, timezone.now() + later)


def told() -> list[dict[str, Any]]:
    return [json.loads(body) for _headers, body in Receiver.heard]


def test_events_of_a_case_are_numbered_as_they_happen(manager: User, case: Case) -> None:
    start_review(manager, case, at=AT)
    add_note(manager, case, "Only for us", at=AT)
    events = list(Event.objects.filter(case=case).order_by("number"))
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert [event.verb for event in events][-2:] == ["case.review_started", "note.added"]
    assert (events[-2].status, events[-1].staff_only) == ("agency_review", True)


def test_the_same_entry_is_kept_once(case: Case) -> None:
    kept = Event.objects.filter(case=case).earliest("id")
    outbox.keep(CaseHappened(case.pk, kept.verb, {}, AT, "x", "X", kept.entry_id))
    assert Event.objects.filter(entry_id=kept.entry_id).count() == 1


def test_a_webhook_is_signed_in_order_and_told_once(
    receiver: str, boss: User, manager: User, case: Case
) -> None:
    made = subscribing.subscribe(
        boss, "CRM", receiver, kinds=["requirement", "case.review_started"]
    )
    start_review(manager, case, at=AT)
    add_requirement(manager, case, RequirementKind.APS, detail="Dr. Lund", at=AT)
    add_note(manager, case, "Not wanted", for_agent=True, at=AT)
    assert ProcrastinateJob.objects.filter(task_name="events.jobs.deliver").count() == 2
    assert deliver(made, case) == 2
    assert deliver(made, case) == 0
    assert [one["type"] for one in told()] == ["case.review_started", "requirement.added"]
    numbers = [one["data"]["sequence"] for one in told()]
    assert numbers == sorted(numbers)
    carried, body = Receiver.heard[0]
    assert is_signed(made.secret, carried, body, int(timezone.now().timestamp()))
    assert b"Lund" not in Receiver.heard[1][1]


def test_what_is_not_taken_holds_the_later_ones_back_and_is_tried_again(
    receiver: str, boss: User, manager: User, case: Case
) -> None:
    made = subscribing.subscribe(boss, "CRM", receiver)
    start_review(manager, case, at=AT)
    add_requirement(manager, case, RequirementKind.APS, at=AT)
    Receiver.status = 503
    assert deliver(made, case) == 0
    assert deliver(made, case) == 0
    assert len(Receiver.heard) == 1
    Receiver.status = 200
    assert deliver(made, case, timedelta(seconds=6)) == 2
    ids = [carried["webhook-id"] for carried, _body in Receiver.heard]
    assert ids[0] == ids[1] != ids[2]


def test_after_the_last_try_it_is_given_up_and_somebody_is_told_once(
    receiver: str, boss: User, manager: User, case: Case
) -> None:
    made = subscribing.subscribe(boss, "CRM", receiver)
    start_review(manager, case, at=AT)
    Receiver.status = 500
    for day in range(TRIES_MAX):
        deliver(made, case, timedelta(days=2 * day))
    dead = Delivery.objects.get()
    assert (dead.state, dead.tries, dead.answer) == (State.DEAD, TRIES_MAX, 500)
    assert Task.objects.filter(about_type="subscription").count() == 1
    Receiver.status = 200
    assert subscribing.replay(boss, made, event=dead.event) == 1
    assert deliver(made, case) == 1


def test_gone_is_given_up_at_once(receiver: str, boss: User, manager: User, case: Case) -> None:
    made = subscribing.subscribe(boss, "CRM", receiver)
    start_review(manager, case, at=AT)
    Receiver.status = 410
    deliver(made, case)
    assert Delivery.objects.get().state == State.DEAD


def test_what_its_person_may_not_see_is_not_told(
    receiver: str, boss: User, manager: User, case: Case
) -> None:
    made = subscribing.subscribe(boss, "CRM", receiver)
    Subscription.objects.filter(pk=made.pk).update(person=somebody(Role.AGENT, "Stig Stranger"))
    start_review(manager, case, at=AT)
    deliver(made, case)
    assert Receiver.heard == []
    assert Delivery.objects.get().state == State.SKIPPED


def test_other_carriers_and_a_switched_off_address_hear_nothing(
    receiver: str, boss: User, manager: User, case: Case
) -> None:
    subscribing.subscribe(boss, "Other", receiver, carrier=a_carrier("tundra-life"))
    off = subscribing.subscribe(boss, "Off", receiver)
    subscribing.switch(boss, off, False)
    start_review(manager, case, at=AT)
    assert not Delivery.objects.exists()


def test_a_range_of_time_is_told_again(
    receiver: str, boss: User, manager: User, case: Case
) -> None:
    made = subscribing.subscribe(boss, "Late", receiver)
    count = Event.objects.count()
    day = timedelta(days=1)
    assert subscribing.replay(boss, made, since=AT - day, until=AT + day) == count
    assert subscribing.replay(boss, made, since=AT - day, until=AT + day) == count
    assert deliver(made, case) == 2 * count
    with pytest.raises(Refused):
        subscribing.replay(boss, made, since=AT, until=AT - day)


def test_iri_hears_what_it_has_words_for_right_by_the_specification(
    receiver: str, boss: User, manager: User, case: Case
) -> None:
    made = subscribing.subscribe(boss, "Platform", receiver, format=Format.IRI)
    subscribing.replay(boss, made, since=AT - timedelta(days=1), until=AT + timedelta(days=1))
    start_review(manager, case, at=AT)
    add_requirement(manager, case, RequirementKind.TRUST_PAPERS, at=AT)
    deliver(made, case)
    schemas = {
        "applicationStatus.v1.applicationReceived": "ApplicationReceivedNotification",
        "applicationStatus.v1.documentReviewActionNeeded": "DocReviewNotification",
    }
    assert {one["eventType"] for one in told()} == set(schemas)
    for one in told():
        assert breaches(PUSH, schemas[one["eventType"]], one) == []


def test_an_address_inside_is_refused_and_only_administrators_subscribe(
    settings: Any, boss: User, manager: User
) -> None:
    settings.WEBHOOKS_INSIDE = False
    with pytest.raises(Refused) as refused:
        subscribing.subscribe(boss, "In", "https://127.0.0.1/")
    assert [p.code for p in refused.value.problems] == ["webhook_address_inside"]
    with pytest.raises(Refused) as refused:
        subscribing.subscribe(manager, "No", "https://93.184.216.34/")
    assert [p.code for p in refused.value.problems] == ["not_allowed"]


def test_old_events_are_put_away_and_numbers_go_on(manager: User, case: Case) -> None:
    start_review(manager, case, at=AT)
    last = Event.objects.filter(case=case).latest("number").number
    outbox.put_away(AT + timedelta(days=91))
    assert Event.objects.filter(case=case).count() == 1
    add_requirement(manager, case, RequirementKind.APS, at=AT)
    assert Event.objects.filter(case=case).latest("number").number == last + 1
