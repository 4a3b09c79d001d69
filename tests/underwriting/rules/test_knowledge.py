"""Each fact of a condition is answered from the facts document, as far as they go."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.ratings import Question, QuestionType
from megler.carriers.rules.when.tree import Fact
from megler.underwriting.rules.knowledge import Knowledge, Life, months_since
from megler.underwriting.rules.mentions import mentions
from megler.underwriting.rules.whens import Answer, Span, exactly
from megler.vocabulary.ages import AgeBasis
from tests.underwriting.guides import ON, person
from tests.underwriting.rated_guides import rated_guide

RULES = rated_guide().guide


def known(**facts: Any) -> Knowledge:
    one = person(**facts)
    assert RULES is not None
    told = tuple(mentions(RULES, one))
    status = frozenset({Nicotine.NONE})
    ages = one.ages(ON, AgeBasis.LAST)
    return Knowledge(Life(RULES, one, ON, ages, Decimal(500_000), status, told))


@pytest.mark.parametrize(
    ("fact", "answer"),
    [
        (Fact("age"), exactly(47)),
        (Fact("sex"), "female"),
        (Fact("nicotine"), "none"),
        (Fact("systolic"), exactly(120)),
        (Fact("cholesterol_ratio"), exactly(Decimal("3.8"))),
        (Fact("bmi"), exactly(Decimal("24.0"))),
        (Fact("amount"), exactly(500_000)),
        (Fact("pressure_treated"), None),
        (Fact("income_multiple"), None),
        (Fact("has", ("stroke",)), False),
        (Fact("count", ("dui", "60")), exactly(0)),
    ],
)
def test_facts_of_the_person(fact: Fact, answer: Answer) -> None:
    assert known()(fact) == answer


def test_metric_and_imperial_are_one() -> None:
    metric = known(height_in=..., weight_lb=..., height_cm=162.56, weight_kg=63.502932)
    assert metric(Fact("bmi")) == known()(Fact("bmi"))


def test_the_total_amount_counts_cover_that_is_kept_and_pending() -> None:
    cover = [{"amount": "100000", "replace": True}, {"amount": "250000", "line": "term_life"}]
    asked = known(in_force=cover, pending=[{"amount": "50000"}], income_annual="80000")
    assert asked(Fact("total_amount")) == exactly(800_000)
    assert asked(Fact("income_multiple")) == exactly(10)


def test_events_are_counted_within_months_to_the_day() -> None:
    events = [{"event": "dui", "on": "2021-03-02"}, {"event": "dui", "on": "2024-01-05"}]
    told = known(driving=events)
    assert told(Fact("count", ("dui", "60"))) == exactly(2)
    assert told(Fact("count", ("dui", "26"))) == exactly(1)
    assert known(driving=[{"event": "dui", "on": "2021-03-01"}])(
        Fact("count", ("dui", "60"))
    ) == exactly(0)
    assert told(Fact("has", ("dui",))) is True
    assert told(Fact("months_since", ("dui",))) == Span(
        months_since(date(2024, 1, 5), ON), months_since(date(2024, 1, 5), ON)
    )


def test_an_event_without_a_date_may_or_may_not_count() -> None:
    assert known(driving=[{"event": "dui"}])(Fact("count", ("dui", "60"))) == Span(
        Decimal(0), Decimal(1)
    )


def test_months_are_whole_and_the_days_beyond_less_than_one() -> None:
    assert months_since(date(2025, 3, 1), ON) == 12
    assert 11 < months_since(date(2025, 3, 2), ON) < 12
    assert 12 < months_since(date(2025, 2, 28), ON) < 13


def test_a_usual_answer_of_the_person_is_supposed_and_told() -> None:
    told = known()
    assert told(Fact("pulse")) == exactly(70)
    assert told.supposed == {"details.pulse": "70"}
    assert known(details={"pulse": 91})(Fact("pulse")) == exactly(91)


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("stage 1", "stage 1"),
        ("Stage_1", "stage 1"),
        ("I", "stage 1"),
        ("1", "stage 1"),
        ("stage IIA", "IIa"),
        ("2a", "IIa"),
        ("iv", "4"),
        ("6", None),
        ("first", None),
    ],
)
def test_a_choice_is_understood_in_any_numerals_and_with_its_key(
    told: str, value: str | None
) -> None:
    stage = Question("asthma", "stage", QuestionType.CHOICE, "Which?", ("stage 1", "IIa", "4"))
    rules = rated_guide(questions=(stage,)).guide
    assert rules is not None
    one = person(conditions=[{"name": "asthma", "details": {"stage": told}}])
    life = Life(rules, one, ON, None, None, frozenset(), tuple(mentions(rules, one)))
    entry = Knowledge(life, life.mentions[0].impairments[0], life.mentions[0])
    assert entry(Fact("stage")) == value


def of_asthma(question: Question, told: Any) -> Knowledge:
    rules = rated_guide(questions=(question,)).guide
    assert rules is not None
    one = person(conditions=[{"name": "asthma", "details": {question.key: told}}])
    life = Life(rules, one, ON, None, None, frozenset(), tuple(mentions(rules, one)))
    return Knowledge(life, life.mentions[0].impairments[0], life.mentions[0])


@pytest.mark.parametrize(("told", "value"), [(False, "no"), (True, "yes"), ("No", "no")])
def test_true_and_false_are_yes_and_no_where_those_may_be_chosen(told: Any, value: str) -> None:
    oxygen = Question("asthma", "oxygen", QuestionType.CHOICE, "Oxygen?", ("no", "yes", "nightly"))
    assert of_asthma(oxygen, told)(Fact("oxygen")) == value


def test_a_truth_that_cannot_be_chosen_is_misread_as_the_document_writes_it() -> None:
    stage = Question("asthma", "stage", QuestionType.CHOICE, "Which?", ("one", "two"))
    known_of = of_asthma(stage, False)
    assert known_of(Fact("stage")) is None
    assert known_of.misread == {"conditions[0].details.stage": ("false", "one, two")}


def test_a_day_to_come_is_no_answer_to_when_it_was() -> None:
    seen = Question("asthma", "attack", QuestionType.DATE, "Last attack?")
    assert of_asthma(seen, "2026-03-01")(Fact("months_since_attack")) is not None
    later = of_asthma(seen, "2030-01-01")
    assert later(Fact("months_since_attack")) is None
    assert set(later.misread) == {"conditions[0].details.attack"}
