"""The receipt tray: what came in, where it belongs, and what became of it. Nothing is thrown away."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.actions.holding import moment
from megler.cases.actions.papers import put_in
from megler.cases.actions.requirements import record_arrival
from megler.cases.models import Case, CaseDocument, Requirement
from megler.cases.names import DocumentKind
from megler.documents import apart
from megler.documents.actions import Sent, examine, keep, store
from megler.documents.files import digest
from megler.documents.models import Document, Standing
from megler.documents.rules.kinds import pdf_name
from megler.documents.rules.pages import PagePlan
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.papers.actions.proposing import clues_of, with_people
from megler.papers.actions.reading import AT_ONCE_PAGES, read_document, read_later
from megler.papers.models import Arrival, CameBy, Reading, State
from megler.papers.rules.matching import contradicts
from megler.vocabulary.problems import Problem, Refused

REASON_MAX = 500


def may_work(person: User) -> None:
    """The tray is for staff who work cases. Raises `Refused`."""
    if not (person.is_staff_member and person.may(Can.WORK_CASES)):
        raise Refused(Problem("not_allowed", "papers"))


def take_in(
    person: User,
    files: Sequence[Sent],
    came_by: CameBy = CameBy.DROP,
    at: datetime | None = None,
) -> tuple[list[Arrival], list[Problem]]:
    """Take files into the tray, each for itself; returns what is there, and why others are not.

    A file that waits in the tray already is not put there again.
    """
    may_work(person)
    made: list[Arrival] = []
    problems: list[Problem] = []
    for file in files:
        try:
            made.append(put_into_tray(person.actor(), file, came_by, at=at))
        except Refused as refused:
            problems += refused.problems
    return made, problems


def put_into_tray(
    actor: Actor,
    file: Sent,
    came_by: CameBy,
    *,
    to_case: Case | None = None,
    mail: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> Arrival:
    """One file into the tray, and read: at once when it is short, by a job otherwise."""
    at = moment(at)
    examined = examine(file)
    if there := _same(digest(examined.content)):
        return there
    with transaction.atomic():
        document = keep(actor, examined, at)
        arrival = Arrival.objects.create(
            document=document,
            came_by=came_by,
            at=at,
            by_name=actor.name,
            mail=mail,
            to_case=to_case,
        )
        record(actor, "paper.arrived", ("paper", arrival.pk), {"by": came_by.value}, at)
        if document.pages > AT_ONCE_PAGES or document.standing != Standing.CLEAR:
            read_later(document.pk)
    if document.pages <= AT_ONCE_PAGES:
        read_document(document, at)
    return arrival


def _same(sha256: str) -> Arrival | None:
    """An arrival that waits with the same content."""
    waiting = Arrival.objects.filter(state=State.WAITING, document__sha256=sha256)
    return waiting.select_related("document").first()


def waiting_one(person: User, arrival: Arrival) -> Arrival:
    """The arrival, locked. Raises `Refused`, saying who settled it and how, when it waits no more."""
    may_work(person)
    held = Arrival.objects.select_for_update(no_key=True, of=("self",)).get(pk=arrival.pk)
    if held.state != State.WAITING:
        said = str(held.get_state_display())
        if held.paper is not None:
            said = f"{said}: {held.paper.case.reference}"
        by = held.settled_by.name if held.settled_by else ""
        raise Refused(Problem("paper_settled", held.document.name, said, by))
    return held


def file_paper(
    person: User,
    arrival: Arrival,
    case: Case,
    requirements: Iterable[Requirement] = (),
    kind: DocumentKind | None = None,
    *,
    visible_to_agent: bool = False,
    at: datetime | None = None,
) -> CaseDocument:
    """File an arrival: into its case, and onto the requirements that it brings. All or nothing.

    Never into a case whose people were born on other days than the paper says. Of two who file it,
    or bring the same requirement, the second is told what the first did.
    """
    at = moment(at)
    reading = read_document(arrival.document, at)
    with transaction.atomic():
        held = waiting_one(person, arrival)
        if held.document.standing != Standing.CLEAR:
            raise Refused(Problem(f"document_in_{held.document.standing}", held.document.name))
        born_alike(reading, case)
        kind = kind or (DocumentKind(reading.kind) if reading else DocumentKind.OTHER)
        paper = put_in(person, case, held.document, kind, visible_to_agent=visible_to_agent, at=at)
        for requirement in requirements:
            record_arrival(person, requirement, [paper], seen=requirement.state, at=at)
        _settle(held, State.FILED, person, at, paper=paper)
        told = {"case": case.reference, "kind": kind.value}
        record(person.actor(), "paper.filed", ("paper", held.pk), told, at)
    return paper


def born_alike(reading: Reading | None, case: Case) -> None:
    """Refuse a case with another birth date than the paper's."""
    if reading is None:
        return
    [known] = with_people([case.pk])
    people = [(known.client.name_key, known.client.born)]
    people += [(one.client.name_key, one.client.born) for one in known.parties.all()]
    clues = clues_of(reading.found)
    if contradicts(clues, people):
        found = ", ".join(day.isoformat() for day in clues.births)
        expected = ", ".join(sorted({born.isoformat() for _name, born in people if born}))
        raise Refused(Problem("paper_other_birth_date", case.reference, found, expected))


