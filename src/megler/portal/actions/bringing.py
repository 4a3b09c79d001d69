"""Answering a requirement: with files, or with words that are kept as a paper."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.cases.actions.holding import moment
from megler.cases.actions.papers import add_document
from megler.cases.actions.requirements import record_arrival
from megler.cases.models import Requirement
from megler.cases.names import DocumentKind
from megler.documents.typesetting import typeset
from megler.vocabulary.problems import Problem, Refused

WORDS_MAX = 10_000


def bring(
    person: User,
    requirement: Requirement,
    files: "Sequence[UploadedFile[Any]]" = (),
    words: str = "",
    *,
    seen: str = "",
    at: datetime | None = None,
) -> Requirement:
    """Bring what a requirement asks for: files, words, or both; all of it or nothing.

    `seen` is the state that the person saw. Raises `Refused`.
    """
    at = moment(at)
    words = words.strip()
    if not files and not words:
        raise Refused(Problem("answer_empty", "words"))
    if len(words) > WORDS_MAX:
        raise Refused(Problem("too_long", "words", str(len(words)), str(WORDS_MAX)))
    with transaction.atomic():
        case = requirement.case
        papers = [
            add_document(person, case, one, str(one.name), DocumentKind.RESULT, at=at)
            for one in files
        ]
        if words:
            content = _paper(person, requirement, words, at)
            name = f"{requirement.kind}-{timezone.localtime(at):%Y-%m-%d}.pdf"
            papers.append(add_document(person, case, content, name, DocumentKind.RESULT, at=at))
        return record_arrival(person, requirement, papers, seen, at)


@cache
def _template() -> bytes:
    return resources.files("megler.portal").joinpath("typst", "words.typ").read_bytes()


def _paper(person: User, requirement: Requirement, words: str, at: datetime) -> bytes:
    """The words with what they answer, from whom and when."""
    when = f"{timezone.localtime(at):%Y-%m-%d %H:%M %Z}"
    told = {
        "title": f"{requirement.case.reference}: {requirement.get_kind_display()}",
        "by": f"{person.name}, {person.email}, {when}",
        "lines": words.splitlines(),
    }
    return typeset(_template(), told)
