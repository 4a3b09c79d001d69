"""What a message says, and whether it holds together: ids, references, shares, what a 103 needs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from megler.exchange.txlife.reading import Read
from megler.exchange.txlife.records import (
    Attachment,
    Coverage,
    Holding,
    Participant,
    Party,
    Relation,
    Request,
)
from megler.vocabulary.problems import Problem, Severity

NEW_BUSINESS = "new_business"
BENEFICIARIES = ("primary_beneficiary", "contingent_beneficiary")
DOCTORS = ("physician", "primary_physician")


@dataclass(frozen=True)
class Story:
    """One request with its objects at hand: who is what to the policy."""

    request: Request

    @cached_property
    def policy(self) -> Holding | None:
        """The policy it is about: the primary object, else the one that is applied for."""
        policies = [one for one in self.request.holdings if one.is_policy]
        named = [one for one in policies if one.id and one.id == self.request.primary_id]
        return next(iter(named or sorted(policies, key=_in_force)), None)

    @cached_property
    def _by_id(self) -> dict[str, Party]:
        return {one.id: one for one in reversed(self.request.parties)}

    @cached_property
    def _others(self) -> set[str]:
        """Ids of the holdings that it is not about."""
        return {one.id for one in self.request.holdings if one is not self.policy and one.id}

    def party(self, party_id: str) -> Party | None:
        """The party with this id; the first, when several have it."""
        return self._by_id.get(party_id)

    def relations(self, *roles: str) -> list[Relation]:
        """Relations in one of these roles, in the order of the message."""
        return [one for one in self.request.relations if one.role.word in roles]

    def parts(self, *roles: str) -> list[tuple[Party, Relation | Participant]]:
        """Everybody in one of these roles to the policy, with what says so: a relation, or, where
        no relation does, a part in its base coverage."""
        found: list[tuple[Party, Relation | Participant]] = []
        for one in self.relations(*roles):
            if {one.from_id, one.to_id} & self._others:
                continue  # an owner of another policy is none of this
            for party_id in (one.to_id, one.from_id):
                if (party := self.party(party_id)) is not None:
                    found.append((party, one))
                    break
        base = self.base
        if not found and base is not None:
            for part in base.participants:
                named = self.party(part.party_id)
                if part.role.word in roles and named is not None:
                    found.append((named, part))
        return found

    def parties(self, *roles: str) -> list[Party]:
        """Everybody in one of these roles, each once."""
        return list({party.id: party for party, _ in self.parts(*roles)}.values())

    @property
    def base(self) -> Coverage | None:
        """The policy's base coverage."""
        found = self.policy.coverages if self.policy else ()
        return next((c for c in found if c.indicator.word in {"", "base"}), None)

    @property
    def insured(self) -> Party | None:
        """The person to insure, or the annuitant; of several, the one whom the base coverage calls so."""
        people = self.parties("insured") or self.parties("annuitant")
        parts = self.base.participants if self.base else ()
        first = {one.party_id for one in parts if one.role.word == "insured"}
        named = [one for one in people if one.id in first]
        return next(iter(named or people), None)

    @property
    def agent(self) -> Party | None:
        """The writing agent; without one, the servicing agent, or whoever is called an agent."""
        for role in ("agent", "servicing_agent", "policy_agent"):
            if people := self.parties(role):
                return people[0]
        return None

    @property
    def carrier(self) -> Party | None:
        """The insurer's party, when the message names one."""
        named = self.party(self.policy.carrier_id) if self.policy else None
        return named or next(iter(self.parties("carrier")), None)

    @property
    def carrier_code(self) -> str:
        policy, carrier = self.policy, self.carrier
        told = policy.carrier_code if policy else ""
        return told or (carrier.carrier_code if carrier else "")

    @property
    def carrier_name(self) -> str:
        policy, carrier = self.policy, self.carrier
        return (policy.carrier_name if policy else "") or (carrier.name if carrier else "")

    @property
    def face_amount(self) -> str:
        """What is applied for: the policy's amount, or that of its base."""
        if self.policy is None:
            return ""
        return self.policy.face_amount or (self.base.amount if self.base else "")

    def attachments(self) -> Iterator[Attachment]:
        """Every file, wherever it hangs."""
        one = self.request
        yield from one.attachments
        for holding in one.holdings:
            yield from holding.attachments
            for requirement in holding.requirements:
                yield from requirement.attachments
        for party in one.parties:
            yield from party.attachments
        for form in one.forms:
            yield from form.attachments


def check(found: Read, problems: Iterable[Problem] = ()) -> list[Problem]:
    """Everything wrong with how the message holds together, after what was wrong with its values.

    `problems` are those of reading, so that nothing is told twice.
    """
    told = {problem.where.partition(" line ")[0] for problem in problems}
    wrong = list(_ids(found))
    if not found.message.requests:
        wrong.append(Problem("txlife_missing", "TXLife", "", "TXLifeRequest"))
    known = set(found.where or ())
    for request, path in _paths(found.message.requests):
        wrong += [p for p in _transaction(request, path) if p.where not in told]
        wrong += _references(request, known, found.where or {})
        wrong += _files(Story(request), path)
        if request.type.word == NEW_BUSINESS and not request.is_response:
            needed = _needed(Story(request), path, found.where or {})
            wrong += [p for p in needed if p.where not in told]
            wrong += _shares(Story(request), path)
    return wrong


def _paths(requests: Iterable[Request]) -> Iterator[tuple[Request, str]]:
    counts: dict[str, int] = {}
    for one in requests:
        name = "TXLifeResponse" if one.is_response else "TXLifeRequest"
        counts[name] = counts.get(name, 0) + 1
        yield one, f"TXLife/{name}[{counts[name]}]" if counts[name] > 1 else f"TXLife/{name}"


