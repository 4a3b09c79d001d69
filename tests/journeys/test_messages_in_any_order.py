"""A case from the vendor's first word to in force: whatever comes late, twice or out of order.

The vendor plays over its real SFTP server, the carrier by its own spreadsheets. Nobody types what a
message said; the clerk only does what is left to people: sends on what came in, hands the policy
over, takes the signed amendment.
"""

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from megler.accounts.models import User
from megler.cases.actions import policy, review
from megler.cases.actions import requirements as acts
from megler.cases.actions.papers import add_document
from megler.cases.models import Case, Requirement
from megler.demo.vendors.script import Habits
from megler.demo.vendors.simulator import VendorSimulator
from megler.feeds.models import Change, FeedSource
from megler.orders.actions import polling
from megler.orders.actions.hearing import read_message
from megler.orders.actions.placing import Wish, place_order
from megler.orders.models import Order, OrderMessage, Vendor
from megler.post.actions.carrying import carry
from megler.post.models import Delivery
from megler.vocabulary.codes import RequirementKind as Kind
from tests.cases.cast import AT, pdf
from tests.cases.conftest import agent, case, folder, manager
from tests.feeds.cast import a_source, send, sheet
from tests.orders.cast import LAB, a_facility, a_partner, a_vendor, needed, signed

__all__ = ["agent", "case", "folder", "manager"]
pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
END = AT + 90 * DAY
HEAD = "Application ID,Insured Name,DOB,Plan,Policy Number,Status,Requirement,Req Status,Date Paid"
IN_ORDER = (
    (1, "Received", "", "", ""),
    (2, "UW Review", "", "APS - Dr Lie,Open", ""),
    (21, "UW Review", "", "APS - Dr Lie,Accepted", ""),
    (22, "Approved", "", ",", ""),
    (23, "Issued", "NL-100200", "Amendment,Open", ""),
    (25, "Issued", "NL-100200", "Amendment,Accepted", "2026-03-26"),
    (30, "In Force", "NL-100200", ",", "2026-03-26"),
)
"""What the carrier says: days after the start, status, policy, requirement, premium paid."""


def statement(day: int) -> bytes:
    """The carrier's spreadsheet of a day."""
    (_, status, number, asked, paid) = next(row for row in IN_ORDER if row[0] == day)
    asked = asked or ","
    return sheet(HEAD, f'APP-1,"HOPE, KARI",02/11/1979,Level Term,{number},{status},{asked},{paid}')


class Play:
    """One case, its vendor and its carrier; `tell` one message, and the clerk goes on."""

    def __init__(self, manager: User, case: Case, vendor: Vendor, swift: VendorSimulator) -> None:
        self.manager, self.case, self.vendor, self.swift = manager, case, vendor, swift
        self.source: FeedSource = a_source(
            carrier=case.carrier, ways={"first_premium": "overwrite"}
        )

    def begin(self) -> None:
        """Everything that waits for nobody: reviewed, sent, ordered."""
        review.confirm_good_order(self.manager, self.case, at=AT)
        review.send_to_carrier(self.manager, self.case, at=AT)
        requirements = needed(self.manager, self.case, *LAB, Kind.APS)
        place_order(self.manager, self.case, Wish(self.vendor, requirements[:4]))
        permit = signed(self.manager, self.case)
        clinic = a_facility(self.manager)
        place_order(self.manager, self.case, Wish(self.vendor, requirements[4:], clinic, permit))
        for pk in Delivery.objects.filter(state="waiting").values_list("pk", flat=True):
            carry(str(pk))
        self.swift.look()

    def vendor_says(self, most: int | None = None) -> None:
        self.swift.speak(most)
        polling.poll(str(self.vendor.pk))
        for pk in OrderMessage.objects.filter(state="arrived").values_list("pk", flat=True):
            read_message(str(pk))

    def carrier_says(self, day: int) -> None:
        send(self.manager, self.source, statement(day), as_of=AT + day * DAY, at=END)

    def clerk(self) -> None:
        """What is left to people, as far as the case allows it now.

        The policy is handed over once all that was asked for before has come in.
        """
        for requirement in self._standing(state="received"):
            acts.send_requirement_to_carrier(self.manager, requirement, at=END)
        waits = self._standing(state__in=["needed", "ordered", "scheduled"], stage="underwriting")
        if self.case.status == "issued" and not waits:
            policy.record_delivery(self.manager, self.case, at=END)
        for requirement in self._standing(stage="delivery", state="needed"):
            paper = add_document(self.manager, self.case, pdf(1), "signed.pdf", at=END)
            acts.record_arrival(self.manager, requirement, [paper], at=END)

    def _standing(self, **wanted: object) -> list[Requirement]:
        """Requirements of the case, while it is open."""
        self.case.refresh_from_db()
        open_case = self.case.status != "in_force"
        return list(self.case.requirements.filter(**wanted)) if open_case else []

    def end(self) -> object:
        """What matters of the case in the end."""
        self.case.refresh_from_db()
        told = {
            r.kind: (r.state, r.documents.count())
            if r.stage == "underwriting"
            else r.state in {"received", "sent_to_carrier", "accepted"}
            for r in self.case.requirements.all()
        }
        orders = sorted(Order.objects.values_list("state", flat=True))
        waits = Change.objects.filter(state="proposed").count()
        case = self.case
        return (case.status, case.decision, case.outcome, case.policy_number, told, orders, waits)


def played(
    manager: User, case: Case, folder: Path, habits: Habits, way: Callable[[Play], None]
) -> object:
    with VendorSimulator("Swift", habits, folder) as swift:
        partner = a_partner("swift", **swift.partner("sftp"))
        play = Play(
            manager, case, a_vendor("swift", partner=partner, **swift.vendor("sftp")), swift
        )
        play.begin()
        way(play)
        return play.end()


def as_they_come(play: Play) -> None:
    for day, *_ in IN_ORDER:
        if day > 2:
            play.vendor_says()
        play.carrier_says(day)
        play.clerk()


EXPECTED = (
    "in_force", "approved", "placed", "NL-100200",
    {
        "paramedical_exam": ("sent_to_carrier", 1), "blood_profile": ("sent_to_carrier", 2),
        "urine": ("sent_to_carrier", 2), "ecg": ("sent_to_carrier", 1), "aps": ("accepted", 1),
        "delivery_receipt": True, "amendment": True,
    },
    ["received", "received"],
    0,
)  # fmt: skip


def test_from_submitted_to_in_force_without_retyping(
    manager: User, case: Case, tmp_path: Path
) -> None:
    assert played(manager, case, tmp_path / "v", Habits(), as_they_come) == EXPECTED


@pytest.mark.parametrize("seed", range(2))
def test_late_doubled_and_shuffled_it_ends_in_the_same(
    manager: User, case: Case, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    days = [day for day, *_ in IN_ORDER] * 2
    dice.shuffle(days)

    def anyhow(play: Play) -> None:
        for day in days:
            if dice.random() < 0.5:
                play.vendor_says(dice.randint(1, 4))
            play.carrier_says(day)
            if dice.random() < 0.5:
                play.clerk()
        play.vendor_says()
        for _again in range(3):
            play.clerk()

    habits = Habits(seed=seed, doubles=0.5, shuffles=True, late=3, misses=0.5, garbage=0.2)
    assert played(manager, case, tmp_path / "v", habits, anyhow) == EXPECTED
