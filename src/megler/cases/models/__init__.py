"""Cases, their requirements, notes and documents."""

from megler.cases.models.cases import Case, CaseQuerySet
from megler.cases.models.papers import CaseDocument, CaseDocumentQuerySet, Note, NoteQuerySet
from megler.cases.models.parties import CaseParty, CasePartyQuerySet
from megler.cases.models.requirements import Requirement, RequirementQuerySet

__all__ = [
    "Case",
    "CaseDocument",
    "CaseDocumentQuerySet",
    "CaseParty",
    "CasePartyQuerySet",
    "CaseQuerySet",
    "Note",
    "NoteQuerySet",
    "Requirement",
    "RequirementQuerySet",
]
