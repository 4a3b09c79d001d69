"""Running the clocks of promises by what happened, many moments at a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from megler.cases.models import Case, Requirement
from megler.cases.rules.kinds import USUAL
from megler.cases.rules.words import Holder
from megler.journal.models import Entry
from megler.routines.models import Clock
from megler.routines.models.promises import promised
from megler.routines.rules.promises import VERBS, WATCHES, Step, Told, Unit, due_times, turn
from megler.vocabulary.codes import RequirementKind
from megler.work.models.office import office_hours
from megler.work.rules.hours import OfficeHours, business_time

Promises = Mapping[Step, tuple[Decimal, Unit]]


def run_clocks(entries: Sequence[Entry], cases: Mapping[UUID, Case]) -> None:
    """Start and stop the clocks that these lines of the journal start and stop, in their order.

    Told twice it is as if once. A fixed number of queries, however many lines.
    """
    told = [e for e in entries if e.verb in VERBS and UUID(e.subject_id) in cases]
    if not told:
        return
    board = _Board(office_hours(), promised(), {UUID(e.subject_id) for e in told})
    ordered = _ours_to_order(told)
    for entry in told:
        board.take(entry, ordered.get(entry.pk, ()))
    board.save()


class _Board:
    """The clocks of some cases, as they run while moments are told."""

    def __init__(self, hours: OfficeHours, promises: Promises, cases: Iterable[UUID]) -> None:
        self.hours, self.promises = hours, promises
        running = Clock.objects.filter(case__in=set(cases), ended_at=None)
        self.running = {(clock.subject, clock.step): clock for clock in running}
        self.new: list[Clock] = []
        self.ended: list[Clock] = []

    def take(self, entry: Entry, ours_to_order: Iterable[str]) -> None:
        case = UUID(entry.subject_id)
        requirement = str(entry.data.get("requirement", ""))
        told = turn(Told(entry.verb, requirement, entry.actor_kind), list(ours_to_order))
        for step, subject in told.ended:
            self._end(step, UUID(subject) if subject else case, entry.at, given_up=False)
        for step, subject in told.given_up:
            if subject or not WATCHES[step].of_requirement:
                self._end(step, UUID(subject) if subject else case, entry.at, given_up=True)
            else:
                self._give_up_all(step, case, entry.at)
        for step, subject in told.started:
            self._start(step, UUID(subject) if subject else case, case, entry)

    def _start(self, step: Step, subject: UUID, case: UUID, entry: Entry) -> None:
        if step not in self.promises or (subject, step.value) in self.running:
            return
        amount, unit = self.promises[step]
        risk_at, due_at = due_times(entry.at, amount, unit, self.hours)
        clock = Clock(
            step=step.value, case_id=case, subject=subject, entry_id=entry.pk,
            started_at=entry.at, risk_at=risk_at, due_at=due_at,
        )  # fmt: skip
        self.running[subject, step.value] = clock
        self.new.append(clock)

    def _end(self, step: Step, subject: UUID, at: datetime, *, given_up: bool) -> None:
        clock = self.running.pop((subject, step.value), None)
        if clock is None:
            return
        clock.ended_at, clock.given_up = max(at, clock.started_at), given_up
        clock.kept = None if given_up else clock.due_at is None or clock.ended_at <= clock.due_at
        took = business_time(self.hours, clock.started_at, clock.ended_at)
        clock.took_seconds = round(took.total_seconds())
        if clock.pk:
            self.ended.append(clock)

    def _give_up_all(self, step: Step, case: UUID, at: datetime) -> None:
        theirs = [s for (s, name), c in self.running.items() if name == step and c.case_id == case]
        for subject in theirs:
            self._end(step, subject, at, given_up=True)

    def save(self) -> None:
        Clock.objects.bulk_update(
            self.ended, ["ended_at", "given_up", "kept", "took_seconds"], batch_size=500
        )
        Clock.objects.bulk_create(self.new, ignore_conflicts=True, batch_size=500)


def _ours_to_order(entries: Iterable[Entry]) -> dict[int, list[str]]:
    """Of each moment, the requirements that it made needed and that the agency orders."""
    found: dict[int, list[str]] = {}
    opened: dict[UUID, Entry] = {}
    for entry in entries:
        if entry.verb == "case.opened":
            opened[UUID(entry.subject_id)] = entry
        elif (named := entry.data.get("requirement")) and _is_ordered(entry.data.get("kind", "")):
            found[entry.pk] = [str(named)]
    if opened:
        raised = Q(raised_at__in={entry.at for entry in opened.values()})
        rows = Requirement.objects.filter(raised, case__in=opened)
        for pk, case, kind, at in rows.values_list("pk", "case_id", "kind", "raised_at"):
            if at == opened[case].at and _is_ordered(kind):
                found.setdefault(opened[case].pk, []).append(str(pk))
    return found


def _is_ordered(kind: str) -> bool:
    """Whether the agency orders such a requirement from somebody."""
    return USUAL[RequirementKind(kind)].brought_by is Holder.VENDOR if kind else False
