"""What a file says is done with its cases, many at once, each record exactly once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from megler.cases.actions.doers import Robot
from megler.cases.actions.many import Work, carry_out_many, in_hand_many
from megler.cases.models import Case, Requirement
from megler.cases.rules.moments import CaseHappened
from megler.cases.rules.words import AT_CARRIER
from megler.feeds.actions import deeds
from megler.feeds.actions.handing_on import hand_on_later
from megler.feeds.actions.matching import keys_of
from megler.feeds.actions.snapshots import change_of, now_of, snapshot
from megler.feeds.models import CaseWord, Change, FeedFile, FeedRow, FeedSource
from megler.feeds.names import ChangeState, FileState, RowState
from megler.feeds.rules.feeding import Comparison, Difference, Heard, compare
from megler.feeds.rules.matching import is_another
from megler.feeds.rules.records import Record
from megler.feeds.rules.terms import said_whole
from megler.feeds.rules.words import Told, Way
from megler.journal.actions import record as write
from megler.journal.rules.actors import SYSTEM
from megler.vocabulary.problems import Problem, Refused

BATCH = 500
_DECODE = msgspec.json.Decoder(Record).decode


@dataclass(slots=True)
class Item:
    """One row with its case in hand, what it says, and what differs."""

    row: FeedRow
    record: Record
    work: Work
    comparison: Comparison
    before: dict[str, Any]
    taken: list[Difference] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def robot_of(source: FeedSource) -> Robot:
    """Who acts when a source's file says so: the carrier, by its file."""
    return Robot(source.carrier.name, f"carrier:{source.carrier.slug}"[:64], "carrier")


def apply_file(file_id: UUID | str, at: datetime | None = None) -> FeedFile | None:
    """Apply a staged file, part by part, each in a transaction of its own. May run twice, also at once.

    A worker that dies loses only the part it was at; the next one goes on from there.
    """
    while True:
        with transaction.atomic():
            held = (
                FeedFile.objects.select_for_update(of=("self",), no_key=True)
                .select_related("source__carrier")
                .filter(pk=file_id, state=FileState.APPLYING)
                .first()
            )
            if held is None:
                return None
            moment = at or timezone.now()
            if not apply_part(held, moment):
                finish(held, moment)
                return held


def finish(held: FeedFile, at: datetime) -> None:
    """Count what became of a file's records, and say that it is done."""
    by_state = held.rows.values_list("state").annotate(n=Count("id"))
    counts = dict(by_state)
    changes = held.changes.values_list("state").annotate(n=Count("id"))
    held.counts = counts | {f"changes_{state}": n for state, n in changes}
    held.state, held.done_at = FileState.DONE, at
    held.save()
    told = {"name": held.name, "source": held.source.slug, **held.counts}
    write(SYSTEM, "feed.applied", ("feed", held.pk), told, at)


def apply_part(held: FeedFile, at: datetime, size: int = BATCH) -> int:
    """Apply the next rows of a file whose case is known; returns how many there were."""
    waiting = held.rows.filter(state=RowState.WAITING, case__isnull=False).order_by("line")
    rows = list(waiting[:size])
    if rows:
        apply_rows(held, rows, at)
    return len(rows)


def apply_rows(held: FeedFile, rows: Sequence[FeedRow], at: datetime) -> None:
    """Hold rows against their cases and do what follows, in the caller's transaction.

    Several rows of one case are taken one after the other.
    """
    rounds: dict[int, list[FeedRow]] = {}
    seen: Counter[UUID | None] = Counter()
    for row in rows:
        rounds.setdefault(seen[row.case_id], []).append(row)
        seen[row.case_id] += 1
    for some in rounds.values():
        _apply_round(held, some, at)


def _apply_round(held: FeedFile, rows: Sequence[FeedRow], at: datetime) -> None:
    as_of = held.as_of or held.received_at
    works = in_hand_many(row.case_id for row in rows if row.case_id)
    words = CaseWord.objects.in_bulk(list(works))
    items = []
    for row in rows:
        work = works.get(row.case_id) if row.case_id else None
        if work is None or _is_anothers(row, work.case):
            continue
        items.append(_item(row, work, words.get(work.case.pk), held.source, as_of))
    happened = _carry_out(held, items, at)
    _settle_requirements(held, items, at)
    _keep(held, items, words, as_of, at)
    hand_on_later(happened, at)


