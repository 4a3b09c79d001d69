"""The answer to "what will they need?", carriers compared by burden, and its published shape."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

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
from megler.underwriting.rules.assessment import reason_json
from megler.underwriting.rules.effort import Effort, effort_of, lightest_first
from megler.underwriting.rules.evidence import Reuse
from megler.underwriting.rules.people import Facts
from megler.underwriting.rules.requirements import (
    Measured,
    Needed,
    Requirement,
    requirements_of,
)
from megler.underwriting.rules.standing import Judged
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.problems import Problem, Reason

MeasuredBy = Mapping[str, Measured]
"""Days measured here, by carrier."""
_Key = tuple[str, AgeBasis, Decimal | None]


@dataclass(frozen=True, slots=True)
class Called:
    """What a carrier needs of a person for a product and an amount, and the effort of getting it."""

    asked: Asked
    judged: Judged
    amount: Decimal | None
    needed: Needed
    effort: Effort
    why_not: tuple[Reason, ...] = ()


def called_for(
    facts: Facts, products: Iterable[Judged], on: date, measured: MeasuredBy | None = None
) -> list[Called]:
    """What every product's guide needs of everybody asked for; what is open and lightest first."""
    every = list(products)
    found = []
    for asked in asked_of(facts):
        known: dict[_Key, tuple[Needed, Effort]] = {}
        for judged in every:
            if not asked.is_for(judged):
                continue
            amount = amount_of(asked.wish_for(judged), judged)
            key = (judged.guide.name, judged.basis, amount)
            if key not in known:
                days = (measured or {}).get(judged.guide.carrier)
                needed = requirements_of(
                    judged.guide, asked.person, on, judged.basis, amount, measured=days
                )
                known[key] = needed, effort_of(needed.requirements)
            why_not = why_not_open(asked, judged, on)
            found.append(Called(asked, judged, amount, *known[key], why_not))
    return sorted(found, key=_order)


def _order(one: Called) -> tuple[object, ...]:
    name = one.judged.guide.carrier_name.casefold()
    return bool(one.why_not), lightest_first(one.effort), name, one.judged.code


def requirements_json(
    facts: Facts, found: Sequence[Called], on: date, text: Text, problem_text: ProblemText
) -> dict[str, object]:
    """The answer as published; what a guide needs is put in words once for all its products."""
    told: dict[int, dict[str, object]] = {}
    entries = []
    for one in found:
        key = id(one.needed)
        if key not in told:
            told[key] = _needed_json(one, text)
        entries.append(
            {
                **head_json(facts, one.asked, one.judged),
                "amount": None if one.amount is None else f"{one.amount:f}",
                "eligible": not one.why_not,
                "not_eligible": [reason_json(reason, text) for reason in one.why_not],
                **told[key],
            }
        )
    none = Problem("assess_no_guides", "on", on.isoformat(), "a guide in effect")
    problems = [*facts.warnings, *([] if found else [none])]
    return {
        "on": on.isoformat(),
        "facts": facts.document,
        "carriers": entries,
        "problems": [problem_json(problem, problem_text) for problem in problems],
    }


def _needed_json(one: Called, text: Text) -> dict[str, object]:
    effort = one.effort
    return {
        "exam": effort.exam.value,
        "things": effort.things,
        "perhaps": effort.perhaps,
        "on_file": effort.on_file,
        "days": effort.days,
        "days_at_most": effort.days_at_most,
        "days_unknown": effort.days_unknown,
        "slowest": effort.slowest.value if effort.slowest else None,
        "assumptions": [reason_json(reason, text) for reason in one.needed.assumptions],
        "requirements": [_requirement_json(each, text) for each in one.needed.requirements],
    }


def _requirement_json(one: Requirement, text: Text) -> dict[str, object]:
    measured = "measured" if one.is_measured else "guide"
    return {
        "kind": one.kind.value,
        "certain": one.is_certain,
        "open": [{"fact": each.fact, "question": each.question} for each in one.open],
        "ordered_by": one.ordered_by.value if one.ordered_by else None,
        "usual_days": one.usual_days,
        "usual_days_from": None if one.usual_days is None else measured,
        "valid_days": one.valid_days,
        "reuse": _reuse_json(one.reuse, text) if one.reuse else None,
        "not_reused": [reason_json(reason, text) for reason in one.on_file],
        "reasons": [reason_json(reason, text) for reason in one.reasons],
    }


def _reuse_json(reuse: Reuse, text: Text) -> dict[str, object]:
    return {
        "kind": reuse.kind.value,
        "on": reuse.on.isoformat(),
        "until": reuse.until.isoformat() if reuse.until else None,
        "carrier": reuse.carrier,
        "reason": reason_json(reuse.reason, text),
    }


@cache
def requirements_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the answer, as published."""
    text = resources.files(__package__).joinpath("requirements.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
