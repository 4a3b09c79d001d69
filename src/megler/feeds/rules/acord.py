"""What an ACORD TXLife 1125 (case status) or 1203 (holding) says of our cases, as records."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from megler.exchange.txlife.checking import Story, check
from megler.exchange.txlife.reading import read
from megler.exchange.txlife.records import Coded, Holding, Party, Request, Requirement
from megler.feeds.rules.records import Keys, Record, RequirementSaid
from megler.feeds.rules.values import Name, name_of, number_key
from megler.feeds.rules.words import (
    Field,
    Meaning,
    RequirementMeaning,
    kind_of,
    meaning_of,
    plain,
    requirement_meaning_of,
)
from megler.vocabulary.codes import Mode, RequirementKind
from megler.vocabulary.problems import Problem, Severity

TOLD_BY = {"case_status", "holding"}
"""Transactions by which a carrier tells how its policies stand."""

_MEANT: dict[str, Meaning] = {
    "active": Meaning.IN_FORCE,
    "paid_up": Meaning.IN_FORCE,
    "lapsed": Meaning.LAPSED,
    "surrendered": Meaning.SURRENDERED,
    "not_taken": Meaning.NOT_TAKEN,
    "not_taken_out": Meaning.NOT_TAKEN,
    "not_placed": Meaning.NOT_TAKEN,
    "pending": Meaning.RECEIVED,
    "applied": Meaning.RECEIVED,
    "proposed": Meaning.NOTHING,
    "incomplete": Meaning.INCOMPLETE,
    "approved": Meaning.APPROVED,
    "approved_conditionally": Meaning.APPROVED,
    "issued": Meaning.ISSUED,
    "issued_with_changes": Meaning.ISSUED,
    "issued_with_requirements": Meaning.ISSUED,
    "counter_offer": Meaning.COUNTER_OFFER,
    "tentative_offer": Meaning.COUNTER_OFFER,
    "declined": Meaning.DECLINED,
    "deferred": Meaning.POSTPONED,
    "postponed": Meaning.POSTPONED,
    "underwriting": Meaning.IN_UNDERWRITING,
    "cancelled_by_client": Meaning.WITHDRAWN,
    "withdrawn_by_producer": Meaning.WITHDRAWN,
    "withdrawn_by_carrier": Meaning.INCOMPLETE,
}
_STATES = {"submitted": RequirementMeaning.OPEN, "received": RequirementMeaning.RECEIVED}


def read_txlife(
    data: bytes, words: Mapping[str, Mapping[str, str]]
) -> tuple[list[Record], list[Problem], date | None]:
    """The records of a message, everything wrong with it, and the day of its sending.

    `words` are the source's own: what its status texts and numbers mean. A message that is broken,
    cut, or of another transaction gives no record. A code that nobody knows is told, with its record.
    """
    found, problems = read(data)
    if found is None:
        return [], problems, None
    problems = [*problems, *check(found, problems)]
    records: list[Record] = []
    days: list[str] = []
    for request in found.message.requests:
        if request.type.word not in TOLD_BY:
            told = request.type.text or str(request.type.tc or request.type.word)
            problems.append(Problem("feed_transaction", "TransType", told, "1125, 1203"))
            continue
        days += [day for day in (request.executed_on, request.created_on) if day]
        for holding in request.holdings:
            if holding.is_policy:
                reader = _Reader(request, holding, words, len(records) + 1)
                records.append(reader.record())
                problems += reader.problems
    kept = [one for one in records if not one.keys.is_empty]
    for one in records:
        if one.keys.is_empty:
            problems.append(
                Problem("feed_no_key", f"Holding {one.line}", severity=Severity.WARNING)
            )
    return kept, problems, date.fromisoformat(max(days)) if days else None


class _Reader:
    """Reads one policy of a message."""

    def __init__(
        self,
        request: Request,
        holding: Holding,
        words: Mapping[str, Mapping[str, str]],
        number: int,
    ) -> None:
        self.request, self.holding, self.words, self.number = request, holding, words, number
        self.problems: list[Problem] = []
        only = replace(request, holdings=(holding,), primary_id=holding.id)
        others = {one.id for one in request.holdings if one is not holding and one.id}
        relations = [one for one in request.relations if not {one.from_id, one.to_id} & others]
        self.story = Story(replace(only, relations=tuple(relations)))

    def record(self) -> Record:
        """What the carrier says of this policy."""
        holding, insured, agent = self.holding, self._insured(), self.story.agent
        meaning, words = self._status()
        name = _name(insured)
        return Record(
            line=self.number,
            keys=Keys(
                policy=number_key(holding.number)[:40],
                application=number_key(holding.application_number)[:40],
                ours=number_key(holding.tracking_id)[:20],
                name=name.key if name.last else "",
                born=date.fromisoformat(insured.born) if insured and insured.born else None,
                product=plain(holding.plan_name or holding.product_code)[:100],
            ),
            policy_number=holding.number[:40],
            insured=(insured.name if insured else "")[:200],
            agent=(agent.npn or agent.name if agent else "")[:100],
            status=words[:200],
            meaning=meaning,
            comment=" ".join(m.description for m in holding.messages if m.description)[:4000],
            offer=self._offer(),
            issued_on=date.fromisoformat(holding.issued_on) if holding.issued_on else None,
            requirements=tuple(self._requirements()),
        )

    def _insured(self) -> Party | None:
        base = self.story.base
        named = {
            p.party_id for p in (base.participants if base else ()) if p.role.word == "insured"
        }
        for party in self.request.parties:
            if party.id in named:
                return party
        return self.story.insured

    def _status(self) -> tuple[Meaning | None, str]:
        code = self.holding.policy_status
        shown = code.text or code.word.replace("_", " ") or (str(code.tc) if code.tc else "")
        if not shown:
            return None, ""
        own = self._own("statuses", code)
        if own:
            return Meaning(own), shown
        found = _MEANT.get(code.word) or (meaning_of(code.text) if code.text else None)
        if found is None:
            self._unknown("feed_status_unknown", "PolicyStatus", code, shown)
        return found, shown

    def _own(self, which: str, code: Coded) -> str:
        """What the source says that a code or its text means."""
        known = self.words.get(which, {})
        by_number = known.get(str(code.tc)) if code.tc is not None else None
        return by_number or (known.get(plain(code.text), "") if code.text else "")

    def _offer(self) -> dict[str, str]:
        holding, found = self.holding, {}
        base = self.story.base
        amount = holding.face_amount or (base.amount if base else "")
        for name, value in ((Field.FACE_AMOUNT, amount), (Field.PREMIUM, holding.premium)):
            if value and Decimal(value) > 0:
                found[name.value] = str(Decimal(value).quantize(Decimal("0.01")))
        if holding.mode.word in set(Mode):
            found[Field.MODE.value] = holding.mode.word
        for part in base.participants if base else ():
            said = part.underwriting_class
            if part.role.word == "insured" and (said.text or said.word):
                found[Field.CLASS.value] = said.text or said.word.replace("_", " ")
        return found

    def _requirements(self) -> Iterator[RequirementSaid]:
        for one in self.holding.requirements:
            words = one.details or one.code.text or one.code.word.replace("_", " ")
            words = words or (f"ReqCode {one.code.tc}" if one.code.tc is not None else "")
            if not words:
                continue
            kind, state = self._kind(one, words), self._state(one)
            yield RequirementSaid(words[:200], kind, _shown(one.status)[:100], state)

    def _kind(self, one: Requirement, words: str) -> RequirementKind | None:
        own = self._own("kinds", one.code)
        if own:
            return RequirementKind(own)
        if one.code.word in set(RequirementKind):
            return RequirementKind(one.code.word)
        found = (kind_of(one.code.text) if one.code.text else None) or kind_of(words)
        if found is None:
            self._unknown("feed_requirement_unknown", "ReqCode", one.code, words)
        return found

    def _state(self, one: Requirement) -> RequirementMeaning | None:
        code = one.status
        if not _shown(code):
            return RequirementMeaning.OPEN
        own = self._own("states", code)
        if own:
            return RequirementMeaning(own)
        found = _STATES.get(code.word) or requirement_meaning_of(code.text)
        if found is None:
            self._unknown("feed_state_unknown", "ReqStatus", code, _shown(code))
        return found

    def _unknown(self, code: str, where: str, given: Coded, shown: str) -> None:
        number = f"{given.tc} " if given.tc is not None else ""
        told = shown if shown == str(given.tc) else f"{number}{shown}".strip()
        place = f"Holding {self.number} {where}"
        self.problems.append(Problem(code, place, told[:80], "", Severity.WARNING))


def _shown(code: Coded) -> str:
    return code.text or code.word or (str(code.tc) if code.tc is not None else "")


def _name(party: Party | None) -> Name:
    if party is None:
        return Name()
    if party.last_name:
        return Name((party.first_name.split() or [""])[0], party.last_name)
    return name_of(party.full_name)
