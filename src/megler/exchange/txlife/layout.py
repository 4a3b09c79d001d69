"""Where each field of a record stands in the XML: one table, read by `reading` and by `writing`.

An element's `Layout` lists its attributes and its children in ACORD's order. What is not listed is
not understood, and kept. Source: ACORD Life, Annuity and Health, the elements of a 103 and of the
messages around a requirement and an alert.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from megler.exchange.txlife import records as r


class Kind(Enum):
    """What the text of an element is."""

    TEXT = "text"
    DAY = "day"
    TIME = "time"
    AMOUNT = "amount"
    BASE64 = "base64"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Leaf:
    """An element whose text is the field `name`; `tc` names the list of a coded one."""

    name: str
    kind: Kind = Kind.TEXT
    tc: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inside:
    """An element that only holds further fields of the same record."""

    children: Mapping[str, "Part"]
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class One:
    """An element that is a record of its own, once."""

    name: str
    layout: "Layout"


@dataclass(frozen=True, slots=True)
class Many:
    """Elements that are records of their own, in their order."""

    name: str
    layout: "Layout"


@dataclass(frozen=True, slots=True)
class Extensions:
    """OLifEExtension: anybody's own elements."""

    name: str = "extensions"


Part = Leaf | Inside | One | Many | Extensions


@dataclass(frozen=True, slots=True)
class Layout:
    """How a record lies in an element; `given` are fields that the element's name alone tells."""

    record: Any
    children: Mapping[str, Part]
    attributes: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)


def _text(name: str) -> Leaf:
    return Leaf(name)


def _code(name: str, codes: str) -> Leaf:
    return Leaf(name, tc=codes)


def _day(name: str) -> Leaf:
    return Leaf(name, Kind.DAY)


def _time(name: str) -> Leaf:
    return Leaf(name, Kind.TIME)


def _amount(name: str) -> Leaf:
    return Leaf(name, Kind.AMOUNT)


_ID = {"id": "id"}
ALSO_CALLED = {"AttachmentData": ("AttachmentData64",)}
"""Elements that some write by another name of ACORD's; they are read as the first."""

ATTACHMENT = Layout(
    r.Attachment,
    {
        "AttachmentBasicType": _code("basic", "attachment_basic"),
        "Description": _text("description"),
        "AttachmentData": Leaf("content", Kind.BASE64),
        "AttachmentType": _code("kind", "attachment"),
        "MimeTypeTC": _code("mime", "mime"),
        "TransferEncodingTypeString": _text("encoding"),
        "AttachmentLocation": _code("location", "location"),
        "FileName": _text("name"),
        "OLifEExtension": Extensions(),
    },
    _ID,
)

SIGNATURE = Layout(
    r.Signature,
    {
        "SignatureRoleCode": _code("role", "participant"),
        "SignatureDate": _day("on"),
        "SignatureTime": _time("at"),
        "SignatureCity": _text("city"),
        "SignatureState": _code("state", "state"),
        "SignatureText": _text("name"),
        "SignatureOK": _code("valid", "flag"),
    },
    {"id": "id", "SignaturePartyID": "party_id"},
)

ADDRESS = Layout(
    r.Address,
    {
        "AddressTypeCode": _code("kind", "address"),
        "Line1": _text("line1"),
        "Line2": _text("line2"),
        "Line3": _text("line3"),
        "City": _text("city"),
        "AddressState": _text("state_text"),
        "AddressStateTC": _code("state", "state"),
        "Zip": _text("zip"),
        "AddressCountry": _text("country_text"),
        "AddressCountryTC": _code("country", "country"),
    },
    _ID,
)

PHONE = Layout(
    r.Phone,
    {
        "PhoneTypeCode": _code("kind", "phone"),
        "AreaCode": _text("area"),
        "DialNumber": _text("number"),
        "Ext": _text("extension"),
    },
    _ID,
)

