"""What a message's forms and extensions tell."""

import json
from collections.abc import Mapping
from typing import Any

from megler.applications.rules.acord.gathering import Gathering, Told
from megler.applications.rules.acord.places import ANSWERS
from megler.exchange.txlife.dialects import Around, Dialect
from megler.exchange.txlife.reading import Read
from megler.exchange.txlife.records import Form, Response
from megler.forms.rules.questionnaire import AnswerType
from megler.forms.rules.shown import shown_answer
from megler.vocabulary.problems import Problem, Severity


def read_json(text: str) -> Any:
    """What a text says in JSON; None when it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def take_slots(g: Gathering, found: Read, dialect: Dialect) -> None:
    """Elements of the partner's own that its dialect names."""
    owner = next(iter(g.story.parties("owner")), None)
    ids = {
        Around.INSURED: g.story.insured.id if g.story.insured else "",
        Around.OWNER: owner.id if owner else "",
        Around.POLICY: g.story.policy.id if g.story.policy else "",
        Around.REQUEST: g.story.request.id,
    }
    for key, slot in dialect.slots.items():
        for one in found.kept:
            fit = one.name == slot.element and one.owner == ids[slot.around]
            if fit and key in g.asked.by_key and g.put(key, one.text, one.path):
                g.understood.add(one.path)
                break


def take_forms(g: Gathering) -> None:
    by_text = {
        " ".join(question.text.casefold().split()): key for key, question in g.asked.by_key.items()
    }
    for file in g.story.attachments():  # kept as a file of its own, or told why not
        g.take.aside(file, "content", "name", "basic", "kind", "mime", "encoding", "location")
        g.take.aside(file, *(["description"] if not file.name else []))
        g.take.same(file, "description", file.name)
    for form in g.story.request.forms:
        for known in g.asked.form_by_key.values():
            g.take.same(form, "name", known.name)
            g.take.same(form, "number", known.number, known.edition)
        g.take.aside(form, "holding_id")
        kept = _kept_answers(g, form)
        for response in form.responses:
            text = " ".join(response.question.casefold().split())
            key = response.key if response.key in g.asked.by_key else by_text.get(text)
            if key is not None and key in kept:
                g.take.aside(response, "key", "question", "text", "data", "code")
            elif key is not None and _answered(g, key, response):
                _said(g, key, response)


def _said(g: Gathering, key: str, response: Response) -> None:
    """Note what of a response only says the answer; remarks beside it are left."""
    question, value = g.asked.by_key[key], g.answers[key].value
    g.take.aside(response, "key", "question")
    g.take.aside(response, *(["code"] if response.code.word == value else []))
    if not response.code.word and not response.code.text:
        g.take.aside(response, "data" if response.data else "text")
    for field in ("text", "data"):
        g.take.same(response, field, str(value), shown_answer(question, value), response.code.word)


def _answered(g: Gathering, key: str, response: Response) -> bool:
    """Take the answer on a form; one that says otherwise than ACORD's place for it is told."""
    raw = response.data or response.text
    if response.code.word in {"yes", "no"}:
        raw = response.code.word
    question, before = g.asked.by_key[key], g.answers.get(key)
    if question.type in {AnswerType.LIST, AnswerType.ADDRESS, AnswerType.MANY}:
        return before is not None
    where = f"FormResponse {key}"
    if not raw or not g.put(key, raw, where):
        return False
    if before is not None and before.value != (now := g.answers[key].value):
        found, expected = shown_answer(question, now), shown_answer(question, before.value)
        problem = Problem("txlife_disagrees", where, found, expected, Severity.WARNING)
        g.problems.append(problem)
    return True


def _kept_answers(g: Gathering, form: Form) -> set[str]:
    """Take the answers as an agency of ours keeps them, with who gave them and when; their keys."""
    taken = set()
    for extension in form.extensions:
        kept = read_json(extension.text) if extension.name == ANSWERS else None
        for key, one in kept.items() if isinstance(kept, dict) else ():
            if key in g.asked.by_key and isinstance(one, dict):
                _kept_answer(g, key, one)
                taken.add(key)
    return taken


def _kept_answer(g: Gathering, key: str, one: Mapping[str, Any]) -> None:
    told = g.answers.get(key, Told(None))
    value, raw = told.value, told.raw
    if one.get("value") is not None:
        if not g.put(key, one["value"], f"Answers {key}"):
            return
        value = g.answers[key].value
    elif one.get("raw"):
        value, raw = None, one["raw"]
    if value is not None or raw:
        history = (str(one.get(name) or "") for name in ("by", "at", "whom"))
        g.answers[key] = Told(value, raw, *history)
