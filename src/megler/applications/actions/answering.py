"""Answering questions, a few at a time, without losing what anybody typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.applications.actions.filling import close_links
from megler.applications.actions.holding import (
    in_hand,
    signers,
    state_by_signatures,
    still_open,
    today,
)
from megler.applications.actions.voiding import void_outdated
from megler.applications.models import Application
from megler.applications.rules.merging import ListShown, item_mark, merged
from megler.applications.rules.origins import Origin, origin_of
from megler.applications.rules.parts import whose
from megler.applications.rules.signers import FILLING_ROLES, answers_all, insured_name
from megler.forms.models import SignatureRequest
from megler.forms.rules.answers import read_answer
from megler.forms.rules.good_order import values_of
from megler.forms.rules.questionnaire import (
    MASKED,
    Answer,
    AnswerType,
    Question,
    Questionnaire,
    SignerRole,
)
from megler.forms.rules.shown import shown_answer
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Problem, Refused

RAW_MAX = 4000


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did: the application after it, what changed, what could not be read, whom it unsigns.

    `merged` are the lists in which others' changes stand beside those sent.
    """

    application: Application
    changed: frozenset[str]
    problems: tuple[Problem, ...]
    voided: tuple[SignatureRequest, ...]
    merged: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """Where answers come from: typed by who gave them, or told to whoever types by `whom`."""

    origin: Origin
    whom: str = ""


def answer(
    who: User | Actor,
    application: Application,
    raws: Mapping[str, Any],
    seen: int | Mapping[str, int],
    at: datetime | None = None,
    *,
    keep_unreadable: bool = False,
    lists: Mapping[str, ListShown] | None = None,
    said: Said | None = None,
) -> Saved:
    """Save answers by question key; `seen` is the version in which they were seen, of all or of each.

    `lists` tells of lists what was seen of them: then items that others added, changed or removed
    meanwhile stay so. `said` is who said it, when not who types.

    Raises `Refused` with every problem and saves nothing: an answer that cannot be read, is unknown,
    locked or another signer's, or was changed by somebody else since it was seen (`changed_meanwhile`: `found` is
    theirs, `expected` the one refused). With `keep_unreadable` what cannot be read is kept as typed
    and told in `problems`, so that no typing is lost. Changing what was signed voids exactly the
    signatures on the forms concerned.
    """
    at = at or timezone.now()
    actor = who.actor() if isinstance(who, User) else who
    with transaction.atomic():
        held = in_hand(application.pk, who if isinstance(who, User) else None)
        still_open(held)
        brought = _merged(held, raws, lists or {})
        new, problems = _read(held.questionnaire, held.given, {**raws, **brought})
        hard = [p for p in problems if not keep_unreadable or p.code in _ALWAYS]
        hard += _conflicts(held, {k: one for k, one in new.items() if k not in brought}, seen)
        hard += _of_others(held, actor, new, at)
        if hard:
            raise Refused(hard)
        saved = _keep(held, new, problems, actor, at, said=said or Said(origin_of(actor.kind)))
        mixed = frozenset(key for key, items in brought.items() if items != raws[key])
        return replace(saved, merged=mixed)


_ALWAYS = {"question_unknown", "answer_locked"}


def _merged(
    held: Application, raws: Mapping[str, Any], lists: Mapping[str, ListShown]
) -> dict[str, Any]:
    """The lists sent, with what others did to them meanwhile; not those both changed alike."""
    found = {}
    for key, page in lists.items():
        question, raw = held.questionnaire.by_key.get(key), raws.get(key)
        if question is None or question.type is not AnswerType.LIST or not isinstance(raw, list):
            continue
        standing = held.given.get(key, Answer(None))
        kept: Any = standing.raw if standing.value is None else standing.value
        theirs = kept if isinstance(kept, list) else []
        marks = [item_mark(question, one) for one in theirs]
        if marks == list(page.shown):
            found[key] = raw
        elif picks := merged(page, [item_mark(question, one) for one in raw], marks):
            found[key] = [raw[pick.at] if pick.mine else theirs[pick.at] for pick in picks]
        elif picks is not None:
            found[key] = []
    return found


