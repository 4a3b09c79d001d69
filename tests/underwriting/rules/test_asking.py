"""Questions in plain words, from the words to the published answer."""

from typing import Any

import pytest

from megler.underwriting.rules.asking.published import answered_json
from tests.underwriting.rules.asking.market import ON, answered

QUESTIONS = (
    "52 male 1.5M term, type 2 diabetic A1c 7.1 on metformin, who is best and what will they need?",
    "does anyone accept cigars at preferred?",
    "max age for 30 year term non-smoker",
    "how long after a stent?",
    "quote 45 male 500k 20 year term",
    "<script>",
    "",
)


def published(question: str) -> dict[str, Any]:
    return answered_json(
        answered(question), ON, lambda reason: reason.code, lambda place: place, lambda p: p.code
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_has_the_same_shape(question: str) -> None:
    told = published(question)
    assert set(told) == {
        "on", "question", "kind", "intents", "understood", "summary", "carriers", "asks", "assumptions", "place",
    }  # fmt: skip
    assert set(told["understood"]) == {"facts", "chips", "topic", "unread", "problems"}


def test_sources_are_published() -> None:
    told = published("BP limit for preferred plus")
    source = told["carriers"][0]["lines"][0]["source"]
    assert source == {"edition": "fjordlife/guide@2026-01-01", "page": "12", "rule": "criteria"}
