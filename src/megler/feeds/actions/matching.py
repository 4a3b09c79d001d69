"""Whose each row is: by number in the database itself, by name with care, else proposals."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from megler.cases.models import Case
from megler.cases.rules.words import Status
from megler.feeds.models import CaseWord, FeedFile, FeedRow
from megler.feeds.rules.matching import Candidate, Proposal, only_one, proposals
from megler.feeds.rules.records import Keys
from megler.feeds.rules.values import number_key
from megler.feeds.rules.words import plain

_FOUND = """
UPDATE feeds_feedrow AS r SET case_id = found.case_id, matched_by = %(by)s
FROM (
  SELECT w.id AS row_id, (array_agg(DISTINCT c.id))[1] AS case_id
  FROM feeds_feedrow w {join}
  WHERE w.file_id = %(file)s AND w.case_id IS NULL AND w.state = 'waiting'
  GROUP BY w.id HAVING count(DISTINCT c.id) = 1
) AS found
WHERE r.id = found.row_id AND r.file_id = %(file)s
"""
_BY = {
    "policy": """JOIN cases_case c ON w.policy_key <> '' AND c.carrier_id = %(carrier)s
        AND c.policy_number <> ''
        AND upper(regexp_replace(c.policy_number, '[^0-9A-Za-z]', '', 'g')) = w.policy_key""",
    "application": """JOIN feeds_caseword k ON w.application_key <> ''
        AND k.application_key <> '' AND k.application_key = w.application_key
        AND k.carrier_id = %(carrier)s JOIN cases_case c ON c.id = k.case_id""",
    "ours": """JOIN cases_case c ON w.our_key ~ '^C?[0-9]{1,9}$' AND c.carrier_id = %(carrier)s
        AND c.number = substring(w.our_key from '[0-9]+')::int""",
    "our_app": """JOIN applications_application a ON w.our_key ~ '^A[0-9]{1,9}$'
        AND a.number = substring(w.our_key from '[0-9]+')::int
        JOIN cases_case c ON c.application_id = a.id AND c.carrier_id = %(carrier)s""",
}
_SAME = """
UPDATE feeds_feedrow AS r SET state = 'unchanged'
FROM feeds_caseword k
WHERE r.file_id = %(file)s AND r.state = 'waiting' AND r.case_id = k.case_id
  AND k.digest = r.digest AND k.said_at <= %(as_of)s
"""
_SAID_AGAIN = """
UPDATE feeds_caseword AS k SET said_at = %(as_of)s
FROM feeds_feedrow r
WHERE r.file_id = %(file)s AND r.state = 'unchanged' AND r.case_id = k.case_id
  AND k.said_at < %(as_of)s
"""
_HEARD_AGAIN = """
UPDATE cases_case AS c SET carrier_said_at = %(as_of)s, carrier_channel = 'feed'
FROM feeds_feedrow r
WHERE r.file_id = %(file)s AND r.state = 'unchanged' AND r.case_id = c.id
  AND c.status IN ('sent_to_carrier', 'received_by_carrier', 'in_underwriting')
  AND (c.carrier_said_at IS NULL OR c.carrier_said_at < %(as_of)s)
"""
_SOME = 20


def match_rows(held: FeedFile) -> None:
    """Find the cases of a file's rows, and mark those that say nothing new. Sets, no loops."""
    told: dict[str, Any] = {"file": held.pk, "carrier": held.source.carrier_id, "as_of": held.as_of}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE feeds_feedrow" if held.records > 2000 else "SELECT 1")
        for by, join in _BY.items():
            cursor.execute(_FOUND.format(join=join), {**told, "by": by})
    _match_by_name(held)
    FeedRow.objects.filter(file=held, case=None, state="waiting").update(state="unmatched")
    with connection.cursor() as cursor:
        for statement in (_SAME, _SAID_AGAIN, _HEARD_AGAIN):
            cursor.execute(statement, told)
    _keep_newest_in_tray(held)


_THE_SAME = """o.policy_key = r.policy_key AND o.application_key = r.application_key
  AND o.our_key = r.our_key AND o.name_key = r.name_key AND o.born IS NOT DISTINCT FROM r.born"""
_ASIDE = f"""
UPDATE feeds_feedrow AS r SET state = 'set_aside' FROM feeds_feedrow o
WHERE r.file_id = %(file)s AND r.state = 'unmatched' AND o.file_id = ANY(%(before)s)
  AND o.state = 'set_aside' AND o.digest = r.digest AND {_THE_SAME}
"""  # noqa: S608 - every name is ours
_REPLACED = f"""
UPDATE feeds_feedrow AS o SET state = 'older' FROM feeds_feedrow r
WHERE r.file_id = %(file)s AND r.state IN ('unmatched', 'set_aside')
  AND o.file_id = ANY(%(before)s) AND o.state = 'unmatched' AND {_THE_SAME}
RETURNING o.file_id
"""  # noqa: S608 - every name is ours
_FILES_BACK = 30