def _read(
    asked: Questionnaire, given: Mapping[str, Answer], raws: Mapping[str, Any]
) -> tuple[dict[str, Answer], list[Problem]]:
    """The answers that differ from those given, and all problems with what was typed."""
    new: dict[str, Answer] = {}
    problems: list[Problem] = []
    for key, raw in raws.items():
        question = asked.by_key.get(key)
        before = given.get(key, Answer(None))
        if question is None:
            problems.append(Problem("question_unknown", key))
            continue
        if raw == "" and question.type in MASKED and before.value is not None:
            continue
        value, wrong = read_answer(question, raw)
        problems += wrong
        if question.locked:
            if wrong or value != before.value:
                problems.append(Problem("answer_locked", key))
            continue
        kept_raw = _raw_text(raw) if wrong else ""
        if value != before.value or kept_raw != before.raw:
            new[key] = Answer(value, raw=kept_raw)
    return new, problems


def _raw_text(raw: Any) -> Any:
    """What was typed, as it is kept to be shown again."""
    return raw if isinstance(raw, dict | list) else str(raw)[:RAW_MAX]


def _conflicts(
    held: Application, new: Mapping[str, Answer], seen: int | Mapping[str, int]
) -> list[Problem]:
    """Answers that somebody else changed since they were seen."""
    problems = []
    for key, mine in new.items():
        theirs = held.given.get(key)
        version = seen if isinstance(seen, int) else seen.get(key, held.version)
        if theirs is not None and theirs.version > version:
            question = held.questionnaire.by_key[key]
            problems.append(
                Problem("changed_meanwhile", key, _text(question, theirs), _text(question, mine))
            )
    return problems


def _of_others(
    held: Application, actor: Actor, new: Mapping[str, Answer], at: datetime
) -> list[Problem]:
    """Answers of another signer that a signer would change by their own link.

    What nobody has answered yet any signer may: the link asks for it.
    """
    asked = SignatureRequest.objects.about(held.subject) if actor.kind == "applicant" else None
    mine = next((one for one in asked or () if str(one.pk) == actor.id), None)
    if mine is None:
        return []
    role, made = SignerRole(mine.role), held.questionnaire
    if answers_all(role, signers(held, today(at))):
        return []
    own = held.given.get("owner_is_insured", Answer(None)).value != "no"
    return [
        Problem("answer_of_another", key)
        for key in new
        if held.given.get(key, Answer(None)).value is not None
        and whose(made.section_of[key], made.by_key[key], own) is not role
    ]


def _text(question: Question, answer: Answer) -> str:
    return shown_answer(question, answer.value) or (
        "" if question.type in MASKED else str(answer.raw)
    )


def _keep(
    held: Application,
    new: Mapping[str, Answer],
    problems: list[Problem],
    actor: Actor,
    at: datetime,
    *,
    said: Said,
) -> Saved:
    if not new:
        return Saved(held, frozenset(), tuple(problems), ())
    held.version += 1
    held.changed_at = at
    answers = dict(held.answers)
    for key, one in new.items():
        answers[key] = {
            "value": one.value,
            "raw": one.raw,
            "by": actor.name,
            "at": at.isoformat(),
            "origin": said.origin.value,
            "version": held.version,
        }
        if said.whom:
            answers[key]["whom"] = said.whom
    before = held.given
    held.answers = answers
    values = values_of(held.questionnaire, held.given)
    held.insured_name = insured_name(values)[:400]
    _close_strangers(held, before, actor, at)
    voided = void_outdated(held, actor, at, before)
    held.state = state_by_signatures(held)
    held.save()
    data = {"questions": sorted(new), "version": held.version}
    record(actor, "application.answered", held.subject, data, at)
    return Saved(held, frozenset(new), tuple(problems), tuple(voided))


def _close_strangers(
    held: Application, before: Mapping[str, Answer], actor: Actor, at: datetime
) -> None:
    """End links to fill in that went to the address of somebody who is another now.

    Who changes their own address goes on with the link they have.
    """
    moved = []
    for role in FILLING_ROLES:
        was, now = (
            given.get(f"{role.value}_email", Answer(None)).value for given in (before, held.given)
        )
        if was and now and was != now:
            moved.append((role, was))
    for role, was in moved:
        theirs = held.fill_links.open_at(at).filter(role=role.value, email=was)
        if any(str(link.pk) != actor.id for link in theirs):
            close_links(actor, held, [role], "signer_changed", at)
