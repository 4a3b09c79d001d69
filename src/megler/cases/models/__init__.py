"""Cases, their requirements, notes and documents."""

from megler.cases.models.alerts import CaseAlert, CaseAlertQuerySet
from megler.cases.models.asking import RequirementRule, RequirementSet, RequirementSetLine
from megler.cases.models.cases import Case, CaseAgent, CaseQuerySet
from megler.cases.models.changes import Beneficiary, CaseChange, CaseChangeQuerySet
from megler.cases.models.delivery import (
    FreeLookRule,
    IssuedPolicy,
    PolicyDelivery,
    PolicyDifference,
)
from megler.cases.models.links import CaseLink, CaseLinkQuerySet
from megler.cases.models.notices import CaseNoticeChoice, Notice, NoticeChoice
from megler.cases.models.papers import CaseDocument, CaseDocumentQuerySet, Note, NoteQuerySet
from megler.cases.models.parties import CaseParty, CasePartyQuerySet
from megler.cases.models.requirements import Requirement, RequirementQuerySet
from megler.cases.models.spells import Spell

__all__ = [
    "Beneficiary",
    "Case",
    "CaseAgent",
    "CaseAlert",
    "CaseAlertQuerySet",
    "CaseChange",
    "CaseChangeQuerySet",
    "CaseDocument",
    "CaseDocumentQuerySet",
    "CaseLink",
    "CaseLinkQuerySet",
    "CaseNoticeChoice",
    "CaseParty",
    "CasePartyQuerySet",
    "CaseQuerySet",
    "FreeLookRule",
    "IssuedPolicy",
    "Note",
    "NoteQuerySet",
    "Notice",
    "NoticeChoice",
    "PolicyDelivery",
    "PolicyDifference",
    "Requirement",
    "RequirementQuerySet",
    "RequirementRule",
    "RequirementSet",
    "RequirementSetLine",
    "Spell",
]
