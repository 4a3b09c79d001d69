"""An exchange from its start until the money is there, and everything that keeps it from it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from megler.accounts.models import User
from megler.applications.actions.exchange_steps import cancel_all, money_arrived, note
from megler.applications.actions.exchanges import (
    change_exchange,
    decision_on,
    facts_of,
    given_of,
    is_funded,
    money_awaited,
    send_request,
    start_exchange,
)
from megler.applications.actions.submitting import withdraw
from megler.applications.models import Application
from megler.applications.models_exchanges import Exchange, ExchangeState
from megler.applications.rules.exchanges_tracking import What
from megler.documents.reading import pages_of
from megler.journal.models import Entry
from megler.vocabulary.problems import Refused
from megler.work.models import Task

RAW: dict[str, Any] = {
    "carrier_name": "Polar Mutual",
    "policy_number": "P-1",
    "source_kind": "life",
    "expected": "40,000.00",
    "cost_basis": "31000",
    "same_owner": "yes",
    "same_insured": "yes",
    "is_direct": "yes",
    "is_qualified": "no",
    "in_payout": "no",
    "in_force": "yes",
    "to_us_insurer": "yes",
}


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


@pytest.fixture
def held(agent_user: User, complete: Application) -> Exchange:
    return start_exchange(agent_user, complete, RAW)


@pytest.fixture
def sent(agent_user: User, held: Exchange) -> Exchange:
    return send_request(agent_user, held)


def open_tasks(held: Exchange) -> list[Task]:
    return list(Task.objects.open_about(held.subject))


def test_from_the_start_until_the_money_is_there(
    agent_user: User, staff: User, complete: Application
) -> None:
    held = start_exchange(agent_user, complete, RAW)
    assert not is_funded(complete)
    send_request(agent_user, held)
    note(agent_user, held, What.ACKNOWLEDGED, words="Five to seven days")
    note(agent_user, held, What.CHASED)
    done = money_arrived(staff, held, "39,812.44", "31000")
    assert done.state == ExchangeState.ARRIVED
    assert (done.arrived, done.basis_arrived) == (Decimal("39812.44"), Decimal("31000.00"))
    assert [event.what for event in held.events.order_by("id")] == [
        "started", "sent", "acknowledged", "chased", "arrived",
    ]  # fmt: skip
    assert is_funded(complete)
    assert open_tasks(held) == []
    assert done.next_on is None
    assert done.closed_on == timezone.localdate()


def test_somebody_asks_next_after_each_step(agent_user: User, held: Exchange) -> None:
    (task,) = open_tasks(held)
    assert task.due_on == held.next_on
    sent = send_request(agent_user, held)
    (then,) = open_tasks(sent)
    assert then.pk != task.pk
    assert then.url == f"/exchanges/{held.pk}/"
    assert "Polar Mutual P-1" in then.text


def test_the_letter_is_kept_as_it_went_out(sent: Exchange) -> None:
    assert sent.letter is not None
    assert pages_of(sent.letter.read(), sent.letter.name)[0] == "application/pdf"
    assert sent.sent_on == timezone.localdate()


def test_each_step_stands_in_the_journal(sent: Exchange) -> None:
    verbs = Entry.objects.filter(subject_type="exchange", subject_id=str(sent.pk)).order_by("id")
    told = [entry.verb for entry in verbs if entry.verb.startswith("exchange.")]
    assert told == ["exchange.started", "exchange.sent"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"same_owner": "no"}, "exchange_owner_differs"),
        ({"same_insured": "no"}, "exchange_insured_differs"),
        ({"source_kind": "annuity"}, "exchange_kind_not_covered"),
        ({"is_qualified": "yes"}, "exchange_qualified_money"),
        ({"is_direct": "no"}, "exchange_not_direct"),
        ({"is_partial": "yes"}, "exchange_partial_life"),
        ({"joint_from": "yes"}, "exchange_lives_differ"),
    ],
)
def test_what_section_1035_does_not_cover_is_not_started(
    agent_user: User, complete: Application, change: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        start_exchange(agent_user, complete, RAW | change)
    assert code in codes(refused)
    assert not Exchange.objects.exists()


def test_everything_wrong_with_what_was_typed_is_told_at_once(
    agent_user: User, complete: Application
) -> None:
    bad = {"source_kind": "boat", "expected": "lots", "loan": "-5", "payments_from_old": "soon"}
    with pytest.raises(Refused) as refused:
        start_exchange(agent_user, complete, bad)
    assert {problem.where for problem in refused.value.problems} == {
        "carrier_name", "policy_number", "source_kind", "expected", "loan", "payments_from_old",
    }  # fmt: skip


def test_what_is_open_may_be_prepared_but_not_sent(agent_user: User, complete: Application) -> None:
    held = start_exchange(agent_user, complete, RAW | {"same_owner": ""})
    with pytest.raises(Refused) as refused:
        send_request(agent_user, held)
    assert codes(refused) == {"exchange_owner_differs"}
    change_exchange(agent_user, held, RAW)
    assert send_request(agent_user, held).state == ExchangeState.SENT


def test_a_correction_is_kept_and_refused_like_a_start(agent_user: User, held: Exchange) -> None:
    changed = change_exchange(agent_user, held, RAW | {"loan": "500", "loan_carried": "yes"})
    assert changed.loan == Decimal("500.00")
    facts = facts_of(changed)
    assert facts.loan_carried is True
    assert facts.loan == Decimal(500)
    with pytest.raises(Refused):
        change_exchange(agent_user, held, RAW | {"same_owner": "no"})


def test_the_same_policy_is_exchanged_once(agent_user: User, held: Exchange) -> None:
    with pytest.raises(Refused) as refused:
        start_exchange(agent_user, held.application, RAW)
    assert codes(refused) == {"exchange_once"}
    note(agent_user, held, What.CANCELLED)
    assert start_exchange(agent_user, held.application, RAW).pk != held.pk


def test_a_second_click_has_one_effect(agent_user: User, staff: User, held: Exchange) -> None:
    send_request(agent_user, held)
    send_request(agent_user, held)
    money_arrived(staff, held, "39812.44")
    again = money_arrived(staff, held, "39,812.44")
    assert again.state == ExchangeState.ARRIVED
    assert [event.what for event in held.events.order_by("id")] == ["started", "sent", "arrived"]
    with pytest.raises(Refused) as refused:
        money_arrived(staff, held, "1")
    assert codes(refused) == {"exchange_closed"}


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (What.ACKNOWLEDGED, "exchange_not_sent"),
        (What.CHASED, "exchange_not_sent"),
        (What.REFUSED, "exchange_not_sent"),
    ],
)
def test_nothing_is_told_of_a_request_that_was_not_sent(
    staff: User, held: Exchange, what: What, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        note(staff, held, what, words="No")
    assert codes(refused) == {code}


def test_the_money_cannot_come_before_the_request(staff: User, held: Exchange) -> None:
    with pytest.raises(Refused) as refused:
        money_arrived(staff, held, "10")
    assert codes(refused) == {"exchange_not_sent"}


@pytest.mark.parametrize("amount", ["", "0", "-1", "ten", "1.005", "1e99", None])
def test_money_is_an_amount(staff: User, sent: Exchange, amount: Any) -> None:
    with pytest.raises(Refused):
        money_arrived(staff, sent, amount)
    sent.refresh_from_db()
    assert sent.arrived is None


def test_the_agent_cannot_say_that_the_money_came(agent_user: User, sent: Exchange) -> None:
    with pytest.raises(Refused) as refused:
        money_arrived(agent_user, sent, "10")
    assert codes(refused) == {"exchange_staff_only"}
    with pytest.raises(Refused) as refused:
        note(agent_user, sent, What.REFUSED, words="No")
    assert codes(refused) == {"exchange_staff_only"}


def test_a_refusal_needs_its_reason(staff: User, sent: Exchange) -> None:
    with pytest.raises(Refused):
        note(staff, sent, What.REFUSED)
    over = note(staff, sent, What.REFUSED, words="The policy had lapsed")
    assert over.refused_why == "The policy had lapsed"
    assert is_funded(over.application)
    assert note(staff, sent, What.REFUSED, words="Again").refused_why == "The policy had lapsed"


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_before_the_start_or_after_today_is_refused(
    agent_user: User, held: Exchange, days: int
) -> None:
    with pytest.raises(Refused) as refused:
        send_request(agent_user, held, timezone.localdate() + timedelta(days=days))
    assert codes(refused) == {"exchange_day"}


def test_after_a_partial_exchange_the_day_is_told_until_which_nothing_is_taken(
    agent_user: User, staff: User, complete: Application
) -> None:
    complete.offer["line"] = "annuity"
    complete.save()
    part = RAW | {"source_kind": "annuity", "is_partial": "yes"}
    held = start_exchange(agent_user, complete, part)
    send_request(agent_user, held)
    done = money_arrived(staff, held, "10")
    codes = {one.reason.code for one in decision_on(complete, given_of(done)).findings}
    assert "exchange_partial_until" in codes
    assert facts_of(done).transferred_on == done.closed_on


def test_a_stranger_has_no_exchange(stranger: User, held: Exchange) -> None:
    with pytest.raises(Refused) as refused:
        send_request(stranger, held)
    assert codes(refused) == {"not_allowed"}
    with pytest.raises(Refused) as refused:
        note(stranger, held, What.NOTED, words="Hello")
    assert codes(refused) == {"not_allowed"}
    with pytest.raises(Refused) as refused:
        start_exchange(stranger, held.application, RAW | {"policy_number": "P-2"})
    assert codes(refused) == {"not_allowed"}
    assert not Exchange.objects.visible_to(stranger).exists()


def test_an_application_withdrawn_takes_no_exchange_and_ends_those_under_way(
    agent_user: User, held: Exchange
) -> None:
    application = withdraw(agent_user, held.application)
    held.refresh_from_db()
    assert held.state == ExchangeState.CANCELLED
    assert cancel_all(agent_user.actor(), application, timezone.now()) == 0
    with pytest.raises(Refused) as refused:
        start_exchange(agent_user, application, RAW | {"policy_number": "P-2"})
    assert codes(refused) == {"application_withdrawn"}


def test_an_application_without_exchanges_waits_for_no_money(complete: Application) -> None:
    assert is_funded(complete)
    assert list(money_awaited(complete)) == []


def test_history_may_be_told_with_its_own_days(
    agent_user: User, staff: User, complete: Application, at: Callable[[date], Any]
) -> None:
    held = start_exchange(agent_user, complete, RAW, at(date(2026, 3, 2)))
    send_request(agent_user, held, date(2026, 3, 4), at(date(2026, 3, 4)))
    done = money_arrived(staff, held, "10", on=date(2026, 3, 20), at=at(date(2026, 3, 23)))
    assert (done.sent_on, done.closed_on) == (date(2026, 3, 4), date(2026, 3, 20))


@pytest.fixture
def at() -> Callable[[date], Any]:
    """Noon of a day."""

    def noon(day: date) -> Any:
        return timezone.make_aware(datetime.combine(day, time(12)))

    return noon


def test_an_exchange_cannot_become_a_second_one_of_the_same_policy(
    agent_user: User, complete: Application, held: Exchange
) -> None:
    other = start_exchange(agent_user, complete, RAW | {"policy_number": "P-2"})
    for again in (RAW, RAW | {"carrier_name": "POLAR MUTUAL", "policy_number": "p-1"}):
        with pytest.raises(Refused) as refused:
            change_exchange(agent_user, other, again)
        assert codes(refused) == {"exchange_once"}
    change_exchange(agent_user, held, RAW | {"expected": "41,000"})
    other.refresh_from_db()
    assert other.policy_number == "P-2"
