import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from megler import quoting, underwriting
from megler.quoting import sentences as quoting_sentences
from megler.underwriting import sentences as underwriting_sentences
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.requirements import requirements_of
from megler.underwriting.sentences import sentence
from megler.underwriting.wording import outcome_words, place_words
from megler.vocabulary.problems import Reason
from tests.underwriting.evidence_guides import evidence_guide
from tests.underwriting.guides import ON, guide, person
from tests.underwriting.rated_guides import IMPAIRMENTS, QUESTIONS, RATINGS

RATED = guide(impairments=IMPAIRMENTS, questions=QUESTIONS, ratings=RATINGS)

ROOMS = {"underwriting": (underwriting, underwriting_sentences)}
ROOMS["quoting"] = (quoting, quoting_sentences)


def codes(room: str, pattern: str) -> set[str]:
    folder = Path(ROOMS[room][0].__path__[0]) / "rules"
    text = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    return set(re.findall(pattern, text))


@pytest.mark.parametrize("room", ROOMS)
def test_every_reason_that_the_rules_give_has_a_sentence(room: str) -> None:
    given = codes(room, r'Reason\(\s*"([a-z_]+)"')
    assert len(given) > 10
    assert given <= set(ROOMS[room][1].REASONS)


def test_every_problem_with_the_facts_has_a_sentence() -> None:
    given = codes("underwriting", r'"(facts_[a-z_]+)"')
    told = set(underwriting_sentences.SENTENCES)
    assert given == {code for code in told if code.startswith("facts_")}
    assert codes("underwriting", r'"(assess_[a-z_]+)"') == told - given
    of_quotes = {code for code in quoting_sentences.SENTENCES if code.startswith("quote_")}
    assert codes("quoting", r'"(quote_[a-z_]+)"') == of_quotes


def test_a_sentence_names_facts_in_words() -> None:
    params = {
        "class": "Preferred",
        "fact": "blood_pressure.systolic",
        "found": "150",
        "limit": "140",
    }
    told = sentence(Reason("above_limit", params))
    assert told == "Preferred: Systolic blood pressure 150 is above 140."


def test_a_code_without_a_sentence_hides_nothing() -> None:
    assert sentence(Reason("brand_new", {"limit": "7"})) == "brand_new limit 7"


HISTORIES: list[dict[str, Any]] = [
    {"conditions": [{"name": "diabetes type 2", "details": {"a1c": 8}, "since": "2001-05"}]},
    {"conditions": [{"name": "diabetes type 2"}], "conditions_complete": False},
    {"conditions": [{"name": "heart attack", "since": "2026-01-10"}], "medications": []},
    {"conditions": [{"name": "asthma, severe"}, {"name": "sleep apnea"}, {"name": "melanoma"}]},
    {"conditions": [{"name": "unheard of"}], "driving": [{"event": "dui", "on": "2025-01-01"}]},
    {"medications": [{"name": "metformin"}], "avocations": [{"name": "scuba"}], "weight_lb": 199},
    {"conditions": [{"name": "marijuana"}], "income_annual": "20000", "height_in": 90},
    {"nicotine": [{"product": "cigar", "last_used": "2026-01"}], "details": {"pulse": "fast"}},
]


@pytest.mark.parametrize("history", HISTORIES)
def test_every_reason_that_is_given_has_a_sentence_with_all_its_parts(
    history: dict[str, Any],
) -> None:
    life = person(**history)
    told = assess(RATED, life, ON, amount=Decimal(900_000))
    reasons = [*told.reasons, *told.assumptions, *told.improvements]
    needed = requirements_of(evidence_guide(), life, ON, amount=Decimal(900_000))
    reasons += [*needed.assumptions, *(r for one in needed.requirements for r in one.reasons)]
    assert reasons
    for reason in reasons:
        assert reason.code in underwriting_sentences.REASONS, reason
        said = sentence(reason)
        assert "_" not in said.replace(reason.params.get("text") or " ", ""), said
        assert "%(" not in said


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("table_4", "table 4"),
        ("table_2..table_4", "table 2 – table 4"),
        ("+50", "+50 points"),
        ("-25..+25", "−25 to +25 points"),
        ("individual_consideration", "individual consideration"),
        ("preferred_plus", "Preferred plus"),
        ("fjord_best", "Fjord best"),
    ],
)
def test_the_ends_of_a_rating_are_told_in_words(code: str, words: str) -> None:
    assert outcome_words(code) == words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("conditions[0].details.a1c", "Medical conditions 1: A1c"),
        ("driving[2].on", "Driving events 3: when it happened"),
        ("blood_pressure.systolic", "Systolic blood pressure"),
        ("details.foreign_trips", "Foreign trips"),
    ],
)
def test_the_places_of_facts_are_told_in_words(place: str, words: str) -> None:
    assert place_words(place) == words


def test_a_flat_extra_is_told_with_its_years() -> None:
    params = {"impairment": "Scuba", "text": "below 100 ft", "outcome": "any"}
    extra = {"flat_extra": "2.50", "flat_extra_to": "5", "flat_years": "3"}
    told = sentence(Reason("rating_base", params | extra))
    assert told == (
        "Scuba (below 100 ft): no limit, a flat extra of 2.50 to 5 per 1,000 a year for 3 years."
    )
    assert sentence(Reason("rating_base", params | {"text": ""})) == "Scuba: no limit."
