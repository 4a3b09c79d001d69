"""Finding pages by the words on them: what nobody may see is never found."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import SearchQuery

from megler.accounts.models import User
from megler.cases.models import Case, CaseDocument
from megler.documents.models import Standing
from megler.papers.actions.reading import digests
from megler.papers.models import PageWords
from megler.papers.rules.searching import asked

HITS_MAX = 50
_LOOKED_AT = 2_000
"""Pages with all the words that are looked at; a word that stands everywhere finds the newest of these."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document in which all the words stand on one page, with those pages (from 1)."""

    paper: CaseDocument
    pages: tuple[int, ...]


def find_pages(person: User, words: str, case: Case | None = None) -> list[Hit]:
    """The documents that have a page with all the words, newest first, at most HITS_MAX."""
    wanted = asked(words)
    if not wanted:
        return []
    query = SearchQuery(" & ".join(digests(wanted)), config="simple", search_type="raw")
    rows = PageWords.objects.filter(words=query)
    seen = CaseDocument.objects.listed_for(person)
    if case is not None:
        rows = rows.filter(document__in=seen.filter(case=case).values("document"))
    elif not person.is_staff_member:
        rows = rows.filter(document__in=seen.values("document"))
    found: dict[UUID, list[int]] = {}
    for document, page in rows.values_list("document", "page")[:_LOOKED_AT]:
        found.setdefault(document, []).append(page)
    papers = seen.filter(document__in=list(found), document__standing=Standing.CLEAR)
    if case is not None:
        papers = papers.filter(case=case)
    named = papers.select_related("document", "case__client").order_by("-added_at", "pk")
    return [Hit(paper, tuple(sorted(found[paper.document_id]))) for paper in named[:HITS_MAX]]
