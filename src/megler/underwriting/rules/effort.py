"""How much a carrier asks of a person before it decides, so that carriers can be compared by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from megler.underwriting.rules.requirements import Requirement
from megler.vocabulary.codes import RequirementKind as Kind

IN_PERSON = frozenset(
    {Kind.PARAMEDICAL_EXAM, Kind.MD_EXAM, Kind.BLOOD_PROFILE, Kind.URINE, Kind.ECG, Kind.TREADMILL}
)
"""What an examiner must see the client for: with any of these it is no longer "no exam"."""


class Exam(StrEnum):
    """Whether the client must be examined; `perhaps`: something that is not known decides."""

    NO = "no"
    PERHAPS = "perhaps"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Effort:
    """What is still to be got: how many things surely, how many perhaps, and how long it takes.

    `days` are calendar days until the last of the sure things is here. They are all asked for at the
    same time, so it is the longest of them, `slowest`; None: nobody names days for any. `days_at_most`
    counts what may be asked for too. `days_unknown` of the sure things have no figure: `days` are then
    the least that it takes.
    """

    exam: Exam
    things: int
    perhaps: int
    days: int | None
    days_at_most: int | None
    slowest: Kind | None
    days_unknown: int
    on_file: int


def effort_of(requirements: Sequence[Requirement]) -> Effort:
    """The effort of getting what is required and not on file."""
    to_get = [one for one in requirements if one.to_get]
    sure = [one for one in to_get if one.is_certain]
    timed = [one for one in sure if one.usual_days is not None]
    slowest = max(timed, key=lambda one: one.usual_days or 0, default=None)
    longest = [one.usual_days for one in to_get if one.usual_days is not None]
    return Effort(
        exam=_exam(to_get),
        things=len(sure),
        perhaps=len(to_get) - len(sure),
        days=slowest.usual_days if slowest else None if sure else 0,
        days_at_most=max(longest, default=None if to_get else 0),
        slowest=slowest.kind if slowest else None,
        days_unknown=len(sure) - len(timed),
        on_file=len(requirements) - len(to_get),
    )


def lightest_first(effort: Effort) -> tuple[int, bool, int, int, int]:
    """Orders carriers: without an exam first, then the fewest days, then the fewest things.

    Days of which some are not known come after those that are.
    """
    return (
        list(Exam).index(effort.exam),
        effort.days_unknown > 0,
        effort.days or 0,
        effort.things,
        effort.perhaps,
    )


def _exam(to_get: Sequence[Requirement]) -> Exam:
    seen = [one for one in to_get if one.kind in IN_PERSON]
    if any(one.is_certain for one in seen):
        return Exam.YES
    return Exam.PERHAPS if seen else Exam.NO
