"""Changing the pages of a case's document: a new version each time, the old ones stay as they are."""

from datetime import datetime

from django.db import transaction

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.actions.holding import moment
from megler.cases.actions.papers import NewVersion, replace_paper
from megler.cases.models import CaseDocument, CaseDocumentQuerySet
from megler.documents import apart
from megler.documents.actions import store
from megler.documents.rules.kinds import pdf_name
from megler.documents.rules.pages import PagePlan
from megler.papers.actions.reading import read_document
from megler.papers.rules.editing import Part, changes_of, read_plan
from megler.vocabulary.problems import Problem, Refused


def edit_paper(
    person: User, paper: CaseDocument, plan: str, at: datetime | None = None
) -> list[CaseDocument]:
    """Make new versions of a document as `plan` says (`rules.editing.read_plan`).

    The plan may take pages of other documents of the case: those go into the new version and are
    replaced by it, too. Raises `Refused`, and then nothing is changed.
    """
    at = moment(at)
    if not person.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", str(paper)))
    here = CaseDocument.objects.visible_to(person).filter(case=paper.case_id, replaced_at=None)
    known = {str(one.pk): one for one in here.select_related("document")}
    if str(paper.pk) not in known:
        raise Refused(Problem("document_replaced", str(paper)))
    parts, problems = read_plan(plan, {key: one.document.pages for key, one in known.items()})
    if problems:
        raise Refused(problems)
    used = dict.fromkeys([str(paper.pk), *(leaf.paper for part in parts for leaf in part)])
    order = {key: number for number, key in enumerate(used)}
    contents = [known[key].document.read() for key in used]
    name = paper.document.name
    files = [apart.edited(contents, _plan(part, order), name) for part in parts]
    with transaction.atomic():
        made = []
        for number, (part, file) in enumerate(zip(parts, files, strict=True), start=1):
            document = store(file, _name(name, number, len(parts)), person.actor(), at)
            changes = changes_of(part, parts, str(paper.pk), paper.document.pages)
            made.append(NewVersion(document, paper.kind, changes))
        also = [known[key] for key in used if key != str(paper.pk)]
        fresh = replace_paper(person, paper, made, also, at)
    return [_sorted(one) for one in fresh] if len(fresh) > 1 else fresh


def _plan(part: Part, order: dict[str, int]) -> list[PagePlan]:
    return [PagePlan(order[leaf.paper], leaf.page, leaf.turned, leaf.black) for leaf in part]


def _name(name: str, number: int, count: int) -> str:
    if count == 1:
        return name if name.lower().endswith(".pdf") else pdf_name(name)
    return f"{pdf_name(name).removesuffix('.pdf').removesuffix('.pdf')} ({number}).pdf"


def _sorted(paper: CaseDocument) -> CaseDocument:
    """A part that was cut off says itself what it is, where that is sure."""
    reading = read_document(paper.document)
    if reading is not None and reading.is_sure and reading.kind != paper.kind:
        paper.kind = reading.kind
        paper.save(update_fields=["kind"])
    return paper


def versions_of(person: User, paper: CaseDocument) -> CaseDocumentQuerySet:
    """All versions of a document that this person may see, newest first."""
    first = paper.first_id or paper.pk
    seen = CaseDocument.objects.visible_to(person)
    chain = seen.filter(first=first) | seen.filter(pk=first)
    return chain.select_related("document").order_by("-version", "-added_at", "pk")
