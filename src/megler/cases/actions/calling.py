"""What the carrier's guide calls for when a case opens, and what on file serves for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from megler.applications.models import Application
from megler.applications.rules.prefill_lines import insured_of
from megler.carriers.actions import open_edition
from megler.carriers.models import Edition, Product
from megler.cases.models import Requirement
from megler.cases.rules.requirements import State
from megler.clients.models import Client
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.people import Day, Evidence, Person
from megler.underwriting.rules.requirements import Requirement as Called
from megler.underwriting.rules.requirements import requirements_of
from megler.underwriting.rules.standing import guide_for
from megler.vocabulary.ages import age_nearest
from megler.vocabulary.codes import RequirementKind

_SERVING = [State.RECEIVED.value, State.SENT_TO_CARRIER.value, State.ACCEPTED.value]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked of the guide: a product and an amount."""

    product: Product
    amount: Decimal | None


def called_for(application: Application, on: date) -> list[Called]:
    """What the guide in effect for the product calls for on what the quote knew; nothing without one.

    What it would call for only if an open fact turned out so is left to the review.
    """
    amount = decimal(application.offer.get("face_amount"))
    return called_under(application, Terms(application.product, amount), on) or []


def called_under(application: Application, terms: Terms, on: date) -> list[Called] | None:
    """What the guide calls for with other terms than were applied for; None where no guide says."""
    age = _age(application, on)
    if age is None or terms.amount is None:
        return None
    return called_of(_person(application, age, on), terms, on)


def called_of(person: Person, terms: Terms, on: date) -> list[Called] | None:
    """What the guide calls for of one person; None where no guide says."""
    product = terms.product
    standing = Edition.objects.filter(carrier=product.carrier_id).standing(Edition.Kind.GUIDE, on)
    guides = [open_edition(edition.pk).read for edition in standing]
    guide = guide_for({product.carrier.slug: guides}, product.carrier.slug, product.code, on)
    if guide is None:
        return None
    needed = requirements_of(guide, person, on, amount=terms.amount)
    return [one for one in needed.requirements if one.is_certain]


def evidence_of(client: Client | None) -> list[Evidence]:
    """What came in for a client in any case, and from which day."""
    came = Requirement.objects.filter(
        case__client=client, received_at__isnull=False, state__in=_SERVING
    )
    wanted = ("kind", "received_at", "of_day", "case__carrier__slug")
    found = []
    for kind, at, of_day, carrier in came.order_by("-received_at").values_list(*wanted):
        day = of_day or timezone.localtime(at).date()
        found.append(Evidence(RequirementKind(kind), Day(day, day), carrier))
    return found


def raised_by(called: Called) -> dict[str, Any]:
    """The rule that raised a requirement, with its place in the guide, and what on file serves.

    What a trigger says of the client's health is no part of it: see `detail_of`.
    """
    reason = called.reasons[0]
    told: dict[str, Any] = {
        "by": "guide",
        "code": reason.code,
        "params": {} if reason.code.startswith("triggered") else reason.params,
        "edition": reason.source.edition,
        "page": reason.source.page,
    }
    if reuse := called.reuse:
        told["on_file"] = {
            "kind": reuse.kind.value,
            "on": reuse.on.isoformat(),
            "until": reuse.until.isoformat() if reuse.until else None,
            "carrier": reuse.carrier,
        }
    return told


def detail_of(called: Called) -> str:
    """What of the client's history a trigger was about; kept encrypted."""
    reason = called.reasons[0]
    return reason.params.get("text", "") if reason.code == "triggered" else ""


def decimal(value: object) -> Decimal | None:
    """A figure of an offer; None where it has none."""
    return None if value in {None, ""} else Decimal(str(value))


def _age(application: Application, on: date) -> int | None:
    """The age that the premium was reckoned at, otherwise that at the nearest birthday."""
    if (used := application.offer.get("age_used")) is not None:
        return int(used)
    born = application.client.born if application.client else None
    return age_nearest(born, on) if born else None


def _person(application: Application, age: int, on: date) -> Person:
    """What the quote knew of the insured, at this age, with what is on file."""
    document: Mapping[str, Any] = application.quote.facts if application.quote else {}
    told = {
        key: value
        for key, value in insured_of(document, application.offer).items()
        if key not in _NOT_OF_ONE
    }
    facts, _problems = read_facts(told, on)
    known = facts.insured if facts else Person()
    evidence = (*(known.evidence or ()), *evidence_of(application.client))
    return replace(known, age=age, born=None, evidence=evidence)


_NOT_OF_ONE = {"id", "role", "wants", "people"}
