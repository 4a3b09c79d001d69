"""The tasks that a case puts up by itself: its review and its follow-ups; and when they end."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop, override

from megler.accounts.rules.roles import Role
from megler.cases.actions.raising import asking
from megler.cases.models import Case, Requirement, RequirementQuerySet
from megler.cases.rules.requirements import follow_up_on
from megler.cases.rules.words import Holder, Status
from megler.journal.actions import record
from megler.journal.rules.actors import SYSTEM, Actor
from megler.vocabulary.codes import RequirementKind
from megler.work.actions import add_task, finish_task, finish_tasks_about
from megler.work.models import Task, TaskQuerySet
from megler.work.rules.calendar import add_business_days

REVIEW_DAYS = 1
"""Business days in which a submitted application is looked at."""

ASK = {
    Holder.AGENCY: gettext_noop("Take up: %(kind)s (%(case)s)"),
    Holder.AGENT: gettext_noop("Ask the agent: %(kind)s (%(case)s)"),
    Holder.CLIENT: gettext_noop("Ask the client: %(kind)s (%(case)s)"),
    Holder.CARRIER: gettext_noop("Ask the carrier: %(kind)s (%(case)s)"),
    Holder.VENDOR: gettext_noop("Ask the vendor: %(kind)s (%(case)s)"),
}


def tasks_about(case: Case) -> TaskQuerySet:
    """Open tasks about a case, its review and its requirements, most urgent first."""
    requirements = [str(pk) for pk in case.requirements.values_list("pk", flat=True)]
    about = Q(about_type__in=["case", "case_review", "case_added"], about_id=str(case.pk))
    about |= Q(about_type="case_free_look", about_id=str(case.pk))
    about |= Q(about_type="requirement", about_id__in=requirements)
    changes = [str(pk) for pk in case.changes.values_list("pk", flat=True)]
    about |= Q(
        about_type__in=["case_change", "case_suitability", "case_price"], about_id__in=changes
    )
    return Task.objects.filter(about, done_at=None).order_by("due_on", "created_at")


def put_up_review(case: Case, at: datetime) -> None:
    """Somebody must look at a submitted application."""
    due = add_business_days(timezone.localtime(at).date(), REVIEW_DAYS)
    about = ("case_review", case.pk)
    url = reverse("case", args=[case.pk])
    told = {"case": case.reference}
    title = gettext_noop("Review %(case)s for good order")
    add_task(SYSTEM, title, about, due, role=Role.CASE_MANAGER, url=url, told=told, at=at)


def review_is_done(actor: Actor, case: Case, at: datetime) -> None:
    """Good order was confirmed, or the application returned."""
    finish_tasks_about(actor, ("case_review", case.pk), at)


def put_up_reading(case: Case, at: datetime) -> None:
    """Somebody must look at what the agent added; once, however much it is."""
    about = ("case_added", case.pk)
    if Task.objects.open_about(about).exists():
        return
    told = {"case": case.reference}
    title = gettext_noop("Look at what the agent added (%(case)s)")
    due = add_business_days(timezone.localtime(at).date(), REVIEW_DAYS)
    url = reverse("case", args=[case.pk])
    add_task(SYSTEM, title, about, due, role=Role.CASE_MANAGER, url=url, told=told, at=at)


def put_up_free_look(case: Case, ends_on: date, at: datetime) -> None:
    """Somebody asks whether the owner keeps the policy, two business days before the free look ends."""
    about = ("case_free_look", case.pk)
    if Task.objects.open_about(about).exists():
        return
    told = {"case": case.reference, "on": ends_on.isoformat()}
    title = gettext_noop(
        "Ask whether the owner keeps the policy: the free look ends %(on)s (%(case)s)"
    )
    due = max(add_business_days(ends_on, -2), timezone.localtime(at).date())
    url = reverse("case", args=[case.pk])
    add_task(SYSTEM, title, about, due, role=Role.CASE_MANAGER, url=url, told=told, at=at)


def follow_up_is_done(actor: Actor, requirement: Requirement, at: datetime) -> None:
    """Something happened with a requirement: nobody needs to ask any more."""
    finish_tasks_about(actor, ("requirement", requirement.pk), at)


def all_is_done(actor: Actor, case: Case, at: datetime) -> None:
    """The case is finished: so is everything that waits about it.

    A policy in force is still looked at in its free look, and the carrier still told of changes.
    """
    ended = tasks_about(case)
    if case.status == Status.IN_FORCE:
        ended = ended.exclude(about_type__in=["case_free_look", "case_change"])
    for task in ended:
        finish_task(actor, task, at)


def follow_up(today: date, at: datetime) -> int:
    """Put up a task for each follow-up that is due; returns how many. May run twice a day.

    The next follow-up is set in the same transaction, so a second run finds nothing.
    """
    due = Requirement.objects.filter(follow_up_on__lte=today, is_live=True, case__closed_at=None)
    count = 0
    for pk in list(due.order_by("follow_up_on", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            count += _remind(due.select_related("case"), pk, today, at)
    return count


def _remind(due: RequirementQuerySet, pk: UUID, today: date, at: datetime) -> bool:
    free = due.select_for_update(of=("self",), skip_locked=True, no_key=True)
    requirement = free.filter(pk=pk).first()
    if requirement is None:
        return False
    case = requirement.case
    rule = asking(case, RequirementKind(requirement.kind), requirement.valid_days)
    requirement.follow_up_on = follow_up_on(requirement.to_facts(), today, rule.follow_up_days)
    requirement.save(update_fields=["follow_up_on"])
    about = ("requirement", requirement.pk)
    if Task.objects.open_about(about).exists():
        return False
    with override("en"):
        told = {"case": case.reference, "kind": str(requirement.get_kind_display())}
    title = ASK[_whom(Holder(requirement.holder), rule.ask)]
    url = reverse("case", args=[case.pk])
    add_task(SYSTEM, title, about, today, role=Role.CASE_MANAGER, url=url, told=told, at=at)
    kept = {"kind": requirement.kind, "requirement": str(requirement.pk), "staff_only": True}
    record(SYSTEM, "requirement.followed_up", case.subject, kept, at)
    return True


def _whom(has_it: Holder, ask: Holder | None) -> Holder:
    """Whom to ask: by the agency's rule, or who has it; what we have ourselves nobody is asked."""
    return has_it if ask is None or has_it is Holder.AGENCY else ask
