"""What is told of an application beside its answers, and how its objects are named in a message."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from megler.exchange.txlife.records import Attachment
from megler.forms.rules.questionnaire import SignerRole

HOLDING, INSURED, OWNER, AGENT, CARRIER, PAYOR, DOCTOR, BANK = (
    "Holding_1", "Party_Insured", "Party_Owner", "Party_Agent", "Party_Carrier", "Party_Payor",
    "Party_Physician", "Holding_Bank",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that stands: who, in which role, and when."""

    role: SignerRole
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Applied:
    """What is told beside the answers. `offer` is the application's; `sent_at` has a time zone."""

    guid: str
    reference: str
    carrier: str
    carrier_name: str
    product: str
    product_name: str
    line: str
    offer: Mapping[str, Any]
    agent_name: str
    agent_npn: str
    agent_email: str
    agent_phone: str
    sent_at: datetime
    agency: str = ""
    signatures: tuple[Signed, ...] = ()
    files: tuple[Attachment, ...] = ()