def _keep_newest_in_tray(held: FeedFile) -> None:
    """Of what a carrier tells edition after edition of the same stranger, the newest stays in the tray.

    What somebody set aside stays so while the carrier says the same of it.
    """
    files = FeedFile.objects.filter(source=held.source_id, as_of__lte=held.as_of).exclude(
        pk=held.pk
    )
    before = list(files.order_by("-as_of").values_list("pk", flat=True)[:_FILES_BACK])
    told: dict[str, Any] = {"file": held.pk, "before": before}
    with connection.cursor() as cursor:
        cursor.execute(_ASIDE, told)
        cursor.execute(_REPLACED, told)
        moved = Counter(pk for (pk,) in cursor.fetchall())
    for file in FeedFile.objects.filter(pk__in=list(moved)):
        n = moved[file.pk]
        counts = file.counts | {"older": file.counts.get("older", 0) + n}
        counts["unmatched"] = max(0, file.counts.get("unmatched", 0) - n)
        FeedFile.objects.filter(pk=file.pk).update(counts={k: v for k, v in counts.items() if v})


def _match_by_name(held: FeedFile, part: int = 1000) -> None:
    """Rows that no number finds: the only case of this name, birth date and product, if any."""
    left = FeedRow.objects.filter(file=held, case=None, state="waiting").exclude(
        Q(name_key="") | Q(born=None) | Q(product_key="")
    )
    rows = list(left.only("id", "policy_key", "application_key", "name_key", "born", "product_key"))
    for start in range(0, len(rows), part):
        some = rows[start : start + part]
        known = _same_people(held.source.carrier_id, {(r.name_key, r.born) for r in some})
        matched = []
        for row in some:
            found = only_one(keys_of(row), known.get((row.name_key, row.born), []))
            if found:
                row.case_id, row.matched_by = found.case, "name"
                matched.append(row)
        FeedRow.objects.bulk_update(matched, ["case", "matched_by"])


def _same_people(
    carrier: int, people: Iterable[tuple[str, date | None]]
) -> dict[tuple[str, date | None], list[Candidate]]:
    wanted = list(people)
    cases = Case.objects.filter(
        carrier_id=carrier,
        client__name_key__in=[name for name, _born in wanted],
        client__born__in={born for _name, born in wanted},
    ).select_related("client", "product")
    found: dict[tuple[str, date | None], list[Candidate]] = defaultdict(list)
    for one in candidates_of(cases):
        found[one.name, one.born].append(one)
    return found


def candidates_of(cases: Iterable[Case]) -> list[Candidate]:
    """Cases as the rules compare them."""
    listed = list(cases)
    numbers = dict(
        CaseWord.objects.filter(case__in=listed).values_list("case_id", "application_key")
    )
    return [
        Candidate(
            case=case.pk,
            reference=case.reference,
            policy=number_key(case.policy_number),
            application=numbers.get(case.pk, ""),
            name=case.client.name_key,
            born=case.client.born,
            product=f"{plain(case.product.name)}|{plain(case.product.code)}",
            is_open=case.status not in {Status.CLOSED, Status.IN_FORCE},
        )
        for case in listed
    ]


def keys_of(row: FeedRow) -> Keys:
    """By what a row's case is found."""
    return Keys(
        row.policy_key, row.application_key, row.our_key, row.name_key, row.born, row.product_key
    )


def misread(born: date | None) -> list[date]:
    """A birth date, and the one it is with day and month taken for each other.

    >>> misread(date(1979, 11, 2))
    [datetime.date(1979, 11, 2), datetime.date(1979, 2, 11)]
    """
    if born is None:
        return []
    return [born] if born.day > 12 else [born, born.replace(month=born.day, day=born.month)]


def proposals_for(row: FeedRow) -> list[Proposal]:
    """Cases of the carrier that a row may be about, likeliest first."""
    keys, carrier = keys_of(row), row.file.source.carrier_id
    ofs = Case.objects.filter(carrier=carrier).select_related("client", "product")
    found: dict[UUID, Case] = {}
    if row.name_key:
        found |= {case.pk: case for case in ofs.filter(client__name_key=row.name_key)[:_SOME]}
        words = row.name_key.split()
        for word in dict.fromkeys((words[-1], words[0])) if row.born else ():
            alike = ofs.named(word).filter(client__born__in=misread(row.born))
            found |= {case.pk: case for case in alike[:_SOME]}
        if not found:
            found |= {case.pk: case for case in ofs.named(row.name_key)[:_SOME]}
    for number in {row.policy_key, row.policy_key.lstrip("0")} - {""}:
        found |= {case.pk: case for case in ofs.named(number)[:_SOME]}
    return proposals(keys, candidates_of(found.values()))
