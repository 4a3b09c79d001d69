"""What waits for somebody's word: proposals accepted or refused, changes undone, records given a case."""

from datetime import datetime
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.actions import hearing
from megler.cases.actions.holding import in_hand, requirements_of
from megler.cases.actions.policy import record_first_premium
from megler.cases.actions.requirements import add_requirement
from megler.cases.models import Case, Requirement
from megler.cases.rules.requirements import State
from megler.feeds.actions import deeds
from megler.feeds.actions.applying import apply_rows, finish
from megler.feeds.actions.snapshots import now_of, restored, snapshot
from megler.feeds.models import CaseWord, Change, FeedFile, FeedRow
from megler.feeds.names import TOLD, ChangeState, FileState, RowState
from megler.feeds.rules.feeding import differing, steps_to
from megler.feeds.rules.records import Record
from megler.feeds.rules.requiring import moves_of
from megler.feeds.rules.terms import is_as_left
from megler.feeds.rules.words import Told
from megler.journal.actions import record as write
from megler.vocabulary.problems import Problem, Refused

_DECODE = msgspec.json.Decoder(Record).decode


def accept(person: User, change: Change, at: datetime | None = None) -> Change:
    """Take over what a carrier said and was proposed; a second time has no second effect.

    It is done as the case stands now, by the actions that staff use. Raises `Refused` with what
    still hinders it; nothing is changed then.
    """
    at = at or timezone.now()
    with transaction.atomic():
        case, held = _held(person, change, ChangeState.PROPOSED)
        before = snapshot(case)
        known = set(case.requirements.values_list("pk", flat=True))
        _take_over(person, case, held, at)
        case.refresh_from_db()
        raised = [r for r in case.requirements.all() if r.pk not in known]
        held.state, held.settled_at, held.settled_by = ChangeState.APPLIED, at, person.name
        deeds.keep_fields(held, before, snapshot(case), raised)
        if held.told == Told.REQUIREMENTS and raised:
            held.requirement = str(raised[0].pk)
        held.save()
        write(person.actor(), "feed.accepted", case.subject, {"told": held.told}, at)
    return held


def _held(person: User, change: Change, state: ChangeState) -> tuple[Case, Change]:
    """A change and its case, both locked. Raises `Refused` when it is settled already."""
    case = in_hand(person, change.case, Can.WORK_CASES)
    held = Change.objects.select_for_update(of=("self",), no_key=True).select_related("file", "row")
    found = held.get(pk=change.pk)
    if found.state != state:
        told = str(found.get_state_display())
        raise Refused(Problem("feed_settled_already", str(TOLD[found.told]), told))
    return case, found


def _record(change: Change) -> Record:
    if change.row is None:
        raise Refused(Problem("nothing_here", "row"))
    return _DECODE(change.row.record)


def _take_over(person: User, case: Case, change: Change, at: datetime) -> None:
    record = _record(change)
    if deeds.take_plain(person, case, change, record, at):
        return
    requirements = requirements_of(case)
    now = now_of(case, requirements)
    where = str(TOLD[change.told])
    if change.told == Told.REQUIREMENTS:
        _take_requirement(person, case, change, record, at)
        return
    if change.told == Told.FIRST_PREMIUM:
        record_first_premium(person, case, record.paid_on, at=at)
        return
    if record.meaning is None:
        raise Refused(Problem("feed_no_way", where, record.status))
    offer = differing(now.applied, record.offer)
    steps, why = steps_to(now.facts, record.meaning, record, offer)
    if not steps:
        raise Refused(Problem("feed_no_way", where, str(case.get_status_display()), record.status))
    for step in steps:
        deeds.do_step(person, case, step, record, at)
    if why and why.code == "feed_stops":
        found = str(case.get_status_display())
        raise Refused(Problem("feed_no_way", where, found, record.status))


def _take_requirement(
    person: User, case: Case, change: Change, record: Record, at: datetime
) -> None:
    """Bring a requirement where the carrier says it is; one that is settled here is put up anew."""
    now = now_of(case, requirements_of(case))
    where = str(TOLD[change.told])
    for move in moves_of(record.requirements, now.requirements, {}, change.as_of):
        if move.heard_as != change.heard_as:
            continue
        mine = _mine(case, change)
        if mine is None or (move.why and move.why.code == "feed_asks_again"):
            mine = add_requirement(person, case, move.kind, detail=move.words, at=at)
        elif move.why:
            raise Refused(Problem("feed_no_way", where, str(mine.get_state_display()), move.words))
        deeds.do_requirement(person, mine, move.acts, move.words, at)
        return
    raise Refused(Problem("nothing_here", "requirement"))


def refuse(person: User, change: Change, at: datetime | None = None) -> Change:
    """Leave a proposal; it comes again only when the carrier says something else."""
    at = at or timezone.now()
    with transaction.atomic():
        case, held = _held(person, change, ChangeState.PROPOSED)
        held.state, held.settled_at, held.settled_by = ChangeState.REFUSED, at, person.name
        held.save()
        write(person.actor(), "feed.refused_change", case.subject, {"told": held.told}, at)
    return held


