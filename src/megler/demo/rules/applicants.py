"""An applicant as the demo knows one: the facts told for a quote and the answers of an application."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from megler.demo.rules.names import Place
from megler.vocabulary.codes import Sex

EXCHANGING = "Granger Mutual"
OLD_INSURERS = {
    "Old Harbor Life": "1 Harbor Street, Portland, ME 04101",
    EXCHANGING: "900 Grange Road, Lincoln, NE 68508",
}
"""Insurers whose policies are replaced, and where requests go."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the applicant wants; amount and term where the line has them."""

    line: str
    amount: int | None = None
    term_years: int | None = None
    mode: str = "monthly"


@dataclass(frozen=True, slots=True)
class Applicant:
    """Everything there is to ask a person. `medications` are (name, dose, reason)."""

    first_name: str
    middle_name: str
    last_name: str
    sex: Sex
    born: date
    place: Place
    street: str
    phone: str
    ssn: str
    occupation: str
    employer: str
    income: int
    net_worth: int
    height_in: int
    weight_lb: int
    nicotine: str
    stopped: date | None
    systolic: int
    diastolic: int
    treated: bool
    cholesterol: int
    hdl_ratio: str
    family: tuple[dict[str, Any], ...]
    medications: tuple[tuple[str, str, str], ...]
    married: bool
    beneficiary: str
    doctor: str
    seen: date
    wish: Wish
    replaced: str = ""
    extras: dict[str, str] = field(default_factory=dict)

    @property
    def replaced_number(self) -> str:
        """The number of the policy that is replaced."""
        return f"{self.replaced[:2].upper()}-{self.ssn[-6:]}" if self.replaced else ""

    @property
    def is_exchanged(self) -> bool:
        """Whether its value is exchanged into the new policy; other old policies just lapse."""
        return self.replaced == EXCHANGING and self.wish.line in {"term_life", "whole_life"}

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def email(self) -> str:
        """An address that leads nowhere."""
        return f"{self.first_name}.{self.last_name}{self.born:%y}@mail.example".lower()


def facts_document(person: Applicant, on: date) -> dict[str, Any]:
    """The facts document for a quote on the day `on` (docs/facts.md)."""
    wish = person.wish
    wants: dict[str, Any] = {"line": wish.line, "mode": wish.mode}
    if wish.amount is not None:
        wants["face_amount"] = str(wish.amount)
    if wish.term_years is not None:
        wants["term_years"] = wish.term_years
    return {
        "born": person.born.isoformat(),
        "sex": person.sex.value,
        "jurisdiction": person.place.jurisdiction,
        "zip": person.place.zip,
        "county": person.place.county,
        "height_in": person.height_in,
        "weight_lb": person.weight_lb,
        "nicotine": _nicotine(person, on),
        "blood_pressure": {
            "systolic": person.systolic,
            "diastolic": person.diastolic,
            "treated": person.treated,
        },
        "cholesterol": {
            "total": person.cholesterol,
            "hdl_ratio": float(person.hdl_ratio),
            "treated": False,
        },
        "family": list(person.family),
        "medications": [{"name": n, "dose": d} for n, d, _reason in person.medications],
        "driving": [],
        "criminal": [],
        "avocations": [],
        "travel": [],
        "occupation": person.occupation,
        "income_annual": str(person.income),
        "net_worth": str(person.net_worth),
        "wants": wants,
    }


def _nicotine(person: Applicant, on: date) -> list[dict[str, Any]]:
    if person.nicotine == "never":
        return []
    last = on if person.stopped is None else person.stopped
    return [{"product": "cigarette", "last_used": last.isoformat(), "per_week": 70}]


def answers_of(person: Applicant, on: date) -> dict[str, Any]:
    """Raw answers by question key, for every questionnaire; each takes those that it asks."""
    return {
        **_identity(person),
        **_cover(person),
        **_health(person),
        **_other_lines(person, on),
        **_report(person),
        **person.extras,
    }


