"""Questions in plain words, answered from the published guides. Nothing is saved."""

from collections.abc import Callable, Mapping
from datetime import date

from megler.carriers.rules.ratings import Question
from megler.underwriting.actions.answers import Standing, standing_on
from megler.underwriting.actions.days import measured_days
from megler.underwriting.rules.asking.answering import answer
from megler.underwriting.rules.asking.answers import Answered
from megler.underwriting.rules.asking.published import answered_json
from megler.underwriting.rules.asking.reading import understand
from megler.underwriting.rules.asking.understood import Understood
from megler.underwriting.sentences_asking import (
    INTENTS,
    KINDS,
    PLACES,
    asking_problem,
    asking_sentence,
)
from megler.underwriting.wording import place_words

Rephrase = Callable[[str, Mapping[str, object]], str]
"""Puts what the rules found in other words: given the question and the published answer, a text.

It may only rephrase: what it returns stands beside the answer, never in its place.
"""


def understood_on(text: str, on: date) -> Understood:
    """A question read with the questions and names of the carriers whose guides stand on a day."""
    standing = standing_on(on)
    names = {one.guide.carrier: one.guide.carrier_name for one in standing.products}
    return understand(text, on, _asked(standing), names)


def question(text: str, on: date) -> Answered:
    """A question in plain words, answered; an abuse or a strange text gets a plain answer too."""
    return answer(understood_on(text, on), standing_on(on).products, on, measured_days())


def questions_answer(text: str, on: date, rephrase: Rephrase | None = None) -> dict[str, object]:
    """The answer as published. `rephrase` adds `rephrased`, where it returns anything."""
    told = answered_json(question(text, on), on, asking_sentence, place_words, asking_problem)
    told["kind_text"] = str(KINDS[str(told["kind"])])
    told["place_text"] = str(PLACES.get(str(told["place"]), ""))
    told["intent_texts"] = [str(INTENTS[one]) for one in told["intents"]]  # type: ignore[attr-defined]
    if rephrase is not None and (words := rephrase(text, told)):
        told["rephrased"] = words
    return told


def _asked(standing: Standing) -> tuple[Question, ...]:
    """The questions of every guide that stands, once."""
    guides = {one.guide.name: one.guide.guide for one in standing.products}
    return tuple(q for guide in guides.values() if guide for q in guide.questions)
