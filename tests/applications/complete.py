"""A complete set of answers, and the quote they begin from."""

from typing import Any

FACTS: dict[str, Any] = {
    "born": "1985-06-14",
    "sex": "female",
    "jurisdiction": "TX",
    "zip": "75001",
    "height_in": 65,
    "weight_lb": 140,
    "nicotine": [],
    "avocations": [],
    "occupation": "electrician",
    "income_annual": "90000",
    "wants": {"line": "term_life", "face_amount": "500000", "term_years": 20, "mode": "monthly"},
}

OFFER: dict[str, Any] = {
    "carrier": "fjord-life",
    "carrier_name": "Fjord Life",
    "product": "term",
    "product_name": "Fjord Term",
    "line": "term_life",
    "edition": "fjord-life/term@2026-01-01",
    "term_years": 20,
    "plan": None,
    "amount": "500000",
    "class": "preferred",
    "class_name": "Preferred",
    "table": None,
    "flat_extra": None,
    "currency": "USD",
    "premium": {"annual": "431.00", "monthly": "37.71"},
    "mode": "monthly",
    "age_used": 41,
}

_NO = (
    "has_existing", "replacing", "has_pending", "declined_before", "avocations", "aviation",
    "travel", "driving", "criminal", "bankruptcy", "substances", "military", "weight_change",
    "med_heart", "med_pressure", "med_diabetes", "med_cancer", "med_lungs", "med_nerves",
    "med_mental", "med_digestion", "med_kidneys", "med_blood", "med_immune", "med_pregnant",
    "med_hospital", "takes_medication", "family_history", "has_physician",
    "money_with_application", "report_replacing", "report_pressure",
)  # fmt: skip

COMPLETE: dict[str, Any] = {
    "insured_first_name": "Kari",
    "insured_last_name": "Hope",
    "insured_email": "kari@example.com",
    "insured_birth_place": "Texas",
    "insured_ssn": "078-05-1121",
    "insured_phone": "(512) 555-0142",
    "insured_address": {"street": "1 Oak St", "city": "Addison", "state": "TX", "zip": "75001"},
    "insured_citizen": "yes",
    "owner_is_insured": "yes",
    "cover_purpose": "income",
    "beneficiaries": [
        {"name": "Ola Hope", "relationship": "spouse", "class": "primary", "share": "100"}
    ],
    **dict.fromkeys(_NO, "no"),
    "payment_method": "bill",
    "payment_payor": "owner",
    "report_known": "under_5",
    "report_met": "in_person",
    "report_id_seen": "no",
}
"""What the quote does not know. With it nothing is missing."""


ANOTHER_OWNER: dict[str, Any] = {
    "owner_is_insured": "no",
    "owner_kind": "person",
    "owner_relationship": "spouse",
    "owner_name": "Ola Hope",
    "owner_born": "1984-01-02",
    "owner_ssn": "078-05-1122",
    "owner_email": "ola@example.com",
    "owner_address": COMPLETE["insured_address"],
}
"""What makes the owner somebody else, beside `COMPLETE`."""