def undo(person: User, change: Change, at: datetime | None = None) -> Change:
    """Restore what was before a change that was taken over.

    Raises `Refused` when something newer stands upon it, and says what.
    """
    at = at or timezone.now()
    with transaction.atomic():
        case, held = _held(person, change, ChangeState.APPLIED)
        newer = Change.objects.filter(
            case=case, seq__gt=held.seq, state=ChangeState.APPLIED, told=held.told,
            heard_as=held.heard_as,
        )  # fmt: skip
        where = str(TOLD[held.told])
        if newer.exists():
            raise Refused(Problem("feed_newer_change", where, case.reference))
        if held.told == Told.REQUIREMENTS:
            _undo_requirement(person, case, held, at)
        else:
            _undo_fields(person, case, held, where, at)
        held.state, held.settled_at, held.settled_by = ChangeState.UNDONE, at, person.name
        held.save()
    return held


def _undo_fields(person: User, case: Case, change: Change, where: str, at: datetime) -> None:
    kept = change.fields or {}
    if not kept:
        raise Refused(Problem("feed_cannot_undo", where, case.reference))
    now = snapshot(case)
    if moved := is_as_left(change.told, kept["after"], now):
        raise Refused(Problem("feed_newer_change", where, ", ".join(moved)))
    takes_number = kept["before"].get("policy_number") == ""
    if change.told == Told.POLICY_NUMBER and takes_number and case.status in _NEED_NUMBER:
        raise Refused(Problem("feed_number_needed", where, str(case.get_status_display())))
    raised = [UUID(pk) for pk in kept.get("raised", [])]
    begun = Requirement.objects.filter(pk__in=raised).exclude(state=State.NEEDED)
    if begun.exists():
        begun_ones = ", ".join(str(one) for one in begun)
        raise Refused(Problem("feed_newer_requirement", where, begun_ones))
    told = {"told": change.told, "before": change.before, "after": change.after}
    hearing.set_back(person, case, restored(kept["before"]), told, raised=raised, at=at)


_NEED_NUMBER = {"issued", "delivered", "in_force"}


def _mine(case: Case, change: Change) -> Requirement | None:
    """The requirement of ours that a change is about."""
    found = Requirement.objects.filter(case=case)
    return found.filter(pk=change.requirement).first() if change.requirement else None


def _undo_requirement(person: User, case: Case, change: Change, at: datetime) -> None:
    """Take back what was put up, or bring it back to where it was."""
    where = str(change.kind)
    mine = _mine(case, change)
    if mine is None:
        raise Refused(Problem("nothing_here", "requirement"))
    where = str(mine.get_kind_display())
    if mine.state != change.after:
        raise Refused(Problem("feed_newer_change", where, str(mine.get_state_display())))
    hearing.set_requirement_back(person, mine, change.before, {"told": change.told}, at)


def give_case(person: User, row: FeedRow, case: Case, at: datetime | None = None) -> FeedRow:
    """Say whose a record is; what it says is then done as if it had been found at once."""
    at = at or timezone.now()
    with transaction.atomic():
        held, file = _row(person, row)
        seen = Case.objects.visible_to(person).filter(pk=case.pk, carrier=file.source.carrier)
        if not seen.exists():
            raise Refused(Problem("nothing_here", "case"))
        held.case, held.matched_by, held.state = case, "hand", RowState.WAITING
        held.why = []
        held.save()
        told = {"case": case.reference, "line": held.line}
        write(person.actor(), "feed.matched", ("feed", file.pk), told, at)
        apply_rows(file, [held], at)
        if file.state == FileState.DONE:
            finish(file, at)
    held.refresh_from_db()
    return held


def set_aside(person: User, row: FeedRow, at: datetime | None = None) -> FeedRow:
    """Say that a record is nobody's here; it stays with its file, and out of the tray."""
    at = at or timezone.now()
    with transaction.atomic():
        held, file = _row(person, row)
        held.state = RowState.SET_ASIDE
        held.save(update_fields=["state"])
        write(person.actor(), "feed.set_aside", ("feed", file.pk), {"line": held.line}, at)
    return held


def _row(person: User, row: FeedRow) -> tuple[FeedRow, FeedFile]:
    """A row that has no case, with its file, both locked."""
    if not person.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", "row"))
    files = FeedFile.objects.select_for_update(of=("self",), no_key=True)
    file = files.select_related("source__carrier").get(pk=row.file_id)
    held = FeedRow.objects.select_for_update(no_key=True).get(pk=row.pk)
    if held.state not in {RowState.UNMATCHED, RowState.SET_ASIDE}:
        told = str(held.get_state_display())
        raise Refused(Problem("feed_settled_already", f"row {held.line}", told))
    return held, file


def words_of(case: Case) -> CaseWord | None:
    """What the carrier's files said of a case last."""
    return CaseWord.objects.select_related("source", "carrier").filter(case=case).first()
