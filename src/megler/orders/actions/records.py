"""The timeline of received records: drawn from their pages, checked by a person."""

import hashlib
import json
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import CaseDocument, Requirement
from megler.documents import apart
from megler.documents.models import Standing
from megler.journal.actions import record
from megler.orders.models import ApsEntry
from megler.orders.models.readings import EntryState
from megler.orders.rules.aps import Entry, Page, entries
from megler.vocabulary.problems import Problem, Refused


def read_records(requirement_id: str, at: datetime | None = None) -> int:
    """Draw what the papers of a requirement tell, by page; how many entries are new. May run twice."""
    at = at or timezone.now()
    requirement = Requirement.objects.select_related("case").filter(pk=requirement_id).first()
    if requirement is None:
        return 0
    new = 0
    for paper in requirement.documents.select_related("document"):
        if paper.document.standing != Standing.CLEAR:
            continue
        try:
            facts = apart.look(paper.document.read(), paper.document.name)
        except Refused:
            continue
        pages = [Page(page.number, page.lines) for page in facts.pages]
        until = timezone.localdate(paper.document.created_at)
        rows = [_row(requirement, paper, one) for one in entries(pages, until)]
        before = ApsEntry.objects.filter(paper=paper).count()
        ApsEntry.objects.bulk_create(rows, ignore_conflicts=True)
        new += ApsEntry.objects.filter(paper=paper).count() - before
    return new


def _row(requirement: Requirement, paper: CaseDocument, one: Entry) -> ApsEntry:
    told = {
        "kind": one.kind,
        "code": one.code,
        "on": one.on.isoformat() if one.on else "",
        "value": str(one.value) if one.value is not None else "",
        "second": str(one.second) if one.second is not None else "",
        "unit": one.unit,
        "line": one.line,
        "words": one.words,
    }
    key = hashlib.sha256(json.dumps([one.page, told], sort_keys=True).encode()).hexdigest()
    return ApsEntry(
        requirement=requirement,
        paper=paper,
        key=key,
        page=one.page,
        confidence=one.confidence,
        told=told,
    )


def check_entries(
    person: User,
    requirement: Requirement,
    confirmed: list[str],
    struck: list[str],
    at: datetime | None = None,
) -> int:
    """Confirm and strike entries; how many changed. What a person said before may be said anew."""
    if not person.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", "timeline"))
    at = at or timezone.now()
    changed = 0
    with transaction.atomic():
        mine = ApsEntry.objects.filter(requirement=requirement)
        for keys, state in ((confirmed, EntryState.CONFIRMED), (struck, EntryState.STRUCK)):
            found = mine.filter(pk__in=keys).exclude(state=state)
            changed += found.update(state=state, checked_by=person.name, checked_at=at)
        if changed:
            told = {
                "requirement": str(requirement.pk),
                "confirmed": len(confirmed),
                "struck": len(struck),
            }
            record(person.actor(), "aps.checked", requirement.case.subject, told, at)
    return changed
