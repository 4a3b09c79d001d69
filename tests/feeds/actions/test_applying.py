"""What a carrier's file says is done with its cases, exactly once."""

import pytest

from megler.accounts.models import User
from megler.cases.models import Case
from megler.feeds.actions.settling import set_aside
from megler.feeds.models import CaseWord, Change, FeedRow, FeedSource
from megler.feeds.names import ChangeState, FileState
from tests.cases.cast import verbs
from tests.feeds.cast import AT, DAY, a_case_at_carrier, send, sheet

pytestmark = pytest.mark.django_db

HEAD = "Application ID,Insured Name,DOB,Plan,Policy Number,Status,Comments,Requirement,Req Status"


def row(status: str = "UW Review", policy: str = "", more: str = ",,") -> str:
    return f'APP-1,"HOPE, KARI M",02/11/1979,Level Term,{policy},{status},{more}'


def test_a_policy_issued_in_one_leap_is_decided_and_issued(
    manager: User, case: Case, source: FeedSource
) -> None:
    done = send(manager, source, sheet(HEAD, row("Issued", "NL-100200")), as_of=AT + DAY)
    case.refresh_from_db()
    assert (done.state, done.counts["changed"]) == (FileState.DONE, 1)
    assert (case.status, case.decision, case.policy_number) == ("issued", "approved", "NL-100200")
    assert verbs(case)[-3:] == ["case.policy_numbered", "case.decided", "case.issued"]
    assert (case.carrier_words, case.carrier_channel) == ("Issued", "feed")
    assert case.requirements.filter(kind="delivery_receipt").count() == 1
    assert set(Change.objects.values_list("told", "state")) == {
        ("policy_number", "applied"),
        ("status", "applied"),
    }


def test_what_says_nothing_new_changes_nothing_but_when_it_was_said(
    manager: User, case: Case, source: FeedSource
) -> None:
    send(manager, source, sheet(HEAD, row()), as_of=AT + DAY)
    before = verbs(case)
    done = send(manager, source, sheet(HEAD, row(), ""), as_of=AT + 2 * DAY)
    assert done.counts == {"unchanged": 1}
    assert verbs(case) == before
    assert CaseWord.objects.get(case=case).said_at == AT + 2 * DAY


def test_yesterdays_file_after_todays_takes_nothing_back(
    manager: User, case: Case, source: FeedSource
) -> None:
    send(manager, source, sheet(HEAD, row("Approved")), as_of=AT + 2 * DAY)
    done = send(manager, source, sheet(HEAD, row("UW Review")), as_of=AT + DAY)
    case.refresh_from_db()
    assert (case.status, case.decision, case.carrier_words) == ("decided", "approved", "Approved")
    assert done.counts == {"older": 1}
    assert not Change.objects.filter(state=ChangeState.PROPOSED).exists()


def test_requirements_are_put_up_brought_on_and_settled(
    manager: User, case: Case, source: FeedSource
) -> None:
    send(manager, source, sheet(HEAD, row(more=",APS - Dr Lund,Open")), as_of=AT + DAY)
    aps = case.requirements.get(kind="aps")
    assert (aps.state, aps.detail) == ("needed", "APS - Dr Lund")
    send(manager, source, sheet(HEAD, row(more=",APS - Dr Lund,Accepted")), as_of=AT + 2 * DAY)
    aps.refresh_from_db()
    assert aps.state == "accepted"
    assert case.requirements.filter(kind="aps").count() == 1


def test_an_offer_that_differs_is_proposed_not_taken(
    manager: User, case: Case, source: FeedSource
) -> None:
    head = "Policy Number,Application ID,Insured Name,DOB,Plan,Status,Face Amount"
    line = 'NL1,APP-1,"Hope, Kari",1979-02-11,Level Term,Approved,"$250,000"'
    send(manager, source, sheet(head, line), as_of=AT + DAY)
    case.refresh_from_db()
    assert case.status == "received_by_carrier"
    proposed = Change.objects.get(state=ChangeState.PROPOSED)
    assert proposed.why[0]["code"] == "feed_offer_differs"


def test_a_number_that_is_another_persons_is_held(
    manager: User, case: Case, source: FeedSource
) -> None:
    other = a_case_at_carrier(manager, "Nils Berg", case.carrier)
    Case.objects.filter(pk=other.pk).update(policy_number="NL-7")
    done = send(manager, source, sheet(HEAD, row("Declined", "NL-7")), as_of=AT + DAY)
    other.refresh_from_db()
    assert other.decision == ""
    assert done.counts == {"unmatched": 1}


def test_a_stranger_stands_once_in_the_tray_and_stays_aside(
    manager: User, source: FeedSource
) -> None:
    head, line = "Policy Number,Insured,DOB,Status", "NL-9,Unn Ukjent,1/1/1970"
    first = send(manager, source, sheet(head, f"{line},UW"), as_of=AT + DAY)
    second = send(manager, source, sheet(head, f"{line},UW", ""), as_of=AT + 2 * DAY)
    first.refresh_from_db()
    assert (first.counts, second.counts) == ({"older": 1}, {"unmatched": 1})
    set_aside(manager, FeedRow.objects.get(file=second))
    third = send(manager, source, sheet(head, f"{line},UW", "", ""), as_of=AT + 3 * DAY)
    fourth = send(manager, source, sheet(head, f"{line},Approved"), as_of=AT + 4 * DAY)
    assert (third.counts, fourth.counts) == ({"set_aside": 1}, {"unmatched": 1})
