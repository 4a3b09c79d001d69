"""The directory of facilities, what is measured of them, authorisations, terms and limits."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.models import Carrier
from megler.cases.models import Case, CaseDocument
from megler.clients.rules.people import ClientKind, Known, name_key
from megler.journal.actions import record
from megler.orders.models import (
    Authorisation,
    AuthorisationTerm,
    Facility,
    FeeLimit,
    Order,
)
from megler.orders.rules.fees import LIMIT_USUAL
from megler.orders.rules.measures import days_median
from megler.orders.rules.words import OrderState, ProviderClass
from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.problems import Problem, Refused

MEASURED_MAX = 200
"""The newest orders of a facility that its days are measured from."""


@dataclass(frozen=True, slots=True)
class FacilityEntry:
    """A facility as somebody writes it down."""

    name: str
    doctor: str = ""
    provider: str = ProviderClass.PHYSICIAN.value
    street: str = ""
    city: str = ""
    jurisdiction: str = ""
    zip: str = ""
    phone: str = ""
    fax: str = ""
    custodian: str = ""
    copy_service: str = ""
    own_form: bool = False
    fee_usual: Decimal | None = None
    note: str = ""


def found_by(*parts: str) -> str:
    """What a facility is found by, plain."""
    return name_key(Known(kind=ClientKind.ORGANISATION, name=" ".join(parts)))[:500]


def keep_facility(
    person: User,
    entry: FacilityEntry,
    facility: Facility | None = None,
    version: int = 0,
    at: datetime | None = None,
) -> Facility:
    """Put a facility into the directory, or change one seen in `version`."""
    if not person.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", "facility"))
    problems = [Problem("missing", "name")] if not entry.name.strip() else []
    if entry.jurisdiction and entry.jurisdiction not in JURISDICTIONS:
        problems.append(Problem("wrong_value", "jurisdiction", entry.jurisdiction, "TX"))
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        held = Facility(version=0)
        if facility is not None:
            held = Facility.objects.select_for_update(no_key=True).get(pk=facility.pk)
            if held.version != version:
                found, expected = str(version), str(held.version)
                raise Refused(Problem("changed_meanwhile", held.name, found, expected))
        for name, value in asdict(entry).items():
            setattr(held, name, value.strip() if isinstance(value, str) else value)
        held.words = found_by(held.name, held.doctor, held.city)
        held.version += 1
        held.changed_at = at or timezone.now()
        held.save()
        verb = "facility.changed" if facility else "facility.added"
        record(person.actor(), verb, held.subject, {"name": str(held)}, at)
    return held


def measure(facility: Facility) -> None:
    """Count anew how many days its records take, from the newest orders that came in."""
    done = Order.objects.filter(
        facility=facility, state=OrderState.RECEIVED, ended_at__isnull=False
    )
    spans = list(done.order_by("-ended_at").values_list("ordered_at", "ended_at")[:MEASURED_MAX])
    known = [(start, end) for start, end in spans if end is not None]
    Facility.objects.filter(pk=facility.pk).update(
        days_median=days_median(known), days_count=len(known)
    )


def keep_authorisation(
    person: User,
    case: Case,
    paper: CaseDocument,
    signed_on: date,
    *,
    scope: list[str],
    expires_on: date | None = None,
    facility: Facility | None = None,
    at: datetime | None = None,
) -> Authorisation:
    """Note down a signed authorisation that is a document of the case. The same paper is one row."""
    if not person.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", case.reference))
    at = at or timezone.now()
    problems = []
    if paper.case_id != case.pk:
        problems.append(Problem("document_not_here", "paper", str(paper)))
    if not scope or not set(scope) <= set(ProviderClass):
        problems.append(Problem("wrong_value", "scope", ", ".join(scope), "physician"))
    if signed_on > timezone.localdate(at):
        problems.append(Problem("order_authorisation_not_yet", "signed_on", signed_on.isoformat()))
    if expires_on and expires_on < signed_on:
        problems.append(Problem("wrong_value", "expires_on", str(expires_on), f"≥ {signed_on}"))
    if problems:
        raise Refused(problems)
    kept = {
        "signed_on": signed_on,
        "expires_on": expires_on,
        "scope": sorted(scope),
        "jurisdiction": case.client.jurisdiction,
        "facility": facility,
        "kept_by": person.name,
        "kept_at": at,
    }
    with transaction.atomic():
        held, _new = Authorisation.objects.update_or_create(
            client=case.client, paper=paper, defaults=kept
        )
        told = {"authorisation": str(held.pk), "signed_on": signed_on.isoformat()}
        record(person.actor(), "authorisation.kept", case.subject, told, at)
    return held


def revoke_authorisation(
    person: User, authorisation: Authorisation, on: date, at: datetime | None = None
) -> None:
    """The client has taken it back; nothing is ordered on it from that day."""
    if not person.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", "authorisation"))
    with transaction.atomic():
        Authorisation.objects.filter(pk=authorisation.pk).update(revoked_on=on)
        told = {"authorisation": str(authorisation.pk), "on": on.isoformat()}
        record(person.actor(), "authorisation.revoked", authorisation.paper.case.subject, told, at)


def keep_term(person: User, jurisdiction: str, months: int, at: datetime | None = None) -> None:
    """For how many months an authorisation holds in a state; `months` 0 takes the state's own away."""
    _may_set(person)
    if jurisdiction and jurisdiction not in JURISDICTIONS:
        raise Refused(Problem("wrong_value", "jurisdiction", jurisdiction, "TX"))
    with transaction.atomic():
        if months > 0:
            AuthorisationTerm.objects.update_or_create(
                jurisdiction=jurisdiction, defaults={"months": months}
            )
        else:
            AuthorisationTerm.objects.filter(jurisdiction=jurisdiction).delete()
        told = {"jurisdiction": jurisdiction, "months": months}
        record(person.actor(), "authorisation.term_kept", ("orders", "terms"), told, at)


def keep_limit(
    person: User, carrier: Carrier | None, limit: Decimal, at: datetime | None = None
) -> None:
    """Up to which fee orders for a carrier's cases are approved at once."""
    _may_set(person)
    if limit < 0:
        raise Refused(Problem("wrong_value", "limit", str(limit), "≥ 0"))
    with transaction.atomic():
        FeeLimit.objects.update_or_create(
            carrier=carrier,
            defaults={"limit": limit, "is_default": None if carrier else True},
        )
        told = {"carrier": carrier.slug if carrier else "", "limit": str(limit)}
        record(person.actor(), "fee.limit_kept", ("orders", "fees"), told, at)


def _may_set(person: User) -> None:
    if not person.may(Can.CHANGE_PARTNERS):
        raise Refused(Problem("not_allowed", "orders"))


def limit_for(carrier: Carrier) -> Decimal:
    """The limit of a carrier's cases: its own, else the general one, else none."""
    kept = {one.carrier_id: one.limit for one in FeeLimit.objects.filter(carrier__in=[carrier])}
    general = FeeLimit.objects.filter(is_default=True).values_list("limit", flat=True).first()
    found: Decimal = kept.get(carrier.pk, LIMIT_USUAL if general is None else general)
    return found
