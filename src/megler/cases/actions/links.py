"""Linking cases that belong together; finding those that probably do."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from megler.accounts.models import User
from megler.accounts.rules.roles import Can, Role
from megler.cases.actions.doers import Doer
from megler.cases.actions.holding import happened, moment
from megler.cases.models import Case, CaseLink, CaseParty
from megler.cases.rules.links import CasePeople, Likely, LinkKind, likely_links
from megler.cases.rules.moments import CaseHappened
from megler.cases.rules.parties import PartyRole
from megler.clients.models import Client
from megler.journal.rules.actors import SYSTEM
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions import add_task
from megler.work.models import Task
from megler.work.rules.calendar import add_business_days

LOOKED_AT_MAX = 20
"""So many cases by each sign are looked at; a household or business of more is linked by hand."""
WITHDRAW = gettext_noop("%(placed)s is in force: withdraw %(other)s?")
WITHDRAW_DAYS = 1


def link_cases(
    doer: Doer, case: Case, other: Case, kind: LinkKind, at: datetime | None = None
) -> CaseLink:
    """Say how a case stands to another; said again it changes how. Raises `Refused`."""
    return _say(doer, case, other, kind, dismissed=False, at=moment(at))


def dismiss_link(
    doer: Doer, case: Case, other: Case, kind: LinkKind, at: datetime | None = None
) -> CaseLink:
    """Two cases do not belong together, whatever was proposed or linked; not proposed again."""
    return _say(doer, case, other, kind, dismissed=True, at=moment(at))


def _say(
    doer: Doer, case: Case, other: Case, kind: LinkKind, *, dismissed: bool, at: datetime
) -> CaseLink:
    with transaction.atomic():
        first, second = _held(doer, case, other)
        pair = {"pair_low": min(first.pk, second.pk), "pair_high": max(first.pk, second.pk)}
        known = CaseLink.objects.alias(
            pair_low=Least("case", "other"), pair_high=Greatest("case", "other")
        )
        link = known.filter(**pair).first()
        wanted = (case.pk, other.pk, kind.value, dismissed)
        if link and (link.case_id, link.other_id, link.kind, link.is_dismissed) == wanted:
            return link
        link = link or CaseLink()
        link.case, link.other, link.kind = first, second, kind.value
        link.is_dismissed, link.linked_at, link.by_name = dismissed, at, doer.name
        link.save()
        verb = "case.unlinked" if dismissed else "case.linked"
        for one, its_other in ((first, second), (second, first)):
            told = {"other": its_other.reference, "kind": kind.value, "staff_only": True}
            happened(doer.actor(), one, verb, told, at)
    return link


def _held(doer: Doer, case: Case, other: Case) -> tuple[Case, Case]:
    """Both cases locked, in the order of their keys, so that two who link at once do not wait in a ring."""
    if not doer.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", case.reference))
    if case.pk == other.pk:
        raise Refused(Problem("case_link_itself", "other", case.reference))
    seen = Case.objects.visible_to(doer) if isinstance(doer, User) else Case.objects.all()
    found = seen.filter(pk__in=[case.pk, other.pk]).order_by("pk")
    held = {one.pk: one for one in found.select_for_update(of=("self",), no_key=True)}
    if len(held) < 2:
        raise Refused(Problem("nothing_here", "case"))
    return held[case.pk], held[other.pk]


def links_of(person: User, case: Case) -> list[CaseLink]:
    """What a case is linked with, as far as this person sees both."""
    return list(CaseLink.objects.visible_to(person).of(case).filter(is_dismissed=False))


def proposed_links(person: User, case: Case) -> list[tuple[Case, Likely]]:
    """Cases that probably belong to one, without those already linked or dismissed."""
    parties = CaseParty.objects.filter(case=case).exclude(role=PartyRole.INSURED.value)
    owners = list(parties.values_list("client", flat=True))
    known = CaseLink.objects.filter(Q(case=case) | Q(other=case)).values_list("case", "other")
    linked = {pk for pair in known for pk in pair} | {case.pk}
    seen = Case.objects.visible_to(person).exclude(pk__in=linked).select_related("client")
    found: dict[UUID, Case] = {}
    for sign in _signs(case, owners):
        for one in seen.filter(sign).order_by("-number")[:LOOKED_AT_MAX]:
            found[one.pk] = one
    told = _people([case, *found.values()])
    own = next(one for one in told if one.case == str(case.pk))
    return [(found[UUID(likely.case)], likely) for likely in likely_links(own, told)]


def _signs(case: Case, owners: list[UUID]) -> list[Q]:
    """By what another case may show that it belongs here, each by its own index."""
    client = case.client
    signs = [Q(client=client), Q(pk__in=CaseParty.objects.filter(client=client).values("case"))]
    if owners:
        signs.append(Q(client__in=owners))
        signs.append(Q(pk__in=CaseParty.objects.filter(client__in=owners).values("case")))
    if client.street and client.zip:
        near = Client.objects.filter(zip=client.zip, street__iexact=client.street)
        signs.append(Q(client__in=near.values("pk")[:LOOKED_AT_MAX]))
    return signs


def _people(cases: list[Case]) -> list[CasePeople]:
    """As the rules know them, their owners and payors in one query."""
    parties = CaseParty.objects.filter(case__in=cases).exclude(role=PartyRole.INSURED.value)
    owners: dict[UUID, set[str]] = {}
    for case_id, client_id in parties.values_list("case", "client"):
        owners.setdefault(case_id, set()).add(str(client_id))
    lines = dict(
        Case.objects.filter(pk__in=[one.pk for one in cases]).values_list("pk", "product__line")
    )
    return [
        CasePeople(
            case=str(case.pk),
            client=str(case.client_id),
            line=lines.get(case.pk, ""),
            born=case.client.born,
            street=case.client.street,
            zip=case.client.zip,
            owners=frozenset(owners.get(case.pk, set()) - {str(case.client_id)}),
            is_open=case.is_open,
        )
        for case in cases
    ]


def propose_withdrawals(told: CaseHappened) -> None:
    """One of two alternatives is in force: somebody decides whether the other is withdrawn.

    Once for each, however often it is called.
    """
    if told.verb != "case.in_force":
        return
    rivals = CaseLink.objects.filter(
        Q(case=told.case_id) | Q(other=told.case_id),
        kind=LinkKind.ALTERNATIVE.value,
        is_dismissed=False,
    ).select_related("case", "other")
    with transaction.atomic():
        for link in rivals:
            pair = link.case, link.other
            placed, other = pair if link.case_id == told.case_id else pair[::-1]
            about = ("case", other.pk)
            url = reverse("case", args=[other.pk])
            words = {"placed": placed.reference, "other": other.reference}
            title = WITHDRAW % words
            if not other.is_open or Task.objects.open_about(about).filter(title=title).exists():
                continue
            due = add_business_days(timezone.localtime(told.at).date(), WITHDRAW_DAYS)
            add_task(
                SYSTEM, WITHDRAW, about, due,
                role=Role.CASE_MANAGER, url=url, told=words, at=told.at,
            )  # fmt: skip
