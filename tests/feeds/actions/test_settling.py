"""However what a carrier says is taken over, the case ends alike; and undoing brings back what was."""

from typing import Any

import pytest

from megler.accounts.models import User
from megler.cases.models import Case
from megler.feeds.actions import settling
from megler.feeds.actions.snapshots import snapshot
from megler.feeds.models import Change, FeedSource
from megler.feeds.names import ChangeState
from megler.feeds.rules.words import Told, Way
from tests.cases import cast
from tests.cases.cast import signed_in
from tests.feeds.cast import AT, DAY, a_case_at_carrier, send, sheet

pytestmark = pytest.mark.django_db
HEAD = "Agency Reference,Policy Number,Insured,Status,Comments,Requirement,Req Status"
NAMES = ("Kari Hope", "Nils Berg", "Ada Nymann")


def cases_of(manager: User) -> list[Case]:
    first = a_case_at_carrier(manager, NAMES[0])
    return [first, *(a_case_at_carrier(manager, name, first.carrier) for name in NAMES[1:])]


def rows_of(cases: list[Case], status: str = "Issued") -> bytes:
    lines = []
    for case in cases:
        who = f"{case.reference},NL-{case.number},{case.client.name},{status},mailed"
        lines += [f"{who},APS,Received", f"{who},MIB,Open"]
    return sheet(HEAD, *lines)


def stands(case: Case) -> dict[str, Any]:
    """What a case ends as, without its own number and the moments of the acts."""
    case.refresh_from_db()
    own = {
        "policy_number",
        "status_since",
        "carrier_said_at",
        "decided_at",
        "issued_at",
        "carrier_channel",
    }
    asked = case.requirements.order_by("kind", "state").values_list("kind", "state")
    return {
        **{k: v for k, v in snapshot(case).items() if k not in own},
        "requirements": list(asked),
        "verbs": sorted(
            v for v in cast.verbs(case) if not v.startswith(("feed.", "case.carrier_said"))
        ),
        "has_number": bool(case.policy_number),
    }


def propose_all(source: FeedSource) -> None:
    source.ways = dict.fromkeys((t.value for t in Told), Way.PROPOSE.value)
    source.save()


def test_taken_over_at_once_accepted_singly_and_together_the_cases_end_alike(
    manager: User,
) -> None:
    at_once, singly, together = cases_of(manager)
    source = FeedSource(slug="one", name="One", carrier=at_once.carrier, made_at=AT)
    source.ways = dict.fromkeys((t.value for t in Told), Way.OVERWRITE.value)
    source.save()
    send(manager, source, rows_of([at_once]), as_of=AT + DAY)
    propose_all(source)
    send(manager, source, rows_of([singly, together]), as_of=AT + DAY)
    for change in Change.objects.filter(case=singly).proposed().order_by("seq"):
        settling.accept(manager, change, AT + 2 * DAY)
    ids = (
        Change.objects.filter(case=together)
        .proposed()
        .order_by("-seq")
        .values_list("pk", flat=True)
    )
    answer = signed_in(manager).post(
        "/feeds/changes/settle/", {"change": list(ids), "act": "accept"}
    )
    assert answer.status_code == 302
    assert set(Change.objects.values_list("state", flat=True)) == {ChangeState.APPLIED}
    assert stands(at_once)["status"] == "issued"
    assert stands(at_once) == stands(singly) == stands(together)


def test_a_second_acceptance_has_no_second_effect_and_refusing_leaves_all_as_it_was(
    manager: User,
) -> None:
    first, second, _third = cases_of(manager)
    source = FeedSource(slug="one", name="One", carrier=first.carrier, made_at=AT)
    propose_all(source)
    before = stands(second)
    send(manager, source, rows_of([first, second]), as_of=AT + DAY)
    browser = signed_in(manager)
    ids = [str(c.pk) for c in Change.objects.filter(case=first)]
    browser.post("/feeds/changes/settle/", {"change": ids})
    once = stands(first)
    browser.post("/feeds/changes/settle/", {"change": ids})
    assert stands(first) == once
    browser.post(
        "/feeds/changes/settle/",
        {"change": [c.pk for c in Change.objects.filter(case=second)], "act": "refuse"},
    )
    assert stands(second) == before
    held = send(manager, source, rows_of([first, second]) + b"\n", as_of=AT + 3 * DAY)
    assert held.counts == {"unchanged": 2}


@pytest.mark.parametrize("way", [Way.OVERWRITE, Way.PROPOSE])
def test_undone_from_the_last_to_the_first_a_case_is_as_before(manager: User, way: Way) -> None:
    case = cases_of(manager)[0]
    source = FeedSource(slug="one", name="One", carrier=case.carrier, made_at=AT)
    source.ways = dict.fromkeys((t.value for t in Told), way.value)
    source.save()
    before = stands(case)
    send(manager, source, rows_of([case]), as_of=AT + DAY)
    for change in Change.objects.filter(case=case).proposed().order_by("seq"):
        settling.accept(manager, change, AT + 2 * DAY)
    for change in Change.objects.filter(case=case).order_by("-seq"):
        settling.undo(manager, change, AT + 3 * DAY)
    after = stands(case)
    gone = {key: (before[key], after[key]) for key in before if before[key] != after[key]}
    assert set(gone) <= {"verbs", "requirements"}, gone
    open_ones = [
        kind for kind, state in after["requirements"] if state not in {"cancelled", "waived"}
    ]
    assert open_ones == [kind for kind, _state in before["requirements"]]
