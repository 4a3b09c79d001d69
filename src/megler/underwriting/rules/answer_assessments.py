"""The answer to "can they get it, where, at what class?", and its published shape."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import GuideClass
from megler.underwriting.rules.answer import (
    Asked,
    ProblemText,
    Text,
    amount_of,
    asked_of,
    head_json,
    problem_json,
    why_not_open,
)
from megler.underwriting.rules.assessment import (
    Assessment,
    Outcome,
    assessment_json,
    likely_of,
    reason_json,
)
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.people import Facts
from megler.underwriting.rules.standing import Judged
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import RiskClass
from megler.vocabulary.problems import Problem, Reason

_CLASSES = [one.value for one in RiskClass]
_OUTCOMES = [
    Outcome.CLASS,
    Outcome.TABLE,
    Outcome.INDIVIDUAL_CONSIDERATION,
    Outcome.POSTPONE,
    Outcome.DECLINE,
]
_Key = tuple[str, AgeBasis, Decimal | None]


@dataclass(frozen=True, slots=True)
class Assessed:
    """A person judged for a product, for an amount; `why_not`: why it is not open to them."""

    asked: Asked
    judged: Judged
    amount: Decimal | None
    assessment: Assessment
    why_not: tuple[Reason, ...] = ()


def assessed(facts: Facts, products: Iterable[Judged], on: date) -> list[Assessed]:
    """Everybody asked for, judged for every product, what is open and best first.

    A guide judges a person once for all products that count age and amount alike.
    """
    every = list(products)
    found = []
    for asked in asked_of(facts):
        known: dict[_Key, Assessment] = {}
        for judged in every:
            if not asked.is_for(judged):
                continue
            amount = amount_of(asked.wish_for(judged), judged)
            key = (judged.guide.name, judged.basis, amount)
            if key not in known:
                known[key] = assess(judged.guide, asked.person, on, judged.basis, amount)
            why_not = why_not_open(asked, judged, on)
            found.append(Assessed(asked, judged, amount, known[key], why_not))
    return sorted(found, key=best_first)


def best_first(one: Assessed) -> tuple[object, ...]:
    """What is open before what is not; then the better likely outcome, the better best one, class
    and flat extra.
    """
    told, likely = one.assessment, likely_of(one.assessment)
    return (
        bool(one.why_not),
        _OUTCOMES.index(likely.outcome),
        likely.table or 0,
        _OUTCOMES.index(told.outcome),
        told.table or 0,
        _class_place(one.judged.guide, told.class_code),
        told.flat_extra or Decimal(0),
        one.judged.guide.carrier_name.casefold(),
        one.judged.code,
    )


def _class_place(guide: Edition, code: str | None) -> int:
    """How good a class is in the industry's order; one that it does not know, by its own guide."""
    if code is None:
        return len(_CLASSES)
    classes = _classes(guide)
    one = classes.get(code)
    known = one.risk_class.value if one and one.risk_class else code
    if known in _CLASSES:
        return _CLASSES.index(known)
    return len(_CLASSES) + list(classes).index(code) if code in classes else len(_CLASSES)


def _classes(guide: Edition) -> Mapping[str, GuideClass]:
    if guide.guide is None:
        return {}
    return guide.guide.once("classes by code", lambda g: {c.code: c for c in g.classes})


def assessments_json(
    facts: Facts, found: Sequence[Assessed], on: date, text: Text, problem_text: ProblemText
) -> dict[str, object]:
    """The answer as published; sentences of one assessment are made once for all its products."""
    told: dict[int, dict[str, object]] = {}
    entries = []
    for one in found:
        key = id(one.assessment)
        if key not in told:
            told[key] = _assessment_json(one, text)
        entries.append(
            {
                **head_json(facts, one.asked, one.judged),
                **told[key],
                "amount": None if one.amount is None else f"{one.amount:f}",
                "eligible": not one.why_not,
                "not_eligible": [reason_json(reason, text) for reason in one.why_not],
            }
        )
    assumptions = {
        (reason.code, tuple(reason.params.items())): reason
        for one in found
        for reason in one.assessment.assumptions
    }
    problems = [*facts.warnings, *([] if found else [_no_guides(on)])]
    return {
        "on": on.isoformat(),
        "facts": facts.document,
        "assumptions": [reason_json(reason, text) for reason in assumptions.values()],
        "assessments": entries,
        "problems": [problem_json(problem, problem_text) for problem in problems],
    }


def _assessment_json(one: Assessed, text: Text) -> dict[str, object]:
    """An assessment as published, without whom and what it is about; and the classes' own names."""
    found = one.assessment
    told = assessment_json(found, "", "", text)
    del told["carrier"], told["product"], told["edition"]
    codes = {*found.class_range, *(each.would_change_to for each in found.open)}
    codes |= {code for code in (found.class_code, found.likely and found.likely.class_code) if code}
    classes = _classes(one.judged.guide)
    return {
        **told,
        "class_name": found.class_name or None,
        "flat_extra_open": found.flat_extra_open,
        "names": {code: classes[code].name for code in classes if code in codes},
    }


def _no_guides(on: date) -> Problem:
    return Problem("assess_no_guides", "on", on.isoformat(), "a guide in effect")


@cache
def assessment_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the answer, as published."""
    text = resources.files(__package__).joinpath("assessment.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
