"""Filing a document that is here already into a case, and onto its requirements."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from megler.accounts.rules.roles import Can
from megler.cases.actions.doers import Doer
from megler.cases.actions.holding import happened, in_hand, moment
from megler.cases.actions.papers import put_in
from megler.cases.models import Case, CaseDocument, Requirement
from megler.cases.names import DocumentKind
from megler.documents.models import Document
from megler.vocabulary.problems import Problem, Refused


def file_document(
    doer: Doer,
    case: Case,
    document: Document,
    kind: DocumentKind = DocumentKind.RESULT,
    *,
    visible_to_agent: bool = False,
    at: datetime | None = None,
) -> CaseDocument:
    """Put a document that came in by another way into a case; one that is there stays as it is."""
    return put_in(doer, case, document, kind, visible_to_agent=visible_to_agent, at=at)


def add_papers(
    doer: Doer, requirement: Requirement, papers: Iterable[CaseDocument], at: datetime | None = None
) -> None:
    """Lay papers of its case onto a requirement, wherever it stands; nothing else moves."""
    at, given = moment(at), list(papers)
    for paper in given:
        if paper.case_id != requirement.case_id:
            raise Refused(Problem("document_not_here", "documents", str(paper)))
    with transaction.atomic():
        held = in_hand(doer, requirement.case, Can.ADD_TO_CASE)
        there = set(requirement.documents.values_list("pk", flat=True))
        new = [paper for paper in given if paper.pk not in there]
        if new:
            requirement.documents.add(*new)
            told = {"kind": requirement.kind, "requirement": str(requirement.pk), "count": len(new)}
            happened(doer.actor(), held, "requirement.papers_added", told, at)
