"""What rules and texts are told of a case."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from megler.cases import names
from megler.cases.models import Case
from megler.ui.templatetags.ui import money
from megler.work.actions.assigning import looked_after_by
from megler.work.rules.assigning import Facts


def with_names(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    """Cases with whoever is named in them; nothing encrypted is opened."""
    found = cases.select_related("agent__user", "client", "product", "carrier")
    return found.defer("carrier_words", "returned_because", "client__ssn")


def cases_by_id(ids: Iterable[UUID]) -> dict[UUID, Case]:
    """Cases by their ids, with their names."""
    return {case.pk: case for case in with_names(Case.objects.filter(pk__in=set(ids)))}


def facts_of(case: Case) -> Facts:
    """What conditions ask."""
    approved = case.face_amount_approved
    return Facts(
        carrier=case.carrier.slug,
        line=case.product.line,
        jurisdiction=case.client.jurisdiction,
        agent=case.agent.npn,
        amount=case.face_amount_applied if approved is None else approved,
    )


def values_of(case: Case, kind: str = "") -> dict[str, str]:
    """What texts are filled with; `kind` of the requirement that it is about."""
    amount = facts_of(case).amount
    who = looked_after_by(("case", case.pk))
    return {
        "agent": case.agent.name,
        "amount": money(amount, case.currency) if amount is not None else "",
        "carrier": case.carrier.name,
        "case": case.reference,
        "client": case.client.name,
        "link": settings.PUBLIC_URL + reverse("case", args=[case.pk]),
        "next_step": str(names.NEXT_STEP.get(case.next_step, "")),
        "policy_number": case.policy_number,
        "product": case.product.name,
        "requirement": str(names.KIND.get(kind, "")),
        "status": str(case.get_status_display()),
        "who": str(who) if who else "",
    }
