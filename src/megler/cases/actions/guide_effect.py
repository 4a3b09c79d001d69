"""Which open cases would change class by a guide that is being tried."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from megler.accounts.models import User
from megler.carriers.drafts import open_draft
from megler.carriers.models import EditionDraft
from megler.carriers.rules.edition import Edition
from megler.cases.models import Case
from megler.cases.rules.guide_effect import Effect, effect_of
from megler.cases.rules.words import Status
from megler.underwriting.actions.answers import standing_on
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.standing import Judged
from megler.vocabulary.problems import errors

AT_ONCE = 100
"""Cases that are judged in one go; the page asks for the next ones while it shows these."""


@dataclass(frozen=True)
class Changed:
    """A case that would change, and how."""

    case: Case
    effect: Effect


@dataclass(frozen=True)
class Tried:
    """A run of cases: how many were judged, how many have no facts, where to go on (None: done)."""

    changed: tuple[Changed, ...]
    judged: int
    without_facts: int
    after: int | None
    total: int


def try_guide(person: User, draft: EditionDraft, on: date, after: int = 0) -> Tried:
    """The open cases that this person sees, by number from `after` on, judged by both guides."""
    standing = {
        (one.guide.carrier, one.code): one
        for one in standing_on(on).products
        if _would_judge(open_draft(draft.pk).read, one)
    }
    cases = (
        Case.objects.visible_to(person)
        .filter(carrier__slug=draft.carrier_slug, product__code__in={code for _, code in standing})
        .exclude(status__in=[Status.CLOSED.value, Status.IN_FORCE.value])
    )
    total = cases.count()
    following = list(
        cases.filter(number__gt=after)
        .select_related("application__quote", "client", "product", "carrier", "agent")
        .order_by("number")[:AT_ONCE]
    )
    changed, without = [], 0
    for case in following:
        effect = _effect(case, guide_pk=draft.pk, standing=standing, on=on)
        if effect is None:
            without += 1
        elif isinstance(effect, Effect):
            changed.append(Changed(case, effect))
    last = following[-1].number if len(following) == AT_ONCE else None
    return Tried(tuple(changed), len(following) - without, without, last, total)


def _would_judge(guide: Edition, standing: Judged) -> bool:
    """Whether the guide would judge that product: one for all gives way to another that names it."""
    if guide.carrier != standing.guide.carrier:
        return False
    if guide.products_for:
        return standing.code in guide.products_for
    return not standing.guide.products_for or standing.guide.series == guide.series


def _effect(
    case: Case, guide_pk: UUID, standing: Mapping[tuple[str, str], Judged], on: date
) -> Effect | bool | None:
    """What would change; False: nothing does; None: there are no facts to judge."""
    judged = standing[case.carrier.slug, case.product.code]
    quote = case.application.quote
    if quote is None:
        return None
    facts, problems = read_facts(quote.facts, on)
    if facts is None or errors(problems):
        return None
    person = facts.insured
    after = open_draft(guide_pk).read
    found = effect_of(judged.guide, after, person, on, judged.basis, case.face_amount_applied)
    return found or False
