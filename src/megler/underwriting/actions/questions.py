"""Questions in plain words, answered from the published guides. Nothing is saved."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.carriers.rules.ratings import Listed, Question
from megler.underwriting.actions.answers import Standing, standing_on
from megler.underwriting.actions.days import measured_days
from megler.underwriting.actions.rephrasing import rephrased_by_model
from megler.underwriting.question_words import words_for
from megler.underwriting.rules.asked_about import AskedOf, asked_about, asked_of_person
from megler.underwriting.rules.asking.answering import answer
from megler.underwriting.rules.asking.answers import Answered
from megler.underwriting.rules.asking.given import names_of
from megler.underwriting.rules.asking.published import answered_json
from megler.underwriting.rules.asking.reading import understand
from megler.underwriting.rules.asking.understood import Understood
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.history_entry import HISTORY
from megler.underwriting.rules.question_edits import (
    asked_with,
    edited,
    is_addition,
    merged,
    without,
)
from megler.underwriting.rules.question_fields import NAMES, Field, field_of, groups_of
from megler.underwriting.sentences_asking import (
    INTENTS,
    KINDS,
    PLACES,
    asking_problem,
    asking_sentence,
)
from megler.underwriting.wording import place_words
from megler.vocabulary.problems import Problem, errors

Rephrase = Callable[[str, Mapping[str, object]], str]
"""Puts what the rules found in other words: given the question and the published answer, a text.

It may only rephrase: what it returns stands beside the answer, never in its place.
"""
MOST_FACTS = 100_000
"""Characters of a facts document that a page sends back."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as a page asks it.

    `facts` is the document that the page has of the question `before`, `typed` what stands in its
    fields by their places, `removed` the place of what is taken away. `intents` is what is asked in
    place of what was read, `dropped` pieces of the topic that are no part of it.
    """

    text: str
    before: str = ""
    facts: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    removed: str = ""
    intents: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """A question's answer, and what of the page's fields could not be read: then nothing changed.

    `read` is the question as it was read from its text alone.
    """

    answered: Answered
    read: Understood
    problems: Sequence[Problem] = ()

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts document that was answered for."""
        return self.answered.understood.facts


def understood_on(text: str, on: date) -> Understood:
    """A question read with the questions and names of those whose guides stand on a day."""
    standing = standing_on(on)
    carriers, products, classes = names_of(standing.products)
    return understand(text, on, _asked(standing), carriers, products=products, classes=classes)


def question(text: str, on: date) -> Answered:
    """A question in plain words, answered; an abuse or a strange text gets a plain answer too."""
    return _answered(understood_on(text, on), on)


def reply(asking: Asking, on: date) -> Reply:
    """A question answered for its facts as they were changed on a page.

    Where the text only adds to the question before, what was changed stays; another question is read
    anew. A change that cannot be is told, and nothing of the changes is taken then.
    """
    read = understood_on(asking.text, on)
    if not asking.facts or not is_addition(asking.before, asking.text):
        return Reply(_answered(read, on), read)
    is_same = asking.text.split() == asking.before.split()
    was = read if is_same else understood_on(asking.before, on)
    mine = _document(asking.facts, on) or dict(was.facts)
    changed, problems = edited(mine, asking.typed, fields_in(mine, asking.typed, on), on)
    if asking.removed:
        changed = without(changed, asking.removed)
    if read is not was:
        changed = merged(dict(was.facts), changed, dict(read.facts)) or {}
    problems += errors(read_facts(changed, on)[1]) if changed else []
    if problems:
        changed = merged(dict(was.facts), mine, dict(read.facts)) or {}
    intents = asking.intents if read is was else ()
    now = asked_with(read, changed, on, intents, asking.dropped)
    return Reply(_answered(now, on), read, problems)


def fields_in(document: Mapping[str, Any], typed: Mapping[str, str], on: date) -> list[Field]:
    """The fields of a document, and those of facts that were asked for and typed."""
    asked = asked_of_entries(document, on)
    found = [one for group in groups_of(document, asked) for one in group.fields]
    there = {one.place for one in found}
    more = (
        field_of(document, place, asked.get(place.partition(".")[0], ()))
        for place in typed
        if place not in there
    )
    return [*found, *(one for one in more if one is not None)]


def asked_of_entries(document: Mapping[str, Any], on: date) -> dict[str, list[AskedOf]]:
    """What the guides ask of each entry of a document, by its place; of the person, by `details`."""
    guides = list({one.guide.name: one.guide for one in standing_on(on).products}.values())
    found = {"details": asked_of_person(guides)}
    for listed in HISTORY:
        for at, entry in enumerate(document.get(listed) or ()):
            name = next((str(entry[key]) for key in NAMES if entry.get(key)), "")
            found[f"{listed}[{at}]"] = asked_about(guides, Listed(listed), name) if name else []
    return found


def questions_answer(
    text: str, on: date, rephrase: Rephrase = rephrased_by_model
) -> dict[str, object]:
    """The answer as published. `rephrase` adds `rephrased`, where it returns anything."""
    told = published(question(text, on), on)
    if words := rephrase(text, told):
        told["rephrased"] = words
    return told


def published(found: Answered, on: date) -> dict[str, object]:
    """An answer as a document, in the reader's language."""
    words = words_for(found.understood.facts, found.understood.chips)
    told = answered_json(
        found,
        on,
        lambda reason: asking_sentence(reason, words),
        lambda place: place_words(place, words),
        lambda problem: problem_words(problem, found.understood.facts),
    )
    told["kind_text"] = str(KINDS[str(told["kind"])])
    told["place_text"] = str(PLACES.get(str(told["place"]), ""))
    told["intent_texts"] = [str(INTENTS[one]) for one in told["intents"]]  # type: ignore[attr-defined]
    return told


def problem_words(problem: Problem, facts: Mapping[str, Any]) -> str:
    """A problem of a question or its facts as a sentence that calls the facts by their names."""
    return asking_problem(replace(problem, where=place_words(problem.where, words_for(facts))))


_KNOW = {
    "underwriter": (Role.UNDERWRITER, Role.CASE_MANAGER, Role.ADMINISTRATOR),
    "licensing": (Role.LICENSING, Role.ADMINISTRATOR),
    "commissions": (Role.ACCOUNTING, Role.ADMINISTRATOR),
    "service": (Role.SERVICE, Role.CASE_MANAGER),
}


def who_may_know(place: str, asker: User) -> list[User]:
    """The agency's people to ask: those of the first role that somebody else than the asker has."""
    for role in _KNOW.get(place, ()):
        others = User.objects.filter(role=role, is_active=True).exclude(pk=asker.pk)
        if found := list(others.order_by("name")[:3]):
            return found
    return []


def _answered(understood: Understood, on: date) -> Answered:
    return answer(understood, standing_on(on).products, on, measured_days())


def _document(text: str, on: date) -> dict[str, Any] | None:
    """A facts document that a page sent back; None where it is none."""
    try:
        document = json.loads(text) if len(text) <= MOST_FACTS else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or errors(read_facts(document, on)[1]):
        return None
    return document


def _asked(standing: Standing) -> tuple[Question, ...]:
    """The questions of every guide that stands, once."""
    guides = {one.guide.name: one.guide.guide for one in standing.products}
    return tuple(q for guide in guides.values() if guide for q in guide.questions)
