"""The coded words of the status API. Source: application status 3.1.0 and push notifications 1.1.0."""

from enum import StrEnum


class AppStatus(StrEnum):
    """Where an application is."""

    RECEIVED = "received"
    IN_PROGRESS = "inProgress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Review(StrEnum):
    """Where the review of a section is."""

    AWAITING = "awaitingReview"
    IN_PROGRESS = "inProgress"
    COMPLETED = "completed"
    NOT_APPLICABLE = "notApplicable"


class Section(StrEnum):
    """A part that may need an action. `read` takes either spelling of can-sell, see `CAN_SELL`."""

    SUITABILITY = "suitability"
    CAN_SELL = "canSellValidation"
    DOCUMENTS = "documentReview"
    FUNDING = "funding"


CAN_SELL_IN_STATUS = "cansellvalidation"
"""How application status 3.1.0 spells the section that the notifications call canSellValidation."""


class CanSellReason(StrEnum):
    """Why the agent may not sell yet."""

    TRAINING_MISSING = "trainingIncompleteMissing"
    TRAINING_EXPIRED = "trainingExpired"
    NOT_APPOINTED = "agentNotAppointedForSale"
    APPOINTMENT_IN_PROGRESS = "jitAppointmentInProgress"
    NOT_LICENSED = "agentNotLicensed"
    OTHER = "other"


class DocumentReason(StrEnum):
    """What is wrong with the papers."""

    APPLICATION = "applicationIssue"
    CONTACT_CARRIER = "contactCarrier"
    INCOMPLETE_FORM = "incompleteForm"
    MISSING_FORM = "missingForm"
    MISSING_SIGNATURE = "missingSignature"
    NEED_CLARITY = "needClarity"
    OTHER = "other"


class SuitabilityReason(StrEnum):
    """Why suitability needs an action."""

    MORE_INFORMATION = "moreInformationNeeded"
    NOT_SUITABLE = "notSuitableForClient"
    OTHER = "other"


class FundingReason(StrEnum):
    """Why money is late or flagged."""

    AWAITING_FUNDS = "awaitingFundsFromCedingCompany"
    CONTACT_CARRIER = "contactTheCarrier"
    DISCREPANCY = "fundingDiscrepancy"
    NIGO_AT_CEDING = "nigoAtCedingCarrier"
    NO_FUNDS = "noFundsReceivedCash"
    PENDING_REG_60 = "pendingReg60"
    OTHER = "other"


class FundingMethod(StrEnum):
    """How money comes."""

    ANOTHER_POLICY = "anotherPolicy"
    CHECK = "check"
    CLEARINGHOUSE = "clearinghouse"
    CREDIT_CARD = "creditCard"
    DEBIT_CARD = "debitCard"
    DIGITAL = "digitalPayment"
    TRANSFER = "electronicFundTransfer"
    PAYROLL = "payrollDeduction"
    WIRE = "wireTransfer"


class FundingType(StrEnum):
    """What kind of money it is."""

    CONTRIBUTION = "contribution"
    DIRECT_ROLLOVER = "directRollover"
    EMPLOYEE = "employeeContribution"
    EMPLOYER = "employerContribution"
    FULL_1035 = "full1035Exchange"
    INDIRECT_ROLLOVER = "indirectRollover"
    NON_QUALIFIED = "nonQualifiedTransferOfAssets"
    PARTIAL_1035 = "partial1035Exchange"
    QUALIFIED = "qualifiedTransfer"


class SourceStatus(StrEnum):
    """Where one source of money is."""

    IN_PROGRESS = "inProgress"
    COMPLETE = "complete"


class Started(StrEnum):
    """How a transfer was asked for."""

    FAX = "fax"
    EMAIL = "email"
    MAIL = "mail"
    REPLACEMENT = "replacement"


class Carried(StrEnum):
    """How a policy travels to its owner."""

    FEDEX = "fedex"
    UPS = "ups"
    ELECTRONIC = "electronicDelivery"
    BY_HAND = "handDelivery"
    POST = "usps"


class Initiator(StrEnum):
    """Who ended an application."""

    ADVISOR = "advisor"
    CARRIER = "carrier"
    CLIENT = "client"


class Being(StrEnum):
    """A person or an organisation."""

    INDIVIDUAL = "individual"
    ENTITY = "entity"


class ProducerRole(StrEnum):
    """What a producer is to the policy."""

    PRIMARY = "primaryAgent"
    SECONDARY = "secondaryAgent"
    ADDITIONAL = "additionalAgent"
    ADVISER = "investmentAdvisorRepresentative"
    AGENCY = "brokerageGeneralAgency"
    ADVISORY_FIRM = "registeredInvestmentAdvisoryFirm"
    MARKETING = "independentMarketingOrganization"
    BROKER_DEALER = "brokerDealer"


class PartyRole(StrEnum):
    """What a party is to the policy. The one insured by life cover has no word of its own here."""

    OWNER = "owner"
    JOINT_OWNER = "jointOwner"
    ANNUITANT = "annuitant"
    JOINT_ANNUITANT = "jointAnnuitant"
    PRIMARY_BENEFICIARY = "primaryBeneficiary"
    CONTINGENT_BENEFICIARY = "contingentBeneficiary"


class Event(StrEnum):
    """What a notification tells."""

    RECEIVED = "applicationStatus.v1.applicationReceived"
    CAN_SELL = "applicationStatus.v1.canSellActionNeeded"
    SUITABILITY = "applicationStatus.v1.suitabilityActionNeeded"
    SUITABILITY_DECIDED = "applicationStatus.v1.suitabilityApproved"
    DOCUMENTS = "applicationStatus.v1.documentReviewActionNeeded"
    FUNDING = "applicationStatus.v1.fundingActionNeeded"
    TRANSFER_SENT = "applicationStatus.v1.fundingTransferRequestSent"
    SOURCE_UPDATED = "applicationStatus.v1.fundingSourceTypeUpdated"
    TRANSFER_FOLLOWED_UP = "applicationStatus.v1.fundingTransferFollowedUp"
    FUNDING_RECEIVED = "applicationStatus.v1.fundingReceived"
    COMPLETED = "applicationStatus.v1.applicationCompleted"
    CANCELLED = "applicationStatus.v1.applicationCancelled"
