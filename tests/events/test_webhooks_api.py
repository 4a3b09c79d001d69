"""Webhooks managed by program and on their page: made, switched, renewed, told again."""

from datetime import timedelta

import pytest

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.models import Case
from megler.events.models import Delivery, Event, State, Subscription
from tests.asking import ask
from tests.cases.cast import AT, signed_in, somebody

pytestmark = pytest.mark.django_db
OFF = {"name": "Warehouse", "address": "https://hooks.megler.example/x", "on": False}


@pytest.fixture
def boss(db: None) -> User:
    return somebody(Role.ADMINISTRATOR, "Ada Boss")


def test_a_webhook_is_made_renewed_and_told_again(boss: User, case: Case) -> None:
    status, made = ask(boss, "/webhooks", OFF | {"kinds": ["case"], "carrier": case.carrier.slug})
    assert (status, made["on"], made["kinds"]) == (201, False, ["case"])
    way = f"/webhooks/{made['id']}"
    assert "secret" not in ask(boss, way)[1]
    renewed = ask(boss, f"{way}/secret", {})[1]["secret"]
    assert renewed not in {made["secret"], ""}
    assert renewed == Subscription.objects.get().secret
    day = timedelta(days=1)
    span = {"since": (AT - day).isoformat(), "until": (AT + day).isoformat()}
    count = ask(boss, f"{way}/replay", span)[1]["events"]
    assert count == Event.objects.count() > 0
    log = ask(boss, f"{way}/deliveries")[1]["deliveries"]
    assert [one["state"] for one in log] == ["waiting"] * count
    assert ask(boss, f"/webhooks/deliveries/{log[0]['id']}/again", {}) == (200, {"events": 1})
    assert Delivery.objects.filter(replay=1).count() == 1
    assert [one["name"] for one in ask(boss, "/webhooks")[1]["webhooks"]] == ["Warehouse"]


def test_an_address_inside_is_refused_when_it_is_made_and_when_it_is_switched_on(
    boss: User,
) -> None:
    inside = OFF | {"address": "https://[::ffff:127.0.0.1]/x"}
    answer = ask(boss, "/webhooks", inside | {"on": True})[1]
    assert [one["code"] for one in answer["problems"]] == ["webhook_address_inside"]
    made = ask(boss, "/webhooks", inside)[1]
    answer = ask(boss, f"/webhooks/{made['id']}/switch", {"on": True})[1]
    assert [one["code"] for one in answer["problems"]] == ["webhook_address_inside"]
    assert not Subscription.objects.get().is_on
    assert ask(boss, f"/webhooks/{made['id']}/test", {})[1]["error"] == "address_inside"
    plain = OFF | {"address": "http://hooks.megler.example/x"}
    answer = ask(boss, "/webhooks", plain)[1]
    assert [one["code"] for one in answer["problems"]] == ["webhook_not_https"]


def test_nobody_else_manages_webhooks(boss: User, manager: User, case: Case) -> None:
    made = ask(boss, "/webhooks", OFF)[1]
    for person in (manager, case.agent.user):
        assert person is not None
        assert ask(person, "/webhooks", OFF)[0] == 404
        assert ask(person, f"/webhooks/{made['id']}/secret", {})[0] == 404


def test_the_page_tells_events_again_and_shows_them(boss: User, case: Case) -> None:
    made = ask(boss, "/webhooks", OFF)[1]
    browser = signed_in(boss)
    way = f"/webhooks/{made['id']}/"
    span = {"since": "2026-03-01T00:00", "until": "2026-03-31T00:00"}
    assert browser.post(f"{way}again/", span).status_code == 302
    rows = list(Delivery.objects.order_by("event"))
    assert len(rows) == Event.objects.count()
    assert {row.state for row in rows} == {State.WAITING}
    browser.post(f"/webhooks/log/{rows[0].pk}/again/")
    assert Delivery.objects.filter(event=rows[0].event).count() == 2
    page = browser.get(way).content.decode()
    assert page.count("case.opened") >= 2
    browser.post(f"{way}again/", {"since": "2026-03-31T00:00", "until": "2026-03-01T00:00"})
    assert Delivery.objects.count() == len(rows) + 1
