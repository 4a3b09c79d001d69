"""Reading a file into rows, once: by its form and, of a sheet, by the layout that fits."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, time
from uuid import UUID, uuid4

import msgspec
from django.db import connection, transaction
from django.utils import timezone

from megler.documents import apart
from megler.feeds.actions.matching import match_rows
from megler.feeds.models import FeedFile, FeedRow
from megler.feeds.names import FileState, Format
from megler.feeds.rules.acord import read_txlife
from megler.feeds.rules.books import read_book
from megler.feeds.rules.dating import as_of_day
from megler.feeds.rules.iri import read_iri
from megler.feeds.rules.records import Record
from megler.journal.actions import record as write
from megler.journal.rules.actors import SYSTEM
from megler.vocabulary.problems import Problem, Refused, Severity

TOLD_MAX = 200
_MESSAGES = {Format.TXLIFE: read_txlife, Format.IRI: read_iri}
_ENCODE = msgspec.json.Encoder().encode


def stage(file_id: UUID | str, at: datetime | None = None) -> FeedFile | None:
    """Read a file that was received into rows, each with the case it is about. May run twice.

    All of it in one transaction: a file is staged whole or not at all. Without a layout that fits it
    waits for somebody; what is broken is refused with every problem.
    """
    at = at or timezone.now()
    with transaction.atomic():
        held = (
            FeedFile.objects.select_for_update(of=("self",), no_key=True)
            .select_related("source__carrier", "document")
            .filter(pk=file_id, state=FileState.RECEIVED)
            .first()
        )
        if held is None:
            return None
        try:
            content = held.document.read()
        except Refused as refused:
            if held.document.standing == "quarantine":
                return None
            return _refused(held, list(refused.problems), at)
        found = _records(held, content, at)
        if found is None:
            return held
        records, problems = found
        if not records:
            none = Problem("feed_no_records", held.name, "0", "1")
            return _refused(held, [*problems, none], at)
        _take(held, records, problems, at)
    return held


def _records(
    held: FeedFile, content: bytes, at: datetime
) -> tuple[list[Record], list[Problem]] | None:
    """The records of a file; None when it was put aside with what it needs."""
    if held.source.format in _MESSAGES:
        read = _MESSAGES[Format(held.source.format)]
        records, problems, said = read(content, held.source.words)
        if any(p.severity is Severity.ERROR for p in problems):
            _refused(held, problems, at)
            return None
        held.as_of = held.as_of or (_moment(said, at) if said else at)
        return records, problems
    sheets, problems = apart.read_sheets(content, held.name)
    if not sheets:
        _refused(held, problems, at)
        return None
    layouts = list(held.source.layouts.order_by("-number")[:20])
    found = read_book([one.to_rules() for one in layouts], sheets, has_problems=bool(problems))
    if found is None:
        held.state, held.told = FileState.NEEDS_LAYOUT, _kept(problems)
        held.save()
        return None
    held.layout = layouts[found.layout]
    if held.as_of is None:
        order = held.layout.day_order
        day = as_of_day(found.titles, held.name, found.records, order)
        held.as_of = _moment(day, at) if day else at
    return list(found.records), [*problems, *found.problems]


def _moment(day: date, at: datetime) -> datetime:
    """The end of the day of which a file speaks, or now, whichever is earlier."""
    end = timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
    return min(end, at)


def _refused(held: FeedFile, problems: list[Problem], at: datetime) -> FeedFile:
    held.state, held.told, held.done_at = FileState.REFUSED, _kept(problems), at
    held.save()
    told = {"name": held.name, "problems": len(problems)}
    write(SYSTEM, "feed.refused", ("feed", held.pk), told, at)
    return held


def _kept(problems: Sequence[Problem]) -> list[dict[str, str]]:
    kept = [asdict(problem) for problem in problems[:TOLD_MAX]]
    if len(problems) > TOLD_MAX:
        kept.append(asdict(Problem("feed_more", "", str(len(problems) - TOLD_MAX))))
    return kept


def _take(held: FeedFile, records: list[Record], problems: list[Problem], at: datetime) -> None:
    held.state, held.told = FileState.APPLYING, _kept(problems)
    held.records, held.read_at = len(records), at
    held.save()
    known = dict(FeedRow.objects.filter(file=held).values_list("line", "id"))
    if known:
        copy_again(held, records, known)
    else:
        copy_rows(held, records)
    match_rows(held)


_COLUMNS = (
    "id", "file_id", "line", "policy_key", "application_key", "our_key", "name_key", "born",
    "product_key", "insured", "status_words", "meaning", "digest", "record", "state", "matched_by",
    "why",
)  # fmt: skip


def copy_rows(
    held: FeedFile,
    records: Iterable[Record],
    known: Mapping[int, UUID] | None = None,
    table: str = "feeds_feedrow",
) -> None:
    """Put records into rows by COPY; `known` are the rows that are there already, by their lines."""
    field = FeedRow._meta.get_field("record")
    statement = f"COPY {table} ({', '.join(_COLUMNS)}) FROM STDIN"
    ids = known or {}
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for one in records:
            whole = _ENCODE(one).decode()
            row = FeedRow(id=ids.get(one.line) or uuid4(), record=whole)
            keys = one.keys
            copy.write_row(
                (
                    row.id, held.pk, one.line, keys.policy, keys.application, keys.ours,
                    keys.name, keys.born, keys.product, one.insured, one.status,
                    one.meaning.value if one.meaning else "", digest_of(one),
                    field.pre_save(row, add=True), "waiting", "", "[]",
                )
            )  # fmt: skip


_KEYS = ("policy_key", "application_key", "our_key", "name_key")
_SAME_KEYS = " AND ".join(f"r.{name} = EXCLUDED.{name}" for name in _KEYS)
_AGAIN = f"""
INSERT INTO feeds_feedrow AS r ({", ".join(_COLUMNS)}) SELECT {", ".join(_COLUMNS)} FROM feeds_again
ON CONFLICT (file_id, line) DO UPDATE SET
  {", ".join(f"{name} = EXCLUDED.{name}" for name in _COLUMNS[3:] if name != "matched_by")},
  case_id = CASE WHEN r.matched_by = 'hand' OR ({_SAME_KEYS}) THEN r.case_id END,
  matched_by = CASE WHEN r.matched_by = 'hand' OR ({_SAME_KEYS}) THEN r.matched_by ELSE '' END
WHERE r.digest <> EXCLUDED.digest
"""  # noqa: S608 - every name is ours


def copy_again(held: FeedFile, records: Iterable[Record], known: Mapping[int, UUID]) -> None:
    """Put the records of a file that was read before into its rows.

    One that is understood otherwise now is applied again, upon the case that its row was given by
    hand or has by the same numbers; one that is not is left as it is.
    """
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE feeds_again (LIKE feeds_feedrow) ON COMMIT DROP")
        copy_rows(held, records, known, "feeds_again")
        cursor.execute(_AGAIN)
        cursor.execute("DROP TABLE feeds_again")


def digest_of(record: Record) -> str:
    """A record's digest: the same while the carrier says the same, on whatever line and day."""
    said = _ENCODE(replace(record, line=0, said_on=None))
    return hashlib.blake2b(said, digest_size=16).hexdigest()
