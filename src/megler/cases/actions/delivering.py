"""Getting a policy to its owner, with a receipt; and the free look that begins with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from megler.accounts.limits import within
from megler.accounts.rules.roles import Can
from megler.cases.actions.doers import Doer, Robot
from megler.cases.actions.holding import happened, in_hand, moment, not_in_future
from megler.cases.actions.policy import record_delivery
from megler.cases.actions.requirements import record_arrival
from megler.cases.models import Case, CaseDocument, PolicyDelivery
from megler.cases.rules.delivery import DeliveryWay
from megler.cases.rules.requirements import IN
from megler.cases.rules.words import Status
from megler.journal.actions import record
from megler.post.actions.messages import send
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem, Refused

OPENINGS_A_MINUTE = 30
_SENT_FROM = frozenset({Status.ISSUED, Status.DELIVERED})


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent, to whom and how. `documents`: the policy's files, shown behind the link."""

    way: DeliveryWay
    to_name: str
    to_email: str = ""
    courier: str = ""
    tracking: str = ""
    documents: tuple[CaseDocument, ...] = ()


def send_policy(
    person: Doer, case: Case, parcel: Parcel, at: datetime | None = None
) -> tuple[PolicyDelivery, str]:
    """Send a policy on its way; an earlier link stops opening. Returns it with the link's secret.

    By e-mail the owner gets a private link, opens it with their date of birth, sees the policy and
    signs for it. Raises `Refused` with everything that lacks.
    """
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, case, Can.WORK_CASES)
        if problems := _lacks(held, parcel):
            raise Refused(problems)
        held.deliveries.filter(ended_at=None, receipt_at=None).update(ended_at=at)
        token = PolicyDelivery.new_token() if parcel.way is DeliveryWay.EMAIL else ""
        made = held.deliveries.create(
            way=parcel.way.value,
            to_name=" ".join(parcel.to_name.split())[:200],
            to_email=parcel.to_email,
            courier=parcel.courier[:60],
            tracking=" ".join(parcel.tracking.split())[:60],
            sent_at=at,
            by_name=person.name,
            token_digest=PolicyDelivery.digest_of(token) if token else "",
            expires_at=at + timedelta(days=PolicyDelivery.LINK_DAYS) if token else None,
            shown=[
                {"id": str(paper.pk), "name": paper.document.name, "sha256": paper.document.sha256}
                for paper in parcel.documents
            ],
        )
        made.documents.set(parcel.documents)
        if token:
            _mail(held, made, token, at)
        told = {"name": made.to_name, "way": parcel.way.value, "delivery": str(made.pk)}
        happened(person.actor(), held, "case.policy_sent", told, at)
    return made, token


def _lacks(held: Case, parcel: Parcel) -> list[Problem]:
    problems = []
    if held.status not in _SENT_FROM:
        problems.append(Problem("policy_nothing", held.reference, str(held.status)))
    elif held.differences_open or held.differences_returned:
        count = str(held.differences_open + held.differences_returned)
        problems.append(Problem("case_policy_differs", held.reference, count))
    if not parcel.to_name.strip():
        problems.append(Problem("missing", "to_name"))
    if parcel.way is DeliveryWay.EMAIL and not parcel.to_email:
        problems.append(Problem("delivery_no_email", "to_email"))
    if parcel.way is DeliveryWay.EMAIL and not parcel.documents:
        problems.append(Problem("delivery_no_policy", "documents"))
    if parcel.way is DeliveryWay.EMAIL and not _born(held):
        problems.append(Problem("delivery_no_birth", held.reference))
    if parcel.way is DeliveryWay.COURIER and not parcel.tracking.strip():
        problems.append(Problem("delivery_no_tracking", "tracking"))
    problems += [
        Problem("document_not_here", "documents", str(paper))
        for paper in parcel.documents
        if paper.case_id != held.pk
    ]
    return problems


def _mail(held: Case, made: PolicyDelivery, token: str, at: datetime) -> None:
    user = held.agent.user
    language = (user.language if user else "") or settings.LANGUAGE_CODE
    told = {
        "name": made.to_name,
        "agent": held.agent.name,
        "carrier": held.carrier.name,
        "link": settings.PUBLIC_URL + reverse("policy_link", args=[token]),
        "days": PolicyDelivery.LINK_DAYS,
    }
    with override(language):
        send(
            made.to_email,
            _("Your policy from %(carrier)s") % told,
            _(
                "Dear %(name)s,\n\n"
                "your policy from %(carrier)s is here. Read it and sign for it:\n\n%(link)s\n\n"
                "You are asked for your date of birth. The link is yours alone and works for "
                "%(days)d days. Your agent is %(agent)s.\n"
            )
            % told,
            held.subject,
            to_name=made.to_name,
            language=language,
            private=True,
            at=at,
        )


def may_open(address: str, at: datetime | None = None) -> bool:
    """Whether somebody at this network address may try one more link now."""
    return within("policy.open", address, OPENINGS_A_MINUTE, timedelta(minutes=1), at)