def _ids(found: Read) -> Iterator[Problem]:
    """An id that stands twice; an error where something points to it, since to which is unknown."""
    pointed = {
        given
        for request in found.message.requests
        for one in request.relations
        for given in (one.from_id, one.to_id)
    }
    for given, where in found.ids_twice:
        severity = Severity.ERROR if given in pointed else Severity.WARNING
        yield Problem("txlife_id_twice", where, given, "", severity)


def _transaction(request: Request, path: str) -> Iterator[Problem]:
    if not request.type.word and request.type.tc is None:
        found = request.type.text
        yield Problem("txlife_missing", f"{path}/TransType", found, "TransType tc")
    if not request.guid:
        where = f"{path}/TransRefGUID"
        yield Problem("txlife_missing", where, "", "TransRefGUID", Severity.WARNING)


def _references(request: Request, known: set[str], where: Mapping[str, str]) -> Iterator[Problem]:
    """What points nowhere. A relation or a part in a coverage must; elsewhere it is only odd."""
    for i, one in enumerate(request.relations, 1):
        path = where.get(one.id, f"Relation[{i}]")
        for name, given in (("OriginatingObjectID", one.from_id), ("RelatedObjectID", one.to_id)):
            if given not in known:
                yield Problem("txlife_nowhere", f"{path}/@{name}", given, "an id in the message")
        if not one.role:
            yield Problem("txlife_missing", f"{path}/RelationRoleCode", "", "tc", Severity.WARNING)
    for holding in request.holdings:
        path = where.get(holding.id, "Holding")
        for coverage in holding.coverages:
            for part in coverage.participants:
                if part.party_id and part.party_id not in known:
                    at = f"{path}/Policy/Life/Coverage/LifeParticipant/@PartyID"
                    yield Problem("txlife_nowhere", at, part.party_id, "an id in the message")
        odd = [(f"{path}/Policy/@CarrierPartyID", holding.carrier_id)]
        for one_req in holding.requirements:
            at = where.get(one_req.id, f"{path}/Policy/RequirementInfo")
            odd.append((f"{at}/@AppliesToPartyID", one_req.party_id))
            odd.append((f"{at}/@RequesterPartyID", one_req.requester_id))
            odd.append((f"{at}/@FulfillerPartyID", one_req.fulfiller_id))
        for at, given in odd:
            if given and given not in known:
                expected = "an id in the message"
                yield Problem("txlife_nowhere", at, given, expected, Severity.WARNING)


def _files(story: Story, path: str) -> Iterator[Problem]:
    for i, one in enumerate(story.attachments(), 1):
        where = f"{path} Attachment {one.name or one.id or i}"
        if one.encoding and one.encoding.casefold() != "base64":
            yield Problem("txlife_base64", where, one.encoding, "base64")
        if one.sha256_told and one.sha256_told != one.sha256:
            yield Problem("txlife_file_changed", where, one.sha256, one.sha256_told)


def _needed(story: Story, path: str, where: Mapping[str, str]) -> Iterator[Problem]:
    """What a new-business submission must say."""
    policy, insured = story.policy, story.insured
    if policy is None:
        yield Problem("txlife_missing", f"{path}/OLifE/Holding", "", "Policy")
    else:
        at = f"{path}/OLifE/Holding/Policy"
        if not story.carrier_code and not story.carrier_name:
            yield Problem("txlife_missing", f"{at}/CarrierCode", "", "CarrierCode")
        if not policy.product_code and not policy.plan_name:
            yield Problem("txlife_missing", f"{at}/ProductCode", "", "ProductCode")
        if policy.line.word == "life" and not story.face_amount:
            yield Problem("txlife_missing", f"{at}/Life/FaceAmt", "", "FaceAmt")
    if insured is None:
        yield Problem("txlife_missing", f"{path}/OLifE/Relation", "", "RelationRoleCode tc=32")
    else:
        at = f"{where.get(insured.id, f'{path}/OLifE/Party')}/Person"
        if not insured.name:
            yield Problem("txlife_missing", f"{at}/LastName", "", "LastName")
        if not insured.born:
            missing = Severity.WARNING
            yield Problem("txlife_missing", f"{at}/BirthDate", "", "BirthDate", missing)
    if story.agent is None:
        yield Problem(
            "txlife_missing", f"{path}/OLifE/Relation", "", "RelationRoleCode tc=37",
            Severity.WARNING,
        )  # fmt: skip


def _shares(story: Story, path: str) -> Iterator[Problem]:
    """The shares of the beneficiaries of one class make 100 %; or 1, when they are fractions."""
    for role in BENEFICIARIES:
        given = [one.share for _, one in story.parts(role) if one.share]
        total = sum(map(Decimal, given), Decimal(0))
        if given and total != 100:
            found = f"{total.normalize():f}"
            where = f"{path}/OLifE/Relation {role}"
            if are_fractions(given):
                yield Problem("txlife_fractions", where, found, "100", Severity.WARNING)
            else:
                yield Problem("txlife_shares", where, found, "100")


def are_fractions(shares: Iterable[str]) -> bool:
    """Whether the shares of a class make 1 exactly, so that they are of one and not of a hundred."""
    return sum(map(Decimal, shares), Decimal(0)) == 1


def _in_force(one: Holding) -> int:
    """How much speaks for a policy to be one that is in force, and not the one applied for."""
    if (
        "proposed" in {one.status.word, one.policy_status.word}
        or one.policy_status.word == "applied"
    ):
        return 0
    if one.tracking_id or one.application_type or one.application_jurisdiction or one.signed_on:
        return 0
    return 2 if "active" in {one.status.word, one.policy_status.word} or one.number else 1
