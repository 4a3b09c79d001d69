"""The answer of an assessment: outcome, range, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from megler.vocabulary.problems import Reason

INDIVIDUAL = "individual_consideration"
"""The end of a range beyond every class and table of the guide."""


class Outcome(StrEnum):
    """What the carrier's guide makes of the facts."""

    CLASS = "class"
    TABLE = "table"
    POSTPONE = "postpone"
    DECLINE = "decline"
    INDIVIDUAL_CONSIDERATION = "individual_consideration"


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact that is not known, and the worst that it alone could lead to."""

    fact: str
    would_change_to: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """Facts judged by one guide edition (`edition`: carrier/series@date).

    `class_code` is the best class that the known facts allow, None beyond every class; with
    outcome `table` it is the class that the table rates. `rated_as` is the class whose rates it
    pays. `class_range` is the best and the worst that the facts leave possible, each a class code,
    `table_N` or `individual_consideration`; it is one value twice when nothing is open.
    """

    edition: str
    outcome: Outcome
    class_code: str | None
    class_name: str
    rated_as: str | None
    table: int | None
    class_range: tuple[str, str]
    flat_extra: Decimal | None = None
    reasons: tuple[Reason, ...] = ()
    assumptions: tuple[Reason, ...] = ()
    open: tuple[OpenFact, ...] = ()
    improvements: tuple[Reason, ...] = ()

    @property
    def is_certain(self) -> bool:
        return self.class_range[0] == self.class_range[1]


def reason_json(reason: Reason, text: Callable[[Reason], str]) -> dict[str, object]:
    """A reason as answers publish it; `text` is the edge's sentence for it."""
    source = {"edition": reason.source.edition}
    source |= {"page": reason.source.page} if reason.source.page else {}
    source |= {"rule": reason.source.rule} if reason.source.rule else {}
    return {"code": reason.code, "text": text(reason), "source": source}


def assessment_json(
    assessment: Assessment, carrier: str, product: str, text: Callable[[Reason], str]
) -> dict[str, object]:
    """An assessment as the published answer shows it."""
    extra = assessment.flat_extra
    return {
        "carrier": carrier,
        "product": product,
        "edition": assessment.edition,
        "outcome": assessment.outcome.value,
        "class": assessment.class_code,
        "table": assessment.table,
        "flat_extra": None if extra is None else f"{extra:f}",
        "postpone_until": None,
        "range": list(assessment.class_range),
        "reasons": [reason_json(r, text) for r in assessment.reasons],
        "assumptions": [reason_json(r, text) for r in assessment.assumptions],
        "open": [{"fact": o.fact, "would_change_to": o.would_change_to} for o in assessment.open],
        "improvements": [reason_json(r, text) for r in assessment.improvements],
    }