EMAIL = Layout(r.Email, {"EMailType": _code("kind", "email"), "AddrLine": _text("address")}, _ID)

MEASURE = Layout(
    r.Measure, {"MeasureUnits": _code("units", "units"), "MeasureValue": _amount("value")}
)

_PERSON: dict[str, Part] = {
    "FirstName": _text("first_name"),
    "MiddleName": _text("middle_name"),
    "LastName": _text("last_name"),
    "Prefix": _text("prefix"),
    "Suffix": _text("suffix"),
    "MarStat": _code("marital", "marital"),
    "Gender": _code("gender", "gender"),
    "BirthDate": _day("born"),
    "Age": _text("age"),
    "Citizenship": _code("citizenship", "country"),
    "EstSalary": _amount("income"),
    "SmokerStat": _code("smoker", "tobacco"),
    "Height2": One("height", MEASURE),
    "Weight2": One("weight", MEASURE),
    "DriversLicenseNum": _text("licence_number"),
    "DriversLicenseState": _code("licence_state", "state"),
    "BirthCountry": _code("birth_country", "country"),
    "BirthJurisdictionTC": _code("birth_state", "state"),
    "Occupation": _text("occupation"),
}

PARTY = Layout(
    r.Party,
    {
        "PartyTypeCode": _code("kind", "party"),
        "FullName": _text("full_name"),
        "GovtID": _text("government_id"),
        "GovtIDTC": _code("government_id_kind", "government_id"),
        "ResidenceState": _code("residence_state", "state"),
        "ResidenceCountry": _code("residence_country", "country"),
        "EstNetWorth": _amount("net_worth"),
        "Person": Inside(_PERSON),
        "Organization": Inside(
            {"OrgForm": _code("organisation_form", "organisation"), "DBA": _text("trade_name")}
        ),
        "Address": Many("addresses", ADDRESS),
        "Phone": Many("phones", PHONE),
        "EMailAddress": Many("emails", EMAIL),
        "Risk": Inside(
            {
                "ExistingInsuranceInd": _code("existing_insurance", "flag"),
                "ReplacementInd": _code("replaces_insurance", "flag"),
            }
        ),
        "Employment": Inside({"Occupation": _text("job"), "EmployerName": _text("employer")}),
        "Producer": Inside(
            {
                "NIPRNumber": _text("npn"),
                "CarrierAppointment": Many(
                    "appointments",
                    Layout(
                        r.Appointment,
                        {
                            "CompanyProducerID": _text("producer_id"),
                            "CarrierCode": _text("carrier_code"),
                        },
                        {"PartyID": "party_id"},
                    ),
                ),
            }
        ),
        "Carrier": Inside({"CarrierCode": _text("carrier_code")}),
        "Attachment": Many("attachments", ATTACHMENT),
        "OLifEExtension": Extensions(),
    },
    _ID,
)

PARTICIPANT = Layout(
    r.Participant,
    {
        "LifeParticipantRoleCode": _code("role", "participant"),
        "TobaccoPremiumBasis": _code("tobacco", "premium_basis"),
        "UnderwritingClass": _code("underwriting_class", "class"),
        "BeneficiaryPercentDistribution": _amount("share"),
    },
    {"PartyID": "party_id"},
)

COVERAGE = Layout(
    r.Coverage,
    {
        "PlanName": _text("name"),
        "ProductCode": _text("code"),
        "LifeCovTypeCode": _code("kind", "coverage"),
        "IndicatorCode": _code("indicator", "indicator"),
        "CurrentAmt": _amount("amount"),
        "Duration": _text("years"),
        "LifeParticipant": Many("participants", PARTICIPANT),
    },
    _ID,
)

_EVENT = Layout(
    r.StatusEvent,
    {
        "StatusEventCode": _code("code", "status_event"),
        "ProviderEventCode": _text("provider_code"),
        "StatusEventDate": _day("on"),
        "StatusEventTime": _time("at"),
        "StatusEventDetail": _text("detail"),
    },
)

