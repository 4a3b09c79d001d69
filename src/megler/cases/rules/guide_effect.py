"""What a new guide would change for a case: its likely outcome under the guide before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from megler.carriers.rules.edition import Edition
from megler.underwriting.rules.assessment import Assessment, likely_of
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.people import Person
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.problems import Reason


@dataclass(frozen=True, slots=True)
class Effect:
    """A case whose outcome would change; `reasons` are those that only the new guide has."""

    before: Assessment
    after: Assessment
    reasons: tuple[Reason, ...]
    is_worse: bool


def effect_of(  # noqa: PLR0917
    before: Edition,
    after: Edition,
    person: Person,
    on: date,
    basis: AgeBasis,
    amount: Decimal | None,
) -> Effect | None:
    """What changes for a person between two guides; None where the likely outcome is the same."""
    old, new = (assess(guide, person, on, basis, amount) for guide in (before, after))
    if outcome_key(old) == outcome_key(new):
        return None
    known = {(reason.code, tuple(reason.params.items())) for reason in old.reasons}
    fresh = [r for r in new.reasons if (r.code, tuple(r.params.items())) not in known]
    return Effect(old, new, tuple(fresh), _rank(after, new) > _rank(before, old))


def outcome_key(assessment: Assessment) -> tuple[object, ...]:
    """What makes two outcomes the same: class, table and flat extra."""
    likely = likely_of(assessment)
    return likely.outcome, likely.class_code, likely.table, likely.flat_extra, likely.flat_years


_ENDS: Sequence[str] = ("class", "table", "individual_consideration", "postpone", "decline")


def _rank(guide: Edition, assessment: Assessment) -> tuple[int, int, int, Decimal]:
    likely = likely_of(assessment)
    codes = [one.code for one in guide.guide.classes] if guide.guide else []
    place = codes.index(likely.class_code) if likely.class_code in codes else len(codes)
    extra = likely.flat_extra or Decimal(0)
    return _ENDS.index(likely.outcome.value), likely.table or 0, place, extra
