"""Kinds of papers are kinds of a case's documents, and bring its requirements."""

from megler.cases.names import DocumentKind
from megler.papers.rules.kinds import BRINGS, PaperKind, wanted
from megler.vocabulary.codes import RequirementKind


def test_each_kind_of_paper_is_a_kind_of_document() -> None:
    assert {kind.value for kind in PaperKind} <= set(DocumentKind.values)


def test_no_requirement_is_brought_by_two_kinds() -> None:
    brought = [needed for kinds in BRINGS.values() for needed in kinds]
    assert len(brought) == len(set(brought))


def test_a_paper_brings_only_what_is_still_open() -> None:
    assert wanted(PaperKind.APS, [RequirementKind.URINE]) == []
    assert wanted(PaperKind.LETTER, list(RequirementKind)) == []