def _is_anothers(row: FeedRow, case: Case) -> bool:
    """Hold back a row whose number finds a case of somebody else; it goes to the tray and says so."""
    if row.matched_by in {"hand", "new", "name"}:
        return False
    if not is_another(keys_of(row), case.client.name_key):
        return False
    why = Problem("feed_other_person", row.insured, case.reference, case.client.name)
    row.case, row.state, row.matched_by = None, RowState.UNMATCHED, ""
    row.why = [msgspec.to_builtins(why)]
    row.save(update_fields=["case", "state", "matched_by", "why"])
    return True


def _item(
    row: FeedRow, work: Work, word: CaseWord | None, source: FeedSource, as_of: datetime
) -> Item:
    record = _DECODE(row.record)
    heard = heard_of(word)
    now = now_of(work.case, work.requirements)
    found = compare(now, record, heard, source.ways, as_of)
    return Item(row, record, work, _with_words(found, record, heard, source, as_of), {})


def heard_of(word: CaseWord | None) -> dict[str, Heard]:
    """What was heard of a case before, by name."""
    if word is None:
        return {}
    return {
        name: Heard(value, datetime.fromisoformat(at), requirement)
        for name, (value, at, requirement) in word.heard.items()
    }


def _with_words(
    found: Comparison,
    record: Record,
    heard: Mapping[str, Heard],
    source: FeedSource,
    as_of: datetime,
) -> Comparison:
    """With the carrier's words as a difference of their own, unless they come with its status."""
    words = said_whole(record)
    before = heard.get(Told.COMMENT)
    if not words or (before and as_of < before.at):
        return found
    value = deeds.digest_of(words)
    known = {**found.heard, Told.COMMENT.value: Heard(value, as_of)}
    moves = any(d.told is Told.STATUS and d.way is Way.OVERWRITE for d in found.differences)
    way = Way(source.ways.get(Told.COMMENT, Way.OVERWRITE))
    if way is Way.LEAVE or moves or (before and before.value == value):
        return Comparison(found.differences, known)
    said = Difference(Told.COMMENT, Told.COMMENT, "", "", way)
    return Comparison((*found.differences, said), known)


def _carry_out(held: FeedFile, items: Iterable[Item], at: datetime) -> list[CaseHappened]:
    """Do in bulk what can be, and the rest by each action; what cannot be done is proposed."""
    as_of = held.as_of or held.received_at
    told_by = deeds.ToldBy(held.source.carrier.name, as_of)
    busy = []
    for item in items:
        if any(d.way is Way.OVERWRITE for d in item.comparison.differences):
            item.before = snapshot(item.work.case)
        for difference in item.comparison.differences:
            if difference.way is Way.OVERWRITE:
                made = deeds.deeds_of(item.work.case, difference, item.record, told_by)
                item.work.deeds += made
                item.work.raisings += deeds.raisings_of(difference, told_by)
                item.taken.append(difference)
        if item.work.deeds or item.work.raisings:
            busy.append(item.work)
    return carry_out_many(robot_of(held.source), busy, at)


def _settle_requirements(held: FeedFile, items: Iterable[Item], at: datetime) -> None:
    """What is done with requirements that are here, and acts beyond the bulk ones: by the actions."""
    robot = robot_of(held.source)
    for item in items:
        raised = iter(item.work.raised[len(item.work.raised) - len(item.work.raisings) :])
        for difference in item.comparison.differences:
            change = change_of(held, item.row, difference, item.record, at)
            if any(difference is one for one in item.taken):
                made = next(raised) if deeds.raises(difference) else None
                change.requirement = str(made.pk) if made else change.requirement
                _settle(robot, item, difference, change, made, at)
            item.changes.append(change)


