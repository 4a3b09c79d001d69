"""Placing an order with a vendor, and placing one again."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.rules.roles import Can
from megler.cases.actions.doers import Doer
from megler.cases.actions.holding import in_hand
from megler.cases.actions.requirements import order_requirement
from megler.cases.models import Case, Requirement
from megler.cases.rules.kinds import CARRIERS_OWN
from megler.cases.rules.requirements import Act, starts
from megler.journal.actions import record
from megler.orders.actions.vendors import account_for
from megler.orders.actions.writing import code_problems, say
from megler.orders.models import (
    Authorisation,
    AuthorisationTerm,
    Facility,
    Order,
    OrderItem,
    Vendor,
)
from megler.orders.rules.authorisations import authorisation_problems
from megler.orders.rules.words import (
    NEEDS_FACILITY,
    ORDERED_HERE,
    Format,
    OrderState,
    ProviderClass,
    Purpose,
)
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem, Refused


@dataclass(frozen=True, slots=True)
class Wish:
    """What is ordered, from whom, about which records. `details` are instructions for the vendor."""

    vendor: Vendor
    requirements: Sequence[Requirement]
    facility: Facility | None = None
    authorisation: Authorisation | None = None
    details: str = ""


def place_order(
    doer: Doer, case: Case, wish: Wish, *, again: Order | None = None, at: datetime | None = None
) -> Order:
    """Order requirements of a case from a vendor, in one transaction with what is sent to it.

    `again` is an order that this one repeats. Raises `Refused` with every problem; nothing is
    ordered then. A requirement that is ordered already is not ordered twice.
    """
    at = at or timezone.now()
    with transaction.atomic():
        held = in_hand(doer, case, Can.WORK_CASES)
        fresh = list(held.requirements.filter(pk__in=[r.pk for r in wish.requirements]))
        if problems := list(_problems(held, wish, fresh, at)):
            raise Refused(problems)
        for requirement in fresh:
            order_requirement(doer, requirement, wish.vendor.name, at=at)
        order = _made(doer, held, wish, fresh, again=again, at=at)
        say(doer.actor(), order, Purpose.ORDER, at)
        told = {
            "order": str(order.pk),
            "number": order.reference,
            "vendor": wish.vendor.name,
            "kinds": sorted(r.kind for r in fresh),
        }
        record(doer.actor(), "order.placed", held.subject, told, at)
    return order


def _made(
    doer: Doer,
    case: Case,
    wish: Wish,
    requirements: Sequence[Requirement],
    *,
    again: Order | None,
    at: datetime,
) -> Order:
    needs = any(RequirementKind(r.kind) in NEEDS_FACILITY for r in requirements)
    order = Order.objects.create(
        case=case,
        vendor=wish.vendor,
        facility=wish.facility,
        authorisation=wish.authorisation if needs else None,
        again=again,
        state=OrderState.ORDERED.value,
        account=account_for(wish.vendor, case.carrier),
        details=wish.details.strip()[:2_000],
        guid=str(uuid.uuid4()),
        ordered_at=at,
        ordered_by=doer.name,
    )
    order.refresh_from_db(fields=["number"])
    OrderItem.objects.filter(requirement__in=requirements, is_current=True).update(is_current=False)
    wanted = [requirement.pk for requirement in wish.requirements]
    ordered = sorted(requirements, key=lambda r: wanted.index(r.pk))
    OrderItem.objects.bulk_create(
        OrderItem(
            order=order,
            requirement=requirement,
            unique_id=f"{order.reference}-{position}",
            position=position,
        )
        for position, requirement in enumerate(ordered, start=1)
    )
    return order


def _problems(
    case: Case, wish: Wish, requirements: Sequence[Requirement], at: datetime
) -> Iterator[Problem]:
    """Everything that keeps it from being ordered."""
    if not requirements or len(requirements) != len({r.pk for r in wish.requirements}):
        yield Problem("order_nothing", "requirements", "", case.reference)
    vendor, kinds = wish.vendor, [RequirementKind(r.kind) for r in requirements]
    for kind, requirement in zip(kinds, requirements, strict=True):
        name = str(requirement)
        if kind in CARRIERS_OWN:
            yield Problem("order_carriers_own", "requirements", name)
        elif kind not in ORDERED_HERE:
            yield Problem("order_not_a_vendors", "requirements", name)
        elif not vendor.does(kind):
            yield Problem("order_vendor_does_not", "vendor", name, vendor.name)
        if requirement.state not in starts(kind, Act.ORDER):
            state = str(requirement.get_state_display())
            yield Problem("order_not_now", "requirements", state, name)
    state = case.client.jurisdiction
    if vendor.jurisdictions and state and state not in vendor.jurisdictions:
        yield Problem("order_vendor_not_there", "vendor", state, vendor.name)
    yield from _of_the_way(vendor, [kind.value for kind in kinds if vendor.does(kind)])
    if any(kind in NEEDS_FACILITY for kind in kinds):
        yield from _of_records(case, wish, at)


def _of_the_way(vendor: Vendor, kinds: list[str]) -> Iterator[Problem]:
    if not vendor.is_active:
        yield Problem("order_vendor_not_in_use", "vendor", vendor.name)
    if vendor.takes_files and (vendor.partner is None or not vendor.partner.is_active):
        yield Problem("order_partner_missing", "vendor", vendor.name)
    yield from code_problems(Format(vendor.format), vendor.requirement_codes, kinds)


def _of_records(case: Case, wish: Wish, at: datetime) -> Iterator[Problem]:
    """Records of somebody else: from whom, and with whose leave."""
    if wish.facility is None:
        yield Problem("order_facility_missing", "facility")
    permit = wish.authorisation
    if permit is not None and permit.client_id != case.client_id:
        yield Problem("order_authorisation_other", "authorisation")
    provider = ProviderClass(wish.facility.provider) if wish.facility else ProviderClass.PHYSICIAN
    yield from authorisation_problems(
        permit.to_facts() if permit else None,
        provider,
        timezone.localdate(at),
        AuthorisationTerm.months_by_state(),
        str(wish.facility.pk) if wish.facility else "",
    )
    if wish.facility and wish.facility.own_form and permit and permit.facility_id is None:
        yield Problem("order_authorisation_own_form", "authorisation", "", str(wish.facility))


def order_again(
    doer: Doer,
    order: Order,
    *,
    vendor: Vendor | None = None,
    authorisation: Authorisation | None = None,
    details: str = "",
    at: datetime | None = None,
) -> Order:
    """Order anew what an order did not bring, or what was rejected since; the same unless told."""
    items = order.items.select_related("requirement")
    again = [
        item.requirement
        for item in items
        if item.requirement.state in starts(RequirementKind(item.requirement.kind), Act.ORDER)
    ]
    wish = Wish(
        vendor or order.vendor,
        again,
        order.facility,
        authorisation or order.authorisation,
        details or order.details,
    )
    return place_order(doer, order.case, wish, again=order, at=at)