def _settle(held: Arrival, state: State, person: User | None, at: datetime, **more: Any) -> None:
    held.state, held.settled_at, held.settled_by = state, at, person
    for name, value in more.items():
        setattr(held, name, value)
    held.save()


def set_aside(person: User, arrival: Arrival, reason: str, at: datetime | None = None) -> Arrival:
    """Say that an arrival belongs to no case, and why. It stays, and can be taken back."""
    at, reason = moment(at), reason.strip()[:REASON_MAX]
    if not reason:
        raise Refused(Problem("paper_reason_missing", "reason"))
    with transaction.atomic():
        held = waiting_one(person, arrival)
        _settle(held, State.SET_ASIDE, person, at, reason=reason)
        record(person.actor(), "paper.set_aside", ("paper", held.pk), {}, at)
    return held


def take_back(person: User, arrival: Arrival, at: datetime | None = None) -> Arrival:
    """Put what was set aside into the tray again."""
    at = moment(at)
    may_work(person)
    with transaction.atomic():
        held = Arrival.objects.select_for_update(no_key=True, of=("self",)).get(pk=arrival.pk)
        if held.state == State.SET_ASIDE:
            held.state, held.settled_at, held.settled_by = State.WAITING, None, None
            held.save()
            record(person.actor(), "paper.taken_back", ("paper", held.pk), {}, at)
    return held


def cut(
    person: User, arrival: Arrival, starts: Sequence[int], at: datetime | None = None
) -> list[Arrival]:
    """Cut a scan of several papers into parts that begin at the pages `starts`; each is an arrival."""
    at = moment(at)
    document = arrival.document
    ranges = _ranges(starts, document)
    content = document.read()
    made = [_part(content, document.name, one) for one in ranges]
    with transaction.atomic():
        held = waiting_one(person, arrival)
        parts = []
        for pages, file in zip(ranges, made, strict=True):
            name = _part_name(document.name, pages)
            kept = store(file, name, person.actor(), at)
            parts.append(
                Arrival.objects.create(
                    document=kept, came_by=CameBy.SPLIT, at=at, by_name=person.name,
                    mail=held.mail, to_case=held.to_case, split_of=held,
                    first_page=pages[0], last_page=pages[-1],
                )
            )  # fmt: skip
        _settle(held, State.SPLIT, person, at)
        told = {"parts": len(parts)}
        record(person.actor(), "paper.cut", ("paper", held.pk), told, at)
        for part in parts:
            if part.document.pages > AT_ONCE_PAGES:
                read_later(part.document_id)
    for part in parts:
        if part.document.pages <= AT_ONCE_PAGES:
            read_document(part.document, at)
    return parts


def _ranges(starts: Sequence[int], document: Document) -> list[range]:
    """The parts' pages. Raises `Refused` for starts that are no pages, or only one part."""
    pages = document.pages
    wanted = sorted({1, *starts})
    if len(wanted) < 2 or wanted[0] < 1 or wanted[-1] > pages:
        found = ", ".join(map(str, starts))
        raise Refused(Problem("paper_no_parts", document.name, found, f"2–{pages}"))
    ends = [*(start - 1 for start in wanted[1:]), pages]
    return [range(start, end + 1) for start, end in zip(wanted, ends, strict=True)]


def _part(content: bytes, name: str, pages: range) -> bytes:
    return apart.edited([content], [PagePlan(0, page) for page in pages], name)


def _part_name(name: str, pages: range) -> str:
    stem = pdf_name(name).removesuffix(".pdf").removesuffix(".pdf")
    shown = str(pages[0]) if len(pages) == 1 else f"{pages[0]}-{pages[-1]}"
    return f"{stem} p{shown}.pdf"


def arrival_of(person: User, arrival_id: UUID) -> Arrival | None:
    """An arrival that this person may see."""
    seen = Arrival.objects.visible_to(person).select_related(
        "document", "to_case", "paper__case", "settled_by"
    )
    return seen.filter(pk=arrival_id).first()
