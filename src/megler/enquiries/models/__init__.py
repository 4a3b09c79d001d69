"""Enquiries, the carriers asked, their answers, and the evidence gathered for all of them."""

from megler.enquiries.models.answers import AnswerLink, CarrierAnswer
from megler.enquiries.models.enquiries import (
    Enquiry,
    EnquiryCarrier,
    EnquiryCarrierQuerySet,
    EnquiryQuerySet,
)
from megler.enquiries.models.evidence import EvidenceUse, SharedEvidence, SharedEvidenceQuerySet

__all__ = [
    "AnswerLink",
    "CarrierAnswer",
    "Enquiry",
    "EnquiryCarrier",
    "EnquiryCarrierQuerySet",
    "EnquiryQuerySet",
    "EvidenceUse",
    "SharedEvidence",
    "SharedEvidenceQuerySet",
]
