"""Applications that a message may tell of a second time."""

from typing import Any

from megler.accounts.models import User
from megler.applications.models import OPEN_STATES, Application
from megler.applications.models_messages import ApplicationMessage, Direction
from megler.applications.rules.acord.report import Report
from megler.carriers.models import Product
from megler.exchange.txlife.checking import Story

_LOOKED_AT = 50


def possible_doubles(
    person: User, report: Report, story: Story, product: Product
) -> list[Application]:
    """Applications that may be the same one: by the message's id, by the sender's number, or an open
    one of the same insured for the same product and amount. Staff learn of all, others of theirs."""
    visible = Application.objects.visible_to(person)
    found: dict[Any, Application] = {}
    received = ApplicationMessage.objects.filter(direction=Direction.RECEIVED)
    sender = report.found.message.sender[:200] if report.found else ""
    policy = story.policy
    tracking = policy.tracking_id[:200] if policy else ""
    if story.request.guid:
        same = received.filter(guid=story.request.guid[:200]).values("application")
        found |= {one.pk: one for one in visible.filter(pk__in=same)}
    if tracking and sender:
        same = received.filter(sender=sender, tracking_id=tracking).values("application")
        found |= {one.pk: one for one in visible.filter(pk__in=same)}
    insured = story.insured
    if insured is not None and insured.last_name:
        name = " ".join(
            part for part in (insured.first_name, insured.middle_name, insured.last_name) if part
        )
        open_now = visible.filter(
            product=product, state__in=OPEN_STATES, insured_name__iexact=name[:400]
        )
        for one in open_now[:_LOOKED_AT]:
            amount = str(one.offer.get("face_amount") or "")
            born = one.answers.get("insured_born", {}).get("value")
            if _alike(amount, story.face_amount) and (not born or born == insured.born):
                found[one.pk] = one
    return sorted(found.values(), key=lambda one: one.number)


def _alike(one: str, other: str) -> bool:
    """Whether two amounts are the same, however they are written."""
    return (
        one.rstrip("0").rstrip(".") == other.rstrip("0").rstrip(".")
        if "." in one + other
        else one == other
    )
