"""The policy applied for, those in force and the account that pays, as ACORD's holdings."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from megler.applications.rules.acord.people import amount, coded, day
from megler.applications.rules.acord.places import (
    BANK_TEXTS,
    OFFER,
    OUR_VENDOR,
    POLICY_CODES,
    POLICY_TEXTS,
    PREMIUM_BASIS,
    PRODUCT_TYPES,
)
from megler.applications.rules.acord.told import (
    AGENT,
    BANK,
    CARRIER,
    HOLDING,
    INSURED,
    OWNER,
    PAYOR,
    Applied,
    Signed,
)
from megler.exchange.txlife import records as r
from megler.exchange.txlife.dialects import Dialect
from megler.exchange.txlife.records import NOTHING, Coded


def relation(number: int, to: str, role: str, **more: Any) -> r.Relation:
    """What party or holding `to` is to the policy, or to another object."""
    return r.Relation(
        id=f"Relation_{number}",
        from_id=more.pop("from_id", HOLDING),
        to_id=to,
        from_type=Coded(more.pop("from_type", "holding")),
        to_type=Coded(more.pop("to_type", "party")),
        role=Coded(role),
        **more,
    )


def holdings_of(
    told: Applied, values: Mapping[str, Any], dialect: Dialect, whole: bool
) -> tuple[list[r.Holding], list[r.Relation]]:
    """The policy applied for, those in force, and the account that pays; with how they relate."""
    holdings = [_policy(told, values, dialect, whole)]
    relations = []
    for i, one in enumerate(values.get("existing_cover") or [], 1):
        held = f"Holding_Existing_{i}"
        holdings.append(_existing(one, held))
        if one.get("replace") == "yes":
            number = f"Replaced_{i}"
            made = relation(0, held, "replaced", to_type="holding")
            relations.append(replace(made, id=f"Relation_{number}"))
    if any(values.get(key) for key in BANK_TEXTS):
        fields: dict[str, Any] = {
            field: str(values.get(key) or "") for key, field in BANK_TEXTS.items()
        }
        holdings.append(r.Holding(id=BANK, kind=Coded("banking"), banking=r.Banking(**fields)))
    return holdings, relations


def _policy(told: Applied, values: Mapping[str, Any], dialect: Dialect, whole: bool) -> r.Holding:
    line, product, coverage = PRODUCT_TYPES.get(told.line, ("", "", ""))
    offer = told.offer
    state = (values.get("insured_address") or {}).get("state", "")
    texts: dict[str, Any] = {
        field: str(values.get(key) or "") for key, field in POLICY_TEXTS.items()
    }
    texts["face_amount"] = texts["face_amount"] or str(offer.get("face_amount") or "")
    texts["premium"] = texts["premium"] or str(offer.get("premium") or "")
    codes: dict[str, Any] = {field: coded(values.get(key)) for key, field in POLICY_CODES.items()}
    codes["mode"] = codes["mode"] or coded(offer.get("mode"))
    if values.get("cover_purpose") == "other":
        codes["purpose"] = Coded("other", str(values.get("cover_purpose_details") or "other"))
    extensions: tuple[r.Extension, ...] = ()
    if whole:
        kept = json.dumps(dict(offer), ensure_ascii=False, separators=(",", ":"))
        extensions = (r.Extension(OFFER, kept, OUR_VENDOR, OFFER),)
    return r.Holding(
        id=HOLDING,
        kind=Coded("policy"),
        status=Coded("proposed"),
        carrier_id=CARRIER,
        line=Coded(line) if line else NOTHING,
        product_type=Coded(product) if product else NOTHING,
        product_code=dialect.product_code(told.product),
        carrier_code=dialect.carrier_code or told.carrier,
        plan_name=told.product_name,
        policy_status=Coded("applied"),
        jurisdiction=coded(state),
        coverages=(_coverage(told, coverage, texts["face_amount"], values),),
        tracking_id=told.reference,
        application_type=Coded("new"),
        application_jurisdiction=coded(state),
        draft_day=str(values.get("draft_day") or ""),
        signed_on=f"{max(s.at for s in told.signatures):%Y-%m-%d}" if told.signatures else "",
        submitted_on=f"{told.sent_at:%Y-%m-%d}",
        replaces=coded(values.get("replacing")),
        signatures=tuple(_signature(one, state, values) for one in told.signatures),
        attachments=told.files,
        extensions=extensions,
        **texts,
        **codes,
    )


def _coverage(told: Applied, kind: str, amount: str, values: Mapping[str, Any]) -> r.Coverage:
    tobacco = coded(PREMIUM_BASIS.get(str(values.get("nicotine"))))
    offered = told.offer.get("class")
    insured = r.Participant(INSURED, Coded("insured"), tobacco, coded(offered))
    return r.Coverage(
        id="Coverage_1",
        name=told.product_name,
        kind=Coded(kind) if kind else NOTHING,
        indicator=Coded("base"),
        amount=amount,
        years=str(told.offer.get("term_years") or ""),
        participants=(insured,),
    )


def _signature(one: Signed, state: str, values: Mapping[str, Any]) -> r.Signature:
    who = {"insured": INSURED, "agent": AGENT, "owner": OWNER, "payor": PAYOR}
    return r.Signature(
        role=Coded(one.role.value),
        party_id=who.get(one.role.value, ""),
        name=one.name,
        on=f"{one.at:%Y-%m-%d}",
        at=one.at.isoformat(timespec="seconds")[11:],
        city=str(values.get("signed_city") or ""),
        state=coded(values.get("signed_state") or state),
        valid=Coded("yes"),
    )


def _existing(one: Mapping[str, Any], holding_id: str) -> r.Holding:
    """A policy in force. ACORD has days; a year alone is its first of January."""
    year = str(one.get("year_issued") or "")
    return r.Holding(
        id=holding_id,
        kind=Coded("policy"),
        status=Coded("active"),
        number=str(one.get("policy_number") or ""),
        carrier_name=str(one.get("company") or ""),
        face_amount=amount(one.get("amount")),
        issued_on=day(f"{year}-01-01"),
    )