REQUIREMENT = Layout(
    r.Requirement,
    {
        "ReqCode": _code("code", "requirement"),
        "RequirementInfoUniqueID": _text("unique_id"),
        "RequirementDetails": _text("details"),
        "ReqStatus": _code("status", "requirement_status"),
        "HORequirementRefID": _text("home_office_id"),
        "RequestedDate": _day("requested_on"),
        "ReceivedAtLocationDate": _day("received_on"),
        "StatusDate": _day("status_on"),
        "ResponsiblePartyType": _code("responsible", "responsible"),
        "ReleasePartyOrgCode": _text("release_code"),
        "RequirementAcctNum": _text("account"),
        "ProviderOrderNum": _text("order_number"),
        "OrderReceivedDate": _day("ordered_on"),
        "StatusEvent": Many("events", _EVENT),
        "Attachment": Many("attachments", ATTACHMENT),
    },
    {
        "id": "id",
        "AppliesToPartyID": "party_id",
        "RequesterPartyID": "requester_id",
        "FulfillerPartyID": "fulfiller_id",
    },
)

BANKING = Layout(
    r.Banking,
    {
        "BankAcctType": _code("kind", "account"),
        "AccountNumber": _text("account"),
        "RoutingNum": _text("routing"),
        "BankName": _text("bank"),
        "AcctHolderName": _text("holder"),
    },
    _ID,
)

_APPLICATION: dict[str, Part] = {
    "TrackingID": _text("tracking_id"),
    "ApplicationType": _code("application_type", "application"),
    "ApplicationJurisdiction": _code("application_jurisdiction", "state"),
    "SignedDate": _day("signed_on"),
    "SubmissionDate": _day("submitted_on"),
    "HOAssignedAppNumber": _text("application_number"),
    "ReplacementInd": _code("replaces", "flag"),
    "SignatureInfo": Many("signatures", SIGNATURE),
}

_POLICY: dict[str, Part] = {
    "PolNumber": _text("number"),
    "LineOfBusiness": _code("line", "line"),
    "ProductType": _code("product_type", "product"),
    "ProductCode": _text("product_code"),
    "CarrierCode": _text("carrier_code"),
    "CarrierName": _text("carrier_name"),
    "PlanName": _text("plan_name"),
    "PolicyStatus": _code("policy_status", "policy_status"),
    "ReplacementType": _code("replacement", "replacement"),
    "Jurisdiction": _code("jurisdiction", "state"),
    "EffDate": _day("effective_on"),
    "IssueDate": _day("issued_on"),
    "PaymentMode": _code("mode", "pay_mode"),
    "PaymentAmt": _amount("premium"),
    "PaymentMethod": _code("method", "pay_method"),
    "PaymentDraftDay": _text("draft_day"),
    "CusipNum": _text("cusip"),
    "Life": Inside(
        {"FaceAmt": _amount("face_amount"), "Coverage": Many("coverages", COVERAGE)},
        {"id": "life_id"},
    ),
    "ApplicationInfo": Inside(_APPLICATION),
    "RequirementInfo": Many("requirements", REQUIREMENT),
}

_SYSTEM_MESSAGE = Layout(
    r.SystemMessage,
    {
        "MessageCode": _text("code"),
        "Sequence": _text("sequence"),
        "RelatedObjectType": _text("related_type"),
        "MessageDescription": _text("description"),
        "MessageSeverityCode": _text("severity"),
        "MessageStartDate": _day("on"),
        "MessageType": _text("kind"),
        "MessageSubject": _text("subject"),
        "MessageSourceUserID": _text("source"),
        "MessageStartTime": _time("at"),
    },
    _ID,
)

