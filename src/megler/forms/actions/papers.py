"""Making papers: forms filled in as PDF.

The typesetter gets templates of ours and data as JSON; nothing that a person typed is ever code.
The same content makes the same bytes.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from megler.documents import typesetting
from megler.documents.actions import store
from megler.forms.models import Paper
from megler.forms.rules.acroforms import AcroForm, fill_acroform, read_acroform
from megler.forms.rules.filling import filled
from megler.forms.rules.printing import Head, content_hash, paper_content
from megler.forms.rules.questionnaire import Answers, FormSpec, Questionnaire, forms_needed
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Refused


@cache
def _template(name: str) -> bytes:
    return resources.files("megler.forms").joinpath("typst", f"{name}.typ").read_bytes()


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template of this room with its data; the same data makes the same bytes."""
    return typesetting.typeset(_template(template), data)


def fill_papers(
    actor: Actor,
    subject: tuple[str, object],
    questionnaire: Questionnaire,
    answers: Answers,
    *,
    head: Head,
    signers: Mapping[str, str],
    pdfs: Mapping[str, bytes] | None = None,
    at: datetime | None = None,
) -> list[Paper]:
    """The papers of `subject` as things stand; those already made of the same content are kept.

    `pdfs` are the carrier's own forms by file name.
    """
    at = at or timezone.now()
    known = {(paper.form_key, paper.content_hash): paper for paper in Paper.objects.about(subject)}
    papers = []
    for form in forms_needed(questionnaire, answers):
        content = paper_content(questionnaire, form, answers, head, signers)
        digest = content_hash(content)
        paper = known.get((form.key, digest))
        if paper is None:
            pdf = (
                filled_pdf(questionnaire, form, (pdfs or {})[form.pdf], answers, head)
                if form.pdf
                else typeset("paper", content)
            )
            paper = _made(actor, subject, form, content, pdf=pdf, at=at)
        papers.append(paper)
    return papers


def filled_pdf(
    questionnaire: Questionnaire, form: FormSpec, pdf: bytes, answers: Answers, head: Head
) -> bytes:
    """A carrier's own form, filled; behind it a continuation with what does not fit its fields."""
    known = _fields_of(pdf)
    made = filled(questionnaire, form, known.fields, answers, head.names)
    if not made.continued:
        return fill_acroform(pdf, made.values)
    rows = paper_content(questionnaire, form, answers, head, {})["sections"]
    texts = {
        questionnaire.by_key[key].text for key in made.continued if key in questionnaire.by_key
    }
    rows = [row for section in rows for row in section["rows"] if row["question"] in texts]
    head_rows = [
        {"question": name, "answer": head.names[name], "table": []}
        for name in made.continued
        if name in head.names
    ]
    continuation = {
        "form": f"Continuation of {form.name}",
        "number": form.number,
        "edition": form.edition,
        "reference": head.reference,
        "facts": [list(fact) for fact in head.facts],
        "sections": [{"title": "Answers in full", "rows": [*rows, *head_rows]}],
        "statements": [],
        "signers": [],
    }
    return fill_acroform(pdf, made.values, typeset("paper", continuation))


@lru_cache(maxsize=256)
def _fields_of(pdf: bytes) -> AcroForm:
    known, problems = read_acroform("form.pdf", pdf)
    if known is None:
        raise Refused(problems)
    return known


def _made(
    actor: Actor,
    subject: tuple[str, object],
    form: FormSpec,
    content: Mapping[str, Any],
    *,
    pdf: bytes,
    at: datetime,
) -> Paper:
    """The paper, kept; of two who make the same one at once, the later finds that of the other."""
    name, digest = f"{content['reference']} {form.name}.pdf", content_hash(content)
    try:
        with transaction.atomic():
            document = store(pdf, name, actor, at)
            return Paper.objects.create(
                subject_type=subject[0],
                subject_id=str(subject[1]),
                form_key=form.key,
                name=form.name,
                edition=form.edition,
                content_hash=digest,
                document=document,
                sha256=document.sha256,
                made_at=at,
            )
    except IntegrityError:
        return Paper.objects.about(subject).get(form_key=form.key, content_hash=digest)
