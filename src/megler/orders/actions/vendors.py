"""Taking vendors on and looking after them; accounts; the key of their messages."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.models import Carrier
from megler.exchange.nailba.layouts import read_layout
from megler.journal.actions import record
from megler.orders.models import Vendor, VendorAccount
from megler.orders.rules.status_codes import read_codes
from megler.orders.rules.words import BY_PARTNER, ORDERED_HERE, Format
from megler.post.models import TradingPartner
from megler.vocabulary.codes import JURISDICTIONS, RequirementKind
from megler.vocabulary.problems import Problem, Refused


@dataclass(frozen=True, slots=True)
class VendorEntry:
    """A vendor as somebody writes it down. `requirement_codes` and `status_codes` are lines."""

    slug: str
    name: str
    kinds: list[str]
    format: str
    jurisdictions: list[str] = field(default_factory=list)
    partner: TradingPartner | None = None
    email: str = ""
    phone: str = ""
    address: str = ""
    vendor_code: str = ""
    requirement_codes: str = ""
    status_codes: str = ""
    layout: str = ""
    out_folder: str = ""
    status_address: str = ""
    answer_days: int = 2
    account: str = ""
    is_active: bool = True


def keep_vendor(
    person: User,
    entry: VendorEntry,
    vendor: Vendor | None = None,
    version: int = 0,
    at: datetime | None = None,
) -> Vendor:
    """Take a vendor on, or change one seen in `version`. Raises `Refused` with every problem."""
    if not person.may(Can.CHANGE_PARTNERS):
        raise Refused(Problem("not_allowed", "vendor"))
    codes, problems = kind_codes(entry.requirement_codes)
    statuses, more = read_codes(entry.status_codes)
    problems += [*more, *_problems(entry, vendor)]
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        held = _held(vendor, version)
        for name in (
            "slug", "name", "format", "partner", "email", "phone", "address", "vendor_code",
            "layout", "out_folder", "status_address", "answer_days", "is_active",
        ):  # fmt: skip
            setattr(held, name, getattr(entry, name))
        held.kinds, held.jurisdictions = sorted(entry.kinds), sorted(entry.jurisdictions)
        held.requirement_codes, held.status_codes = codes, statuses
        held.changed_at = at or timezone.now()
        held.save()
        _keep_account(held, None, entry.account)
        verb = "vendor.changed" if vendor else "vendor.added"
        record(person.actor(), verb, held.subject, {"name": held.name}, at)
    return held


def _held(vendor: Vendor | None, version: int) -> Vendor:
    if vendor is None:
        return Vendor()
    held = Vendor.objects.select_for_update(no_key=True).get(pk=vendor.pk)
    if held.version != version:
        raise Refused(Problem("changed_meanwhile", held.name, str(version), str(held.version)))
    held.version += 1
    return held


def kind_codes(text: str) -> tuple[dict[str, str], list[Problem]]:
    """A vendor's own codes of our kinds, from lines `ecg = 231`."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        kind, _sign, code = (part.strip() for part in line.partition("="))
        if kind not in set(RequirementKind) or not code:
            where = f"requirement_codes line {number}"
            problems.append(Problem("order_kind_line", where, line.strip()[:80], "ecg = 231"))
        else:
            found[kind] = code
    return found, problems


def _problems(entry: VendorEntry, vendor: Vendor | None) -> list[Problem]:
    found = []
    for where in ("slug", "name", "kinds"):
        if not getattr(entry, where):
            found.append(Problem("missing", where))
    taken = Vendor.objects.filter(slug=entry.slug)
    if (taken.exclude(pk=vendor.pk) if vendor else taken).exists():
        found.append(Problem("order_vendor_taken", "slug", entry.slug))
    for kind in entry.kinds:
        if kind not in ORDERED_HERE:
            found.append(Problem("order_carriers_own", "kinds", kind))
    for state in entry.jurisdictions:
        if state not in JURISDICTIONS:
            found.append(Problem("wrong_value", "jurisdictions", state, "TX"))
    how = Format(entry.format)
    if how in BY_PARTNER and entry.partner is None:
        found.append(Problem("order_partner_missing", "partner", "", entry.name))
    if how is Format.EMAIL and not entry.email:
        found.append(Problem("missing", "email"))
    if how is Format.LETTER and not entry.address:
        found.append(Problem("missing", "address"))
    if entry.layout:
        found += read_layout(entry.layout)[1]
    return found


def keep_account(
    person: User, vendor: Vendor, carrier: Carrier | None, account: str, at: datetime | None = None
) -> None:
    """Our account with a vendor for a carrier's cases; an empty one is taken away."""
    if not person.may(Can.CHANGE_PARTNERS):
        raise Refused(Problem("not_allowed", "vendor"))
    with transaction.atomic():
        _keep_account(vendor, carrier, account)
        told = {"carrier": carrier.slug if carrier else "", "account": account[:40]}
        record(person.actor(), "vendor.account_kept", vendor.subject, told, at)


def _keep_account(vendor: Vendor, carrier: Carrier | None, account: str) -> None:
    number = " ".join(account.split())[:40]
    if number:
        VendorAccount.objects.update_or_create(
            vendor=vendor, carrier=carrier, defaults={"account": number}
        )
    else:
        VendorAccount.objects.filter(vendor=vendor, carrier=carrier).delete()


def account_for(vendor: Vendor, carrier: Carrier) -> str:
    """Our account with the vendor for a carrier's cases: its own, else the general one."""
    kept = dict(vendor.accounts.filter(carrier__in=[carrier]).values_list("carrier", "account"))
    general = vendor.accounts.filter(carrier=None).values_list("account", flat=True).first()
    return kept.get(carrier.pk) or general or ""


def new_key(person: User, vendor: Vendor, at: datetime | None = None) -> str:
    """A key for the vendor's messages to us, shown this once; the one before ends."""
    if not person.may(Can.CHANGE_PARTNERS):
        raise Refused(Problem("not_allowed", "vendor"))
    with transaction.atomic():
        held = Vendor.objects.select_for_update(no_key=True).get(pk=vendor.pk)
        key = held.new_key()
        held.save(update_fields=["push_digest"])
        record(person.actor(), "vendor.key_made", held.subject, {"name": held.name}, at)
    return key
