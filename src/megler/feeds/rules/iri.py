"""What a carrier says in the status API of the Insured Retirement Institute, as records.

A file is one status, a list or page of them, or one notification. Statuses are few there: what a
carrier means by one can be said with the source, as of any word.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from megler.exchange.iri.reading import read_notification, read_page
from megler.exchange.iri.records import ApplicationStatus, Party, StatusPage
from megler.exchange.iri.statuses import as_status
from megler.exchange.iri.words import AppStatus, Initiator, PartyRole
from megler.feeds.rules.records import Keys, Record, RequirementSaid
from megler.feeds.rules.values import Name, name_of, number_key
from megler.feeds.rules.words import Meaning, RequirementMeaning, kind_of, plain
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem, Severity

_MEANT = {
    AppStatus.RECEIVED: Meaning.RECEIVED,
    AppStatus.IN_PROGRESS: Meaning.IN_UNDERWRITING,
    AppStatus.COMPLETED: Meaning.ISSUED,
    AppStatus.CANCELLED: Meaning.WITHDRAWN,
}
_LISTS = ("applicationStatuses", "policies")


def read_iri(
    data: bytes, words: Mapping[str, Mapping[str, str]]
) -> tuple[list[Record], list[Problem], date | None]:
    """The records of a file, everything wrong with it, and the latest day of which it speaks.

    What is no JSON, or no status at all, gives no record; of several the readable ones are taken.
    """
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        return [], [Problem("feed_not_iri", "file", str(error)[:80], "JSON")], None
    page, told = _page(document)
    problems = [_milder(one) if page else one for one in told]
    if page is None:
        return [], problems or [Problem("feed_not_iri", "file")], None
    statuses = (*page.application_statuses, *page.policies)
    records = []
    for line, status in enumerate(statuses, 1):
        records.append(_record(line, status, words))
        problems += _unknown(records[-1])
    return records, problems, max((s.status_date for s in statuses if s.status_date), default=None)


def _page(document: Any) -> tuple[StatusPage | None, tuple[Problem, ...]]:
    if isinstance(document, list):
        return read_page({_LISTS[0]: document})
    if isinstance(document, dict) and "eventId" in document:
        told, problems = read_notification(document)
        one = as_status(told, None) if told else None
        return (StatusPage(application_statuses=(one,)) if one else None), problems
    if isinstance(document, dict) and not any(name in document for name in _LISTS):
        return read_page({_LISTS[0]: [document]})
    return read_page(document)


def _milder(problem: Problem) -> Problem:
    """One status that cannot be read does not keep the others from being taken."""
    return Problem(
        problem.code, problem.where, problem.found, problem.expected, severity=Severity.WARNING
    )


def _record(line: int, status: ApplicationStatus, words: Mapping[str, Mapping[str, str]]) -> Record:
    number, insured = status.policy_number, _insured(status)
    is_ours = number.upper().startswith(("C-", "A-")) and number[2:].isdecimal()
    name = _name(insured)
    agent = status.producers[0] if status.producers else None
    return Record(
        line=line,
        keys=Keys(
            policy="" if is_ours else number_key(number)[:40],
            ours=number_key(number)[:20] if is_ours else "",
            name=name.key if name.last else "",
            product=plain(status.product_name)[:100],
        ),
        policy_number="" if is_ours else number[:40],
        insured=(insured.whole_name if insured else "")[:200],
        agent=(agent.npn or agent.whole_name if agent else "")[:100],
        status=str(status.status or ""),
        meaning=_meaning(status, words),
        comment="; ".join(_notes(status))[:4000],
        said_on=status.status_date,
        issued_on=status.issued_date,
        requirements=tuple(_papers(status, words)),
    )


def _insured(status: ApplicationStatus) -> Party | None:
    """The annuitant: the specification has no word for somebody insured; without one the owner."""
    for role in (PartyRole.ANNUITANT, PartyRole.OWNER):
        for party in status.parties:
            if role in party.relationships:
                return party
    return None


def _name(party: Party | None) -> Name:
    if party is None:
        return Name()
    if party.last_name:
        return Name((party.first_name.split() or [""])[0], party.last_name)
    return name_of(party.name)


def _meaning(status: ApplicationStatus, words: Mapping[str, Mapping[str, str]]) -> Meaning | None:
    if status.status is None:
        return None
    if own := words.get("statuses", {}).get(plain(status.status)):
        return Meaning(own)
    ended = status.cancellation
    if status.status is AppStatus.CANCELLED and ended and ended.initiator is Initiator.CARRIER:
        return Meaning.INCOMPLETE
    return _MEANT[status.status]


def _notes(status: ApplicationStatus) -> Iterator[str]:
    """What the carrier says beside the status, in its own words."""
    if status.cancellation and status.cancellation.reason:
        yield status.cancellation.reason
    for section in (
        status.can_sell_validations, status.document_reviews, status.suitability, status.fundings,
    ):  # fmt: skip
        if section and section.note:
            yield section.note


def _papers(
    status: ApplicationStatus, words: Mapping[str, Mapping[str, str]]
) -> Iterator[RequirementSaid]:
    """The papers that are missing or wrong, each as a requirement that is open."""
    review = status.document_reviews
    for issue in review.issues if review else ():
        said = issue.form_name or issue.note or issue.form_number or str(issue.reason or "")
        if not said:
            continue
        own = words.get("kinds", {}).get(plain(said))
        kind = RequirementKind(own) if own else kind_of(said)
        detail = issue.note if issue.note != said else issue.form_number
        yield RequirementSaid(said[:200], kind, "", RequirementMeaning.OPEN, detail[:500])


def _unknown(record: Record) -> Iterator[Problem]:
    for one in record.requirements:
        if one.kind is None:
            where = f"policy {record.policy_number or record.keys.ours}"
            yield Problem("feed_requirement_unknown", where, one.words[:80], "", Severity.WARNING)
