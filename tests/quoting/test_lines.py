"""The worked example of each line (docs/lines), priced: figures and every step as by hand."""

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
REDONE = [(name, i) for name, i in TRIALS if lines.page(name).trials[i].rows]


def answered(name: str, trial: lines.Trial) -> dict[str, Any]:
    edition, tables, problems = check_edition(lines.page(name).files)
    assert edition is not None, problems
    on = date.fromisoformat(trial.figures["on"])
    facts, told = read_facts(trial.facts, on)
    assert facts is not None, told
    answer = quote(facts, [Book(edition, tables)], {}, on)
    return quote_json(answer, sentence, lambda problem: problem.code)


def has(found: Any, expected: Any) -> bool:
    """Whether what was found has all that was expected of it."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(has(found.get(k), v) for k, v in expected.items())
    return bool(found == expected)


@pytest.mark.parametrize(("name", "number"), TRIALS)
def test_the_figures_are_those_reckoned_by_hand(name: str, number: int) -> None:
    trial = lines.page(name).trials[number]
    answer = answered(name, trial)
    Draft202012Validator(quote_schema()).validate(answer)
    for kind in ("offers", "not_offered", "problems"):
        if kind in trial.figures:
            found, expected = answer[kind], trial.figures[kind]
            assert len(found) == len(expected), found
            assert all(map(has, found, expected)), found


@pytest.mark.parametrize(("name", "number"), REDONE)
def test_every_step_is_the_one_done_by_hand(name: str, number: int) -> None:
    trial = lines.page(name).trials[number]
    told = [
        step
        for offer in answered(name, trial)["offers"]
        for step in [*offer["steps"], *(s for r in offer["riders"] for s in r["steps"])]
    ]
    for row in trial.rows:
        same = [
            Decimal(step["amount"])
            for step in told
            if step["step"] == row.step
            and {step["mode"], step.get("life"), step.get("rider")} >= set(row.marks)
        ]
        assert any(abs(amount - row.amount) < lines.CUT for amount in same), (row, same)