def _identity(person: Applicant) -> dict[str, Any]:
    place = person.place
    return {
        "insured_first_name": person.first_name,
        "insured_middle_name": person.middle_name,
        "insured_last_name": person.last_name,
        "insured_email": person.email,
        "insured_birth_place": place.jurisdiction,
        "insured_ssn": person.ssn,
        "insured_phone": person.phone,
        "insured_marital_status": "married" if person.married else "single",
        "insured_address": {
            "street": person.street,
            "city": place.city,
            "state": place.jurisdiction,
            "zip": place.zip,
        },
        "insured_citizen": "yes",
        "insured_occupation": person.occupation,
        "insured_employer": person.employer,
        "insured_income": str(person.income),
        "insured_net_worth": str(person.net_worth),
        "owner_is_insured": "yes",
    }


def _cover(person: Applicant) -> dict[str, Any]:
    relation = "Spouse" if person.married else "Brother"
    replacing = "yes" if person.replaced else "no"
    existing = {
        "company": person.replaced,
        "policy_number": person.replaced_number,
        "amount": "100000",
        "year_issued": str(person.seen.year - 4),
        "kind": "life",
        "replace": "yes",
        "how": "exchange" if person.is_exchanged else "lapse",
    }
    return {
        "cover_purpose": "estate" if person.wish.line == "final_expense" else "income",
        "beneficiaries": [
            {
                "name": person.beneficiary,
                "relationship": relation,
                "class": "primary",
                "share": "100",
            }
        ],
        "has_existing": replacing,
        "existing_cover": [existing] if person.replaced else None,
        "replacing": replacing,
        "replacing_funds": ("yes" if person.is_exchanged else "no") if person.replaced else None,
        "replacing_reason": "More cover for a longer term" if person.replaced else None,
        "has_pending": "no",
        "declined_before": "no",
        "payment_method": "bill" if person.wish.mode == "annual" else "bank_draft",
        "payment_payor": "owner",
        "bank_routing": "021000021",
        "bank_account": person.ssn[::-1],
        "draft_day": "5",
        "money_with_application": "no",
    }


CONDITIONS = (
    "med_heart", "med_diabetes", "med_cancer", "med_lungs", "med_nerves", "med_mental",
    "med_digestion", "med_kidneys", "med_blood", "med_immune", "med_pregnant", "med_hospital",
)  # fmt: skip


def _health(person: Applicant) -> dict[str, Any]:
    said: dict[str, Any] = dict.fromkeys(CONDITIONS, "no")
    if person.treated:
        said["med_pressure"] = "yes"
        told = f"Treated; last {person.systolic}/{person.diastolic} mmHg"
        said["med_pressure_details"] = told
    else:
        said["med_pressure"] = "no"
    return {
        **said,
        "weight_change": "no",
        "takes_medication": "yes" if person.medications else "no",
        "medications": [
            {"name": n, "dose": d, "reason": reason} for n, d, reason in person.medications
        ]
        or None,
        "family_history": "yes" if person.family else "no",
        "family": list(person.family) or None,
        "has_physician": "yes",
        "physician_name": person.doctor,
        "physician_place": f"{person.place.city}, {person.place.jurisdiction}",
        "physician_last_seen": person.seen.isoformat(),
        "physician_reason": "Yearly check-up, nothing found",
        "avocations": "no",
        "aviation": "no",
        "travel": "no",
        "driving": "no",
        "criminal": "no",
        "substances": "no",
        "bankruptcy": "no",
        "military": "no",
    }


def _other_lines(person: Applicant, on: date) -> dict[str, Any]:
    uses = "yes" if person.nicotine == "current" else "no"
    return {
        "group_employer": person.employer,
        "group_hired": date(on.year - 3, 4, 1).isoformat(),
        "group_hours": "40",
        "group_at_work": "yes",
        "group_smoker": uses,
        "group_health": "no",
        "household_start": date(on.year + (on.month == 12), on.month % 12 + 1, 1).isoformat(),
        "household_reason": "open",
        "household_size": "2" if person.married else "1",
        "household_tobacco": uses,
        "household_medicare": "no",
    }


def _report(person: Applicant) -> dict[str, Any]:
    return {
        "report_known": "under_5",
        "report_met": "video",
        "report_id_seen": "yes",
        "report_id_kind": f"Driver's licence, {person.place.jurisdiction}",
        "report_replacing": "yes" if person.replaced else "no",
        "report_pressure": "no",
    }
