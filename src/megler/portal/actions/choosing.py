"""Choosing what one is told of cases, and when."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import Case, CaseNoticeChoice, Notice, NoticeChoice
from megler.cases.rules.notices import SILENT, USUAL, Choice, How, groups
from megler.journal.actions import record
from megler.vocabulary.problems import Problem, Refused


def choice_of(person: User) -> Choice:
    """What holds for a person: what they chose, else what is usual."""
    kept = NoticeChoice.objects.filter(person=person).first()
    if kept is not None:
        return kept.to_rule()
    return USUAL if hasattr(person, "agent") else SILENT


def choose_notices(
    person: User, at_once: Iterable[str], digest: bool, at: datetime | None = None
) -> Choice:
    """Choose what one is told at once, and whether the rest comes once a week."""
    if not person.is_seller:
        raise Refused(Problem("not_allowed", "notices"))
    chosen = sorted(groups(at_once))
    with transaction.atomic():
        NoticeChoice.objects.update_or_create(
            person=person, defaults={"at_once": chosen, "digest": digest}
        )
        told = {"at_once": [group.value for group in chosen], "digest": digest}
        record(person.actor(), "notices.chosen", ("user", person.pk), told, at)
    return Choice(frozenset(chosen), digest)


def choose_for_case(
    person: User, case: Case, chosen: How | None, at: datetime | None = None
) -> None:
    """Choose for one case: everything at once, in the digest or never; None: as for every case.

    Who chooses to be told nothing is not told in the next digest what waits for it, either.
    """
    if not person.is_seller or not person.may(Can.SEE_CASES):
        raise Refused(Problem("not_allowed", "notices"))
    if not Case.objects.visible_to(person).filter(pk=case.pk).exists():
        raise Refused(Problem("nothing_here", "case"))
    with transaction.atomic():
        mine = CaseNoticeChoice.objects.filter(person=person, case=case)
        if chosen is None:
            mine.delete()
        else:
            CaseNoticeChoice.objects.update_or_create(
                person=person, case=case, defaults={"how": chosen.value}
            )
        if chosen is How.NEVER:
            waiting = Notice.objects.waiting().filter(case=case)
            waiting.filter(person=person).delete()
            waiting.filter(agent__user=person).delete()
        told = {"case": case.reference, "how": chosen.value if chosen else ""}
        record(person.actor(), "notices.chosen", ("user", person.pk), told, at)
