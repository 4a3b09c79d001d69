"""How long papers are kept, and what holds them longer: rules, legal holds, proposals to destroy."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.actions.holding import moment
from megler.cases.models import Case, CaseDocument, CaseDocumentQuerySet
from megler.cases.rules.words import Decision, Outcome, Status
from megler.documents.models import Standing
from megler.journal.actions import later, record
from megler.journal.rules.actors import SYSTEM
from megler.papers.models import DestroyedPaper, Destruction, LegalHold, RetentionRule
from megler.papers.rules.retention import Kept, Rule, due_on, years_after
from megler.vocabulary.problems import Problem, Refused

PROPOSED_MAX = 500
"""Papers of one proposal: what two people can look through."""
_LOOKED_AT = 20_000
REASON_MAX = 2000
_OPEN = (Destruction.Step.PROPOSED, Destruction.Step.AGREED, Destruction.Step.APPROVED)


def may_keep(person: User) -> None:
    """Who decides about keeping. Raises `Refused`."""
    if not person.may(Can.KEEP_PAPERS):
        raise Refused(Problem("not_allowed", "papers"))


def make_rule(person: User, rule: Rule, at: datetime | None = None) -> RetentionRule:
    """From now on papers are kept so long. Raises `Refused` when there is a rule for exactly these."""
    at = moment(at)
    may_keep(person)
    fields = {
        "outcome": rule.outcome,
        "kind": rule.kind,
        "carrier": rule.carrier,
        "jurisdiction": rule.jurisdiction,
    }
    if RetentionRule.objects.filter(ended_at=None, **fields).exists():
        raise Refused(Problem("paper_rule_there", "years"))
    with transaction.atomic():
        made = RetentionRule.objects.create(years=rule.years, made_at=at, made_by=person, **fields)
        told = {"years": rule.years, **fields}
        record(person.actor(), "retention.rule_made", ("retention", made.pk), told, at)
    return made


def end_rule(person: User, rule: RetentionRule, at: datetime | None = None) -> None:
    """The rule holds no more; what was destroyed by it still names it."""
    at = moment(at)
    may_keep(person)
    with transaction.atomic():
        if RetentionRule.objects.filter(pk=rule.pk, ended_at=None).update(ended_at=at):
            record(person.actor(), "retention.rule_ended", ("retention", rule.pk), {}, at)


def place_hold(person: User, case: Case | None, why: str, at: datetime | None = None) -> LegalHold:
    """Destroy nothing of a case, or (without one) nothing at all, until it is lifted."""
    at, why = moment(at), why.strip()[:REASON_MAX]
    may_keep(person)
    if not why:
        raise Refused(Problem("case_reason_missing", "why"))
    with transaction.atomic():
        made = LegalHold.objects.create(case=case, why=why, since=at, by=person)
        subject = case.subject if case else ("hold", made.pk)
        record(
            person.actor(), "hold.placed", subject, {"hold": str(made.pk), "staff_only": True}, at
        )
    return made


def lift_hold(person: User, hold: LegalHold, at: datetime | None = None) -> None:
    """The hold is over; said by whom and when."""
    at = moment(at)
    may_keep(person)
    with transaction.atomic():
        held = LegalHold.objects.select_for_update(no_key=True, of=("self",)).get(pk=hold.pk)
        if held.lifted_at:
            raise Refused(Problem("paper_hold_lifted", str(held)))
        held.lifted_at, held.lifted_by = at, person
        held.save()
        subject = held.case.subject if held.case else ("hold", held.pk)
        told = {"hold": str(held.pk), "staff_only": True}
        record(person.actor(), "hold.lifted", subject, told, at)


def is_held(case_id: UUID) -> bool:
    """Whether a legal hold stands over a case, or over everything."""
    standing = LegalHold.objects.filter(Q(case=case_id) | Q(case=None), lifted_at=None)
    return standing.exists()


def rules_in_force() -> list[Rule]:
    """The rules as the pure ones know them."""
    return [one.to_rule() for one in RetentionRule.objects.filter(ended_at=None)]


def how_ended(case: Case) -> tuple[str, date | None]:
    """How a case ended, as retention counts it, and on which day; None while it goes on."""
    ended = timezone.localtime(case.closed_at).date() if case.closed_at else None
    if case.status == Status.IN_FORCE:
        ended = ended or case.in_force_on
    if case.in_force_on and case.outcome != Outcome.FREE_LOOK_RETURN:
        return "placed", ended
    if case.outcome in {Outcome.NOT_TAKEN, Outcome.FREE_LOOK_RETURN}:
        return "not_taken", ended
    named = {Decision.DECLINED: "declined", Decision.WITHDRAWN: "withdrawn"}
    decision = Decision(case.decision) if case.decision else None
    return named.get(decision, "closed") if decision else "closed", ended


def kept(paper: CaseDocument) -> Kept:
    """What the rules know of a paper; its case, client and carrier are loaded."""
    outcome, ended_on = how_ended(paper.case)
    case = paper.case
    return Kept(paper.kind, outcome, case.carrier.slug, case.client.jurisdiction, ended_on)


def propose(today: date, at: datetime | None = None) -> Destruction | None:
    """Propose what is over by `today` for destruction; None when that is nothing.

    What is proposed already waits; a second run of the day adds nothing.
    """
    at = moment(at)
    rules = rules_in_force()
    if not rules or LegalHold.objects.filter(case=None, lifted_at=None).exists():
        return None
    chains = list(islice(_due(today, rules), PROPOSED_MAX))
    if not chains:
        return None
    with transaction.atomic():
        found, is_new = Destruction.objects.select_for_update(no_key=True).get_or_create(
            step=Destruction.Step.PROPOSED, defaults={"proposed_at": at}
        )
        lines = [_line(found, paper, rules) for chain in chains for paper in chain]
        DestroyedPaper.objects.bulk_create(lines, ignore_conflicts=True)
        if is_new:
            told = {"papers": len(lines)}
            record(SYSTEM, "destruction.proposed", ("destruction", found.pk), told, at)
    return found


def _due(today: date, rules: Sequence[Rule]) -> Iterator[list[CaseDocument]]:
    """Documents, each with all its versions, whose time is over; those proposed already left out."""
    seen: set[UUID] = set()
    for rule in rules:
        for paper in _fitting(today, rule)[:_LOOKED_AT].iterator(chunk_size=500):
            first = paper.first_id or paper.pk
            if first in seen:
                continue
            seen.add(first)
            chain = chain_of(paper)
            if all(_is_over(one, rules, today) for one in chain):
                yield chain


def chain_of(paper: CaseDocument) -> list[CaseDocument]:
    """All versions of a document of which something is left."""
    first = paper.first_id or paper.pk
    chain = CaseDocument.objects.filter(Q(pk=first) | Q(first=first)).exclude(
        document__standing=Standing.DESTROYED
    )
    return list(chain.select_related("document", "case__client", "case__carrier"))


def _is_over(paper: CaseDocument, rules: Sequence[Rule], today: date) -> bool:
    found = due_on(kept(paper), rules)
    return found is not None and found[0] <= today


def _fitting(today: date, rule: Rule) -> CaseDocumentQuerySet:
    latest = years_after(today, -rule.years)
    ended = Q(case__closed_at__date__lte=latest) | Q(
        case__closed_at=None, case__in_force_on__lte=latest
    )
    found = CaseDocument.objects.filter(ended).exclude(document__standing=Standing.DESTROYED)
    if rule.kind:
        found = found.filter(kind=rule.kind)
    if rule.carrier:
        found = found.filter(case__carrier__slug=rule.carrier)
    if rule.jurisdiction:
        found = found.filter(case__client__jurisdiction=rule.jurisdiction)
    waiting = DestroyedPaper.objects.filter(destruction__step__in=_OPEN).values("paper")
    held = LegalHold.objects.filter(lifted_at=None, case__isnull=False).values("case")
    free = found.exclude(pk__in=waiting).exclude(case__in=held)
    return free.select_related("document", "case__client", "case__carrier").order_by("pk")


def _line(found: Destruction, paper: CaseDocument, rules: Sequence[Rule]) -> DestroyedPaper:
    over = due_on(kept(paper), rules)
    ended_on = how_ended(paper.case)[1]
    if over is None or ended_on is None:
        raise RuntimeError("a paper that is not over was proposed")
    document = paper.document
    return DestroyedPaper(
        destruction=found,
        case=paper.case,
        paper=paper,
        document=document,
        kind=paper.kind,
        sha256=document.sha256,
        size=document.size,
        pages=document.pages,
        rule_id=UUID(over[1].key),
        ended_on=ended_on,
        due_on=over[0],
    )


def agree(person: User, destruction: Destruction, at: datetime | None = None) -> Destruction:
    """The first of two people says yes."""
    at = moment(at)
    may_keep(person)
    with transaction.atomic():
        held = _at_step(destruction, Destruction.Step.PROPOSED)
        held.step, held.agreed_at, held.agreed_by = Destruction.Step.AGREED, at, person
        held.save()
        record(person.actor(), "destruction.agreed", ("destruction", held.pk), {}, at)
    return held


def approve(person: User, destruction: Destruction, at: datetime | None = None) -> Destruction:
    """Another person says yes, too: the papers are destroyed by a job."""
    at = moment(at)
    may_keep(person)
    with transaction.atomic():
        held = _at_step(destruction, Destruction.Step.AGREED)
        if held.agreed_by_id == person.pk:
            raise Refused(Problem("paper_same_person", str(held), person.name))
        held.step, held.approved_at, held.approved_by = Destruction.Step.APPROVED, at, person
        held.save()
        record(person.actor(), "destruction.approved", ("destruction", held.pk), {}, at)
        later("papers.jobs.destroy", destruction_id=str(held.pk))
    return held


def refuse(person: User, destruction: Destruction, at: datetime | None = None) -> Destruction:
    """Somebody says no: nothing of it is destroyed; what is over is proposed again."""
    at = moment(at)
    may_keep(person)
    with transaction.atomic():
        held = _at_step(destruction, Destruction.Step.PROPOSED, Destruction.Step.AGREED)
        held.step = Destruction.Step.REFUSED
        held.save()
        record(person.actor(), "destruction.refused", ("destruction", held.pk), {}, at)
    return held


def _at_step(destruction: Destruction, *steps: str) -> Destruction:
    held = Destruction.objects.select_for_update(no_key=True, of=("self",)).get(pk=destruction.pk)
    if held.step not in steps:
        found = str(held.get_step_display())
        raise Refused(Problem("paper_destruction_step", str(held), found))
    return held
