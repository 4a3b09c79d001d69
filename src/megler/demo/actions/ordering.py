"""Orders of the demo: vendors, facilities, and what the vendors have said by today."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from megler.accounts.models import User
from megler.cases.actions.requirements import add_requirement
from megler.cases.models import Case
from megler.cases.rules.words import AT_CARRIER
from megler.demo.receiving import HOST, host_key
from megler.demo.vendors.living import HABITS
from megler.demo.vendors.script import STATUS_CODES, script
from megler.demo.vendors.serving import SECRET
from megler.demo.vendors.speaking import message, seen_in
from megler.orders.actions.directory import (
    FacilityEntry,
    keep_authorisation,
    keep_facility,
    keep_limit,
)
from megler.orders.actions.hearing import hear, read_message
from megler.orders.actions.placing import Wish, place_order
from megler.orders.actions.records import read_records
from megler.orders.actions.vendors import VendorEntry, keep_vendor
from megler.orders.models import Facility, Order, OrderItem, Vendor
from megler.orders.rules.status_codes import written
from megler.orders.rules.words import NEEDS_FACILITY, ORDINARY
from megler.post.actions.partners import PartnerEntry, keep_partner
from megler.vocabulary.codes import RequirementKind as Kind
from megler.vocabulary.problems import Refused
from megler.work.rules.calendar import add_business_days, is_business_day

CASES_MAX = 9
_EXAMS = (Kind.PARAMEDICAL_EXAM, Kind.BLOOD_PROFILE, Kind.URINE, Kind.ECG, Kind.MD_EXAM)
_RECORDS = (Kind.APS,)
_FACILITIES = (
    ("Hillside Family Medicine", "Dr. Amara Lind", "Austin", "TX", "35.00"),
    ("Lakeview Internal Medicine", "Dr. Jonah Reed", "Madison", "WI", "28.50"),
    ("Harbor Heart Center", "Dr. Mei Tan", "Tampa", "FL", "60.00"),
    ("Prairie Clinic", "", "Wichita", "KS", ""),
)


def let_order(administrator: User, manager: User, until: datetime) -> None:
    """Take vendors on, order what some cases still need, and hear what is said until `until`."""
    exams = _vendor(administrator, "clearpath-exams", "Clearpath Exams", _EXAMS, until)
    records = _vendor(administrator, "archive-records", "Archive Records", _RECORDS, until)
    facilities = [_facility(manager, *told, until) for told in _FACILITIES]
    keep_limit(administrator, None, Decimal(50), until)
    at_carrier = [status.value for status in AT_CARRIER]
    found = Case.objects.filter(status__in=at_carrier).order_by("changed_at", "number")
    for number, case in enumerate(found.select_related("client", "carrier")[:CASES_MAX]):
        place = facilities[number % len(facilities)]
        at = _in_office(max(case.changed_at, until - timedelta(days=6 + case.number % 12)))
        if at >= until:
            continue
        mine = list(case.requirements.filter(state="needed").order_by("raised_at", "kind"))
        if not any(one.kind in (*_EXAMS, *_RECORDS) for one in mine):
            kind = Kind.APS if number % 2 else Kind.ECG
            mine = [add_requirement(manager, case, kind, detail=str(place), at=at)]
        placed = []
        for vendor, kinds in ((exams, _EXAMS), (records, _RECORDS)):
            wanted = [one for one in mine if one.kind in kinds]
            if wanted:
                placed += _ordered(manager, case, Wish(vendor, wanted, place), at)
        _hear(placed, until)


def _in_office(at: datetime) -> datetime:
    """The moment itself in a business day's hours, or the next morning that is one's."""
    local = timezone.localtime(at)
    if is_business_day(local.date()):
        return at
    day = add_business_days(local.date(), 1)
    return timezone.make_aware(datetime.combine(day, time(9, 5)))


def _vendor(
    administrator: User, slug: str, name: str, kinds: tuple[Kind, ...], at: datetime
) -> Vendor:
    """A vendor that takes orders on this machine: exams by HTTPS, records where the carriers receive.

    Where exactly, its partner learns when the demo runs.
    """
    by_web = PartnerEntry(
        slug=slug, name=name, channel="https", address=f"https://{HOST}:8443/", secret=SECRET,
        shape="raw",
    )  # fmt: skip
    key = host_key().export_public_key("openssh").decode().strip()
    by_folder = PartnerEntry(
        slug=slug, name=name, channel="sftp", address=HOST, port=8022, user=slug,
        secret=slug[::-1], host_keys=key,
    )  # fmt: skip
    is_web = Kind.APS not in kinds
    partner = keep_partner(administrator, by_web if is_web else by_folder, at=at)
    codes = "\n".join(f"{kind.value} = {9100 + n}" for n, kind in enumerate(_EXAMS))
    entry = VendorEntry(
        slug=slug,
        name=name,
        kinds=[kind.value for kind in kinds],
        format="txlife_121",
        partner=partner,
        phone="800-555-0142",
        requirement_codes=codes,
        status_codes=written(STATUS_CODES),
        account="41077",
        out_folder="" if is_web else "out",
    )
    return keep_vendor(administrator, entry, at=at)


def _facility(manager: User, name: str, *told: object) -> Facility:
    doctor, city, state, fee, at = told
    entry = FacilityEntry(
        name=name, doctor=str(doctor), provider="clinic", city=str(city), jurisdiction=str(state),
        fax="800-555-0177", fee_usual=Decimal(str(fee)) if fee else None,
    )  # fmt: skip
    return keep_facility(manager, entry, at=at if isinstance(at, datetime) else None)


def _ordered(manager: User, case: Case, wish: Wish, at: datetime) -> list[Order]:
    """Order it; nothing where something hinders it, as in life: a client elsewhere, an old paper."""
    paper = case.documents.order_by("added_at", "pk").first()
    is_aps = any(one.kind in NEEDS_FACILITY for one in wish.requirements)
    if is_aps and paper is None:
        return []
    permit = None
    if is_aps and paper is not None:
        scope = [one.value for one in ORDINARY]
        signed_on = timezone.localtime(case.opened_at).date()
        permit = keep_authorisation(manager, case, paper, signed_on, scope=scope, at=at)
    whole = Wish(wish.vendor, wish.requirements, wish.facility if is_aps else None, permit)
    try:
        return [place_order(manager, case, whole, at=at)]
    except Refused:
        return []


def _hear(placed: list[Order], until: datetime) -> None:
    """Everything that the vendors have said by `until`, in the order in which it came."""
    said: list[tuple[datetime, Vendor, bytes]] = []
    for order in placed:
        sent = order.messages.get(purpose="order")
        for seen in seen_in(sent.document.read()) if sent.document else ():
            for saying in script(seen, HABITS[order.vendor.slug]):
                said.append(
                    (_in_office(saying.at), order.vendor, message(order.vendor.name, seen, saying))
                )
    for at, vendor, data in sorted(said, key=lambda one: one[0]):
        if at <= until:
            kept, _new = hear(vendor, data, "push", at=at)
            read_message(str(kept.pk), at)
    in_now = OrderItem.objects.filter(order__in=placed, state="received", requirement__kind="aps")
    for requirement in in_now.values_list("requirement", flat=True):
        read_records(str(requirement), until)