def find_delivery(token: str, at: datetime | None = None) -> PolicyDelivery | None:
    """The delivery that a token opens; an unknown, an expired and an ended one are alike: None."""
    found = PolicyDelivery.objects.filter(
        token_digest=PolicyDelivery.digest_of(token), ended_at=None, expires_at__gt=moment(at)
    )
    return found.select_related("case__client", "case__carrier", "case__product").first()


def client_of(delivery: PolicyDelivery) -> Robot:
    """Whoever opens the link, as the journal knows them."""
    return Robot(delivery.to_name, str(delivery.pk), "client")


def open_policy(
    delivery: PolicyDelivery, born: date, address: str = "", at: datetime | None = None
) -> PolicyDelivery:
    """The owner says their date of birth and sees the policy; the first opening is kept.

    Raises `Refused` for another date; after five the link is ended.
    """
    at = moment(at)
    with transaction.atomic():
        fresh = PolicyDelivery.objects.select_for_update(no_key=True, of=("self",)).get(
            pk=delivery.pk
        )
        is_theirs = born in _born(delivery.case)
        if not is_theirs:
            fresh.tries += 1
            if fresh.tries >= PolicyDelivery.TRIES_MAX:
                fresh.ended_at = at
            fresh.save(update_fields=["tries", "ended_at"])
        elif fresh.opened_at is None:
            fresh.opened_at, fresh.opened_from = at, address[:64]
            fresh.save(update_fields=["opened_at", "opened_from"])
            told = {"delivery": str(fresh.pk), "files": [one["sha256"] for one in fresh.shown]}
            record(client_of(fresh).actor(), "case.policy_opened", delivery.case.subject, told, at)
    if not is_theirs:
        raise Refused(Problem("delivery_not_born", "born"))
    return fresh


def _born(case: Case) -> set[date]:
    """Dates of birth that open a policy: the owner's, or the insured's who owns it."""
    people = case.parties.filter(Q(role="owner") | Q(role="insured")).select_related("client")
    return {one.client.born for one in people if one.client.born} | (
        {case.client.born} if case.client.born else set()
    )


def sign_receipt(
    delivery: PolicyDelivery,
    name: str,
    *,
    address: str = "",
    user_agent: str = "",
    at: datetime | None = None,
) -> PolicyDelivery:
    """The owner signs for the policy at the link: when, from where, and what they had seen.

    Delivers the policy today and brings the delivery receipt in; a second time changes nothing.
    """
    at = moment(at)
    if " ".join(name.split()).casefold() != delivery.to_name.casefold():
        raise Refused(Problem("delivery_name", "name", "", delivery.to_name))
    if delivery.opened_at is None:
        raise Refused(Problem("delivery_over", "delivery"))
    on = timezone.localtime(at).date()
    return _receipt(client_of(delivery), delivery, name, on, (address, user_agent), at)


def record_receipt(
    person: Doer, delivery: PolicyDelivery, name: str, on: date, at: datetime | None = None
) -> PolicyDelivery:
    """The courier's or the paper receipt is here: who signed for the policy, and on which day."""
    at = moment(at)
    not_in_future("on", on, at)
    if not name.strip():
        raise Refused(Problem("missing", "name"))
    if not person.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", delivery.case.reference))
    return _receipt(person, delivery, name, on, ("", ""), at)


def _receipt(  # noqa: PLR0917 - who, what, when, from where
    person: Doer,
    delivery: PolicyDelivery,
    name: str,
    on: date,
    where: tuple[str, str],
    at: datetime,
) -> PolicyDelivery:
    with transaction.atomic():
        held = in_hand(person, delivery.case, Can.WORK_CASES)
        fresh = held.deliveries.select_for_update(no_key=True).get(pk=delivery.pk)
        if fresh.receipt_at is not None:
            return fresh
        if fresh.ended_at is not None:
            raise Refused(Problem("delivery_over", "delivery"))
        fresh.receipt_at, fresh.received_on = at, on
        fresh.receipt_name = " ".join(name.split())[:200]
        fresh.receipt_from, fresh.receipt_agent = where[0][:64], where[1][:300]
        fresh.save()
        told = {"name": fresh.receipt_name, "on": on.isoformat(), "delivery": str(fresh.pk)}
        happened(person.actor(), held, "case.policy_receipt", told, at)
        if held.status == Status.ISSUED:
            record_delivery(person, held, on, at=at)
        _bring_receipt(person, held, at)
    return fresh


def _bring_receipt(person: Doer, held: Case, at: datetime) -> None:
    """The delivery receipt that the case waits for has come in."""
    kind = RequirementKind.DELIVERY_RECEIPT.value
    waiting = held.requirements.filter(kind=kind).exclude(state__in=[one.value for one in IN])
    if Case.objects.filter(pk=held.pk, status=Status.DELIVERED.value).exists():
        for requirement in waiting[:1]:
            record_arrival(person, requirement, at=at)


def files_of(delivery: PolicyDelivery) -> Sequence[CaseDocument]:
    """The files behind the link."""
    return list(delivery.documents.select_related("document").order_by("added_at", "pk"))
