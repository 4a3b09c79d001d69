"""The worked examples of docs/lines hold to the cent: every step by hand is the product's."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from megler.carriers.rules.checks import check_edition
from megler.quoting.rules.answer import quote_json, quote_schema
from megler.quoting.rules.books import Book
from megler.quoting.rules.quote import quote
from megler.quoting.sentences import sentence
from megler.underwriting.rules.facts import read_facts
from tests import lines

TRIALS = [(name, i) for name in lines.names() for i in range(len(lines.page(name).trials))]


def answered(name: str, trial: lines.Trial) -> dict[str, Any]:
    """What the product answers to a trial's facts, as published."""
    edition, tables, _ = check_edition(lines.page(name).files)
    assert edition is not None
    on = date.fromisoformat(trial.figures["on"])
    facts, problems = read_facts(trial.facts, on)
    assert facts is not None, problems
    answer = quote(facts, [Book(edition, tables)], {}, on)
    told = quote_json(answer, sentence, lambda problem: problem.code)
    Draft202012Validator(quote_schema()).validate(told)
    return told


def agrees(wanted: object, found: object) -> bool:
    """Whether what was found has all that was wanted; lists agree one by one."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(agrees(w, found.get(k)) for k, w in wanted.items())
    if isinstance(wanted, list):
        if not isinstance(found, list) or len(found) != len(wanted):
            return False
        return all(agrees(one, other) for one, other in zip(wanted, found, strict=True))
    return wanted == found


@pytest.mark.parametrize(("name", "number"), TRIALS)
def test_the_product_reckons_the_same_figures(name: str, number: int) -> None:
    trial = lines.page(name).trials[number]
    answer = answered(name, trial)
    wanted = {key: value for key, value in trial.figures.items() if key != "on"}
    told = {key: answer[key] for key in wanted}
    assert agrees(wanted, told), told


@pytest.mark.parametrize(("name", "number"), TRIALS)
def test_every_step_by_hand_is_a_step_of_the_answer(name: str, number: int) -> None:
    trial = lines.page(name).trials[number]
    offers = answered(name, trial)["offers"] if trial.rows else []
    riders = offers[0]["riders"] if offers else []
    taken = [step for one in [*offers[:1], *riders] for step in one["steps"]]
    for row in trial.rows:
        same = [
            step
            for step in taken
            if step["step"] == row.step
            and set(row.marks) <= {step["mode"], step.get("life"), step.get("rider")}
        ]
        assert any(abs(Decimal(step["amount"]) - row.amount) < lines.CUT for step in same), (
            row,
            same,
        )
