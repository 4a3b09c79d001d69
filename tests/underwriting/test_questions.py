"""Questions in plain words as their users ask them: the command, the API, the sentences."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from megler.accounts.models import ApiKey
from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.rules.actors import SYSTEM
from megler.underwriting.actions.questions import questions_answer
from megler.underwriting.commands_ask import ask
from megler.underwriting.rules.asking.answers import AnswerKind
from megler.underwriting.rules.asking.understood import Intent
from megler.underwriting.sentences_asking import (
    ASKING,
    INTENTS,
    KINDS,
    PLACES,
    asking_problem,
    asking_sentence,
)
from megler.vocabulary.problems import Problem
from tests.cast import person, signed_in
from tests.underwriting.rules.asking.market import ON, answered

EDITIONS = Path(__file__).parents[2] / "editions"
QUESTION = "does anyone accept cigars at preferred?"
EVERY_KIND = (
    "45 f 5'4 175 NS 500k 20 yr T2D a1c 6.8 asthma mild, preferred plus and what will they need?",
    "45 f 500k 20 yr smoker scuba DUI 2024, who is best?",
    "79 male 20 yr term 5M, who is best and what will they need?",
    "need an EKG for 65 male 1M?",
    QUESTION,
    "cigars",
    "max age for 30 year term non-smoker",
    "min age, max amount, min amount and what terms",
    "which states is term not sold in",
    "conversion privilege on term?",
    "how long after a heart attack?",
    "how long after a melanoma?",
    "sleep apnea at standard?",
    "asthma at preferred?",
    "marijuana at preferred plus?",
    "BP limit for preferred plus",
    "cholesterol limits",
    "max weight for table 2 at 5'4",
    "family history rules",
    "what A1c gets standard",
    "what income multiple at 50",
    "max face without exam at 45",
    "how long are labs good for?",
    "how long does an APS take",
    "who orders the MVR",
    "what is Eliquis for",
    "what is amoxicillin for",
    "quote 45 male 500k",
    "52 male stent 2019",
    "born in 1970 male 500k",
    "is hemophilia a decline",
    "my client is diabetic, who should i go with",
    "husband 45 healthy, wife 43 type 1 diabetic, 500k each",
    "65 male on eliquis 500k",
    "can we leave the stent off the app",
    "<script>alert(1)</script>",
    "ECG from when?",
    "ECG from what amount at 61",
    "at what age do they want an ecg on 2 million",
    "do you combine debits or take the worst",
    "is there a 40 yr term",
    "how is kratom rated",
    "two DUIs knock you out of preferred?",
    "nicotine gum = smoker?",
    "guy 62, 250 term",
    "m, 1975-08-02, 600k",
    "prostate cancer 2018, age 66, 250k",
    "cancer survivor, 50, which company?",
)


def test_every_reason_of_every_kind_of_answer_has_a_sentence() -> None:
    for question in EVERY_KIND:
        found = answered(question)
        reasons = [*found.summary, *found.assumptions]
        for one in found.says:
            reasons += [one.headline, *one.lines, *one.improvements]
        assert reasons, question
        for reason in reasons:
            told = asking_sentence(reason)
            assert not told.startswith(reason.code), (question, reason)
            assert "%(" not in told
            assert "  " not in told


def test_every_word_for_what_became_of_a_question_is_there() -> None:
    assert set(KINDS) == set(AnswerKind)
    assert set(INTENTS) == set(Intent)
    assert {"underwriter", "quote", "cases"} <= set(PLACES)
    assert len(ASKING) > 80


def test_problems_are_told() -> None:
    assert "2001" in asking_problem(Problem("question_too_long", "question", "2001", "2000"))
    assert asking_problem(Problem("facts_negative", "net_worth", "-1", "100")).startswith(
        "net_worth"
    )


@pytest.fixture
def guides(db: None) -> None:
    for name in ("tundra-life/tundra-term", "tundra-life/guide", "nordhavn-life/guide"):
        publish_edition(SYSTEM, read_files(EDITIONS / name))


def run(*words: str, given: str | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(ask, list(words), input=given)
    return done.exit_code, done.stdout


def test_the_command_says_what_it_understood_the_answer_and_where_it_stands(guides: None) -> None:
    code, told = run(QUESTION, "--on", "2026-11-23")
    assert code == 0
    assert "cigars = cigar" in told
    assert "Yes: Nordhavn Life." in told
    assert "[nordhavn-life/underwriting@" in told


def test_command_and_api_give_one_answer(guides: None) -> None:
    _, told = run("-", "--on", "2026-11-23", "--json", given=QUESTION)
    agent = person("Amy Aas", Role.AGENT)
    headers = {"Authorization": f"Bearer {ApiKey.make(agent, 'test')}"}
    sent = signed_in(agent).post(
        "/api/v1/questions?on=2026-11-23",
        json.dumps({"question": QUESTION}),
        content_type="application/json",
        headers=headers,
    )
    assert sent.status_code == 200
    assert sent.json() == json.loads(told)


def test_an_empty_or_endless_question_is_refused_by_the_api(guides: None) -> None:
    agent = person("Amy Aas", Role.AGENT)
    headers = {"Authorization": f"Bearer {ApiKey.make(agent, 'test')}"}
    for body in ({}, {"question": ""}, {"question": "a" * 2001}, {"question": 7}):
        sent = signed_in(agent).post(
            "/api/v1/questions", json.dumps(body), content_type="application/json", headers=headers
        )
        assert sent.status_code == 422


def test_what_was_not_understood_is_told(guides: None) -> None:
    code, told = run("flibberty", "gibbet")
    assert code == 0
    assert "Not understood: flibberty, gibbet" in told
    assert "Ask an underwriter" in told


def test_a_model_only_adds_words_beside_the_answer(guides: None) -> None:
    plain = questions_answer(QUESTION, ON)

    def shout(question: str, answer: Any) -> str:
        return f"{question.upper()} {len(answer['carriers'])}"

    said = questions_answer(QUESTION, ON, shout)
    assert said.pop("rephrased") == f"{QUESTION.upper()} 2"
    assert said == plain