def _settle(  # noqa: PLR0917 - what is settled, and by whom
    robot: Robot,
    item: Item,
    difference: Difference,
    change: Change,
    made: Requirement | None,
    at: datetime,
) -> None:
    """A difference that is taken over, once what of it goes by actions is done; else it is proposed."""
    change.state, change.settled_at, change.settled_by = ChangeState.APPLIED, at, robot.name
    if not deeds.has_rest(difference):
        return
    try:
        with transaction.atomic():
            deeds.do_rest(robot, item.work.case, difference, item.record, at, made=made)
    except Refused as refused:
        change.state, change.settled_at, change.settled_by = ChangeState.PROPOSED, None, ""
        change.why = [
            {"code": "feed_stops", "params": {"code": p.code, "found": p.found}}
            for p in refused.problems
        ]


def _keep(
    held: FeedFile,
    items: Sequence[Item],
    words: Mapping[UUID, CaseWord],
    as_of: datetime,
    at: datetime,
) -> None:
    """Keep what was heard and what it changed, and say of each row what became of it."""
    told: list[CaseWord] = []
    changes: list[Change] = []
    for item in items:
        after = snapshot(item.work.case) if item.before else {}
        if item.before and any(d.told is Told.POLICY_NUMBER for d in item.taken):
            number = after["policy_number"]
        else:
            number = item.before.get("policy_number", "")
        for change in item.changes:
            is_number = change.told == Told.POLICY_NUMBER
            before = item.before if is_number else {**item.before, "policy_number": number}
            deeds.keep_fields(change, before if item.before else {}, after, item.work.raised)
        changes += item.changes
        told.append(_word(held, item, words.get(item.work.case.pk), as_of))
        old = (item.work.case.pk in words) and words[item.work.case.pk].said_at > as_of
        item.row.state = (
            RowState.CHANGED if item.changes else RowState.OLDER if old else RowState.UNCHANGED
        )
    _overtake(items, words, at)
    Change.objects.bulk_create(changes, batch_size=1000)
    CaseWord.objects.bulk_create(
        told,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["source", "said_at", "digest", "application_key", "status_words", "heard"],
    )
    by_state: dict[str, list[UUID]] = {}
    for item in items:
        by_state.setdefault(item.row.state, []).append(item.row.pk)
    for state, ids in by_state.items():
        FeedRow.objects.filter(pk__in=ids).update(state=state)
    _said_at(items, as_of)


def _said_at(items: Iterable[Item], as_of: datetime) -> None:
    """The carrier spoke of these cases, whatever it said."""
    quiet = [i.work.case.pk for i in items if i.work.case.status in AT_CARRIER]
    spoken = Case.objects.filter(pk__in=quiet).exclude(carrier_said_at__gte=as_of)
    spoken.update(carrier_said_at=as_of, carrier_channel="feed")


def _word(held: FeedFile, item: Item, before: CaseWord | None, as_of: datetime) -> CaseWord:
    """What is now known of what the carrier said of a case."""
    is_newest = before is None or as_of >= before.said_at
    heard = {
        name: [one.value, one.at.isoformat(), one.requirement]
        for name, one in item.comparison.heard.items()
    }
    for change in item.changes:
        if change.requirement and change.heard_as in heard:
            heard[change.heard_as][2] = change.requirement
    return CaseWord(
        case=item.work.case,
        carrier=held.source.carrier,
        source=held.source,
        said_at=as_of if is_newest or before is None else before.said_at,
        digest=item.row.digest if is_newest or before is None else before.digest,
        application_key=item.row.application_key or (before.application_key if before else ""),
        status_words=item.record.status if is_newest or before is None else before.status_words,
        heard=heard,
    )


def _overtake(items: Iterable[Item], words: Mapping[UUID, CaseWord], at: datetime) -> None:
    """Proposals upon which the carrier has said something else since are over."""
    over: list[tuple[UUID, str]] = []
    for item in items:
        before = heard_of(words.get(item.work.case.pk))
        for name, one in item.comparison.heard.items():
            if name in before and before[name].value != one.value:
                over.append((item.work.case.pk, name))
    if not over:
        return
    wanted = set(over)
    waiting = Change.objects.proposed().filter(case__in={case for case, _name in over})
    gone = [
        pk
        for pk, case, name in waiting.values_list("pk", "case_id", "heard_as")
        if (case, name) in wanted
    ]
    Change.objects.filter(pk__in=gone).update(state=ChangeState.OVERTAKEN, settled_at=at)
