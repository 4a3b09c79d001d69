"""The answer of an assessment: outcome, range, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from megler.vocabulary.problems import Reason, Source

INDIVIDUAL = "individual_consideration"
"""The end of a range beyond every class and table of the guide."""


NOWHERE = Source()


class Outcome(StrEnum):
    """What the carrier's guide makes of the facts."""

    CLASS = "class"
    TABLE = "table"
    POSTPONE = "postpone"
    DECLINE = "decline"
    INDIVIDUAL_CONSIDERATION = "individual_consideration"


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact that is not known, and the worst that it alone could lead to.

    `fact` is the key of the facts document: `blood_pressure.systolic`, `conditions[0].details.a1c`.
    `question` is the guide's question for it, where it has one. A fact that does not widen the range
    (a whole list never touched on, as `driving`) has `supposed` True: it is supposed good, and said.
    `source` is the rule that asks for it first, `flat_extra` what comes with the worst a year per 1,000.
    """

    fact: str
    would_change_to: str
    question: str = ""
    supposed: bool = False
    source: Source = NOWHERE
    flat_extra: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Likely:
    """The outcome when what is open turns out as it usually does, and the middle of a guide's range.

    `rated_as` is the class whose rates it pays; `flat_years` None: permanent.
    """

    outcome: Outcome
    class_code: str | None = None
    class_name: str = ""
    rated_as: str | None = None
    table: int | None = None
    flat_extra: Decimal | None = None
    flat_years: int | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Facts judged by one guide edition (`edition`: carrier/series@date).

    `class_code` is the best class that the known facts allow, None beyond every class; with
    outcome `table` it is the class that the table rates. `rated_as` is the class whose rates it
    pays. `class_range` is the best and the worst that the facts leave possible, each a class code,
    `table_N`, `individual_consideration`, `postpone` or `decline`; it is one value twice when
    nothing is open. `flat_extra` is the mildest, dollars a year per 1,000, for `flat_years` (None:
    permanent); `flat_extra_open`: there is one, and the guide does not say how much. `likely` None:
    as the best.
    """

    edition: str
    outcome: Outcome
    class_code: str | None
    class_name: str
    rated_as: str | None
    table: int | None
    class_range: tuple[str, str]
    flat_extra: Decimal | None = None
    flat_years: int | None = None
    flat_extra_open: bool = False
    postpone_until: date | None = None
    likely: Likely | None = None
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
        "flat_years": assessment.flat_years,
        "postpone_until": until.isoformat() if (until := assessment.postpone_until) else None,
        "likely": _likely_json(assessment),
        "range": list(assessment.class_range),
        "reasons": [reason_json(r, text) for r in assessment.reasons],
        "assumptions": [reason_json(r, text) for r in assessment.assumptions],
        "open": [_open_json(one) for one in assessment.open],
        "improvements": [reason_json(r, text) for r in assessment.improvements],
    }


def _open_json(one: OpenFact) -> dict[str, object]:
    shown: dict[str, object] = {"fact": one.fact, "would_change_to": one.would_change_to}
    shown |= {"question": one.question} if one.question else {}
    shown |= {} if one.flat_extra is None else {"flat_extra": f"{one.flat_extra:f}"}
    return shown | ({"supposed": True} if one.supposed else {})


def likely_of(assessment: Assessment) -> Likely:
    """The likely outcome; as the best where the guide says no more."""
    return assessment.likely or Likely(
        assessment.outcome,
        assessment.class_code,
        assessment.class_name,
        assessment.rated_as,
        assessment.table,
        assessment.flat_extra,
        assessment.flat_years,
    )


def _likely_json(assessment: Assessment) -> dict[str, object]:
    likely = likely_of(assessment)
    extra = likely.flat_extra
    return {
        "outcome": likely.outcome.value,
        "class": likely.class_code,
        "table": likely.table,
        "flat_extra": None if extra is None else f"{extra:f}",
        "flat_years": likely.flat_years,
    }