HOLDING = Layout(
    r.Holding,
    {
        "HoldingTypeCode": _code("kind", "holding"),
        "HoldingStatus": _code("status", "holding_status"),
        "Purpose": _code("purpose", "purpose"),
        "CurrencyTypeCode": _text("currency"),
        "Policy": Inside(_POLICY, {"CarrierPartyID": "carrier_id"}),
        "Banking": One("banking", BANKING),
        "SystemMessage": Many("messages", _SYSTEM_MESSAGE),
        "Attachment": Many("attachments", ATTACHMENT),
        "OLifEExtension": Extensions(),
    },
    _ID,
)

RELATION = Layout(
    r.Relation,
    {
        "OriginatingObjectType": _code("from_type", "object"),
        "RelatedObjectType": _code("to_type", "object"),
        "RelationRoleCode": _code("role", "role"),
        "RelationDescription": _code("description", "relationship"),
        "InterestPercent": _amount("share"),
        "Sequence": _text("sequence"),
    },
    {"id": "id", "OriginatingObjectID": "from_id", "RelatedObjectID": "to_id"},
)

RESPONSE = Layout(
    r.Response,
    {
        "QuestionNumber": _text("key"),
        "QuestionText": _text("question"),
        "ResponseCode": _code("code", "flag"),
        "ResponseText": _text("text"),
        "ResponseData": _text("data"),
    },
    _ID,
)

FORM = Layout(
    r.Form,
    {
        "FormName": _text("name"),
        "ProviderFormNumber": _text("number"),
        "FormResponse": Many("responses", RESPONSE),
        "SignatureInfo": Many("signatures", SIGNATURE),
        "Attachment": Many("attachments", ATTACHMENT),
        "OLifEExtension": Extensions(),
    },
    {"id": "id", "RelatedObjectID": "holding_id"},
)

REQUEST = Layout(
    r.Request,
    {
        "TransRefGUID": _text("guid"),
        "TransType": _code("type", "transaction"),
        "TransSubType": _code("subtype", "subtype"),
        "TransExeDate": _day("executed_on"),
        "TransExeTime": _time("executed_at"),
        "TransMode": _code("mode", "mode_of_sending"),
        "TestIndicator": _code("is_test", "flag"),
        "CorrelationGUID": _text("correlation"),
        "TransResult": Inside({"ResultCode": _code("result", "result")}),
        "InquiryView": Inside({"InquiryViewCode": _text("inquiry")}),
        "OLifE": Inside(
            attributes={"Version": "model_version"},
            children={
                "SourceInfo": Inside(
                    {
                        "CreationDate": _day("created_on"),
                        "CreationTime": _time("created_at"),
                        "SourceInfoName": _text("source_name"),
                        "SourceInfoDescription": _text("source_description"),
                        "SourceInfoComment": _text("source_comment"),
                        "FileControlID": _text("file_control"),
                    }
                ),
                "Holding": Many("holdings", HOLDING),
                "Party": Many("parties", PARTY),
                "Relation": Many("relations", RELATION),
                "FormInstance": Many("forms", FORM),
                "Attachment": Many("attachments", ATTACHMENT),
                "OLifEExtension": Extensions(),
            },
        ),
    },
    {"id": "id", "PrimaryObjectID": "primary_id"},
    {"is_response": False},
)
RESPONSE_TO = replace(REQUEST, given={"is_response": True})

MESSAGE = Layout(
    r.Message,
    {
        "UserAuthRequest": Inside(
            {
                "UserLoginName": _text("login"),
                "UserPswd": Inside(
                    {
                        "CryptType": Leaf("", Kind.HIDDEN),
                        "Pswd": Leaf("", Kind.HIDDEN),
                        "CryptPswd": Leaf("", Kind.HIDDEN),
                    }
                ),
                "VendorApp": Inside(
                    {
                        "VendorName": Leaf("vendor", attributes={"VendorCode": "vendor_code"}),
                        "AppName": _text("app"),
                        "AppVer": _text("app_version"),
                    }
                ),
            }
        ),
        "TXLifeRequest": Many("requests", REQUEST),
        "TXLifeResponse": Many("requests", RESPONSE_TO),
    },
    {"Version": "version"},
)
