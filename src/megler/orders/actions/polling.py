"""Asking vendors for news: their SFTP out-folder, their status address, their answer to a delivery."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from megler.orders.actions.hearing import hear
from megler.orders.models import OrderMessage, Vendor
from megler.post.actions import channels
from megler.post.models import Delivery
from megler.post.rules.partners import Channel
from megler.vocabulary.problems import Refused
from megler.wires.carried import Outcome
from megler.wires.https.asking import get
from megler.wires.sftp.fetching import fetch, take_away

POLL_SECONDS = 120


def poll(vendor_id: str, at: datetime | None = None) -> int:
    """Fetch what lies there, keep it, and take away what is kept; how many messages were new.

    Killed anywhere: what was not taken away is fetched again and known as the same.
    """
    at = at or timezone.now()
    vendor = Vendor.objects.select_related("partner").filter(pk=vendor_id, is_active=True).first()
    if vendor is None or vendor.partner is None:
        return 0
    new, trouble = 0, ""
    if vendor.out_folder and vendor.partner.channel == Channel.SFTP:
        new, trouble = _by_sftp(vendor, at)
    if vendor.status_address:
        more, told = _by_https(vendor, at)
        new, trouble = new + more, trouble or told
    Vendor.objects.filter(pk=vendor.pk).update(polled_at=at, poll_trouble=trouble)
    return new


def _by_sftp(vendor: Vendor, at: datetime) -> tuple[int, str]:
    if vendor.partner is None:
        return 0, ""
    account = replace(channels.sftp_account(vendor.partner, POLL_SECONDS), folder=vendor.out_folder)
    fetched, answer = fetch(account)
    new, kept = 0, []
    for file in fetched:
        try:
            _message, is_new = hear(vendor, file.content, "sftp", name=file.name, at=at)
        except Refused:
            continue  # an empty file: it may still be being written
        new += is_new
        kept.append(file.name)
    if kept:
        take_away(account, kept)
    return new, "" if answer.outcome is Outcome.TAKEN else answer.code


def _by_https(vendor: Vendor, at: datetime) -> tuple[int, str]:
    if vendor.partner is None:
        return 0, ""
    account = replace(
        channels.https_account(vendor.partner, POLL_SECONDS), address=vendor.status_address
    )
    body, answer = get(account)
    if answer.outcome is not Outcome.TAKEN:
        return 0, answer.code
    if not body.strip():
        return 0, ""
    _message, is_new = hear(vendor, body, "https", at=at)
    return int(is_new), ""


def polled() -> list[str]:
    """Vendors that are asked for news: there are dozens."""
    found = Vendor.objects.filter(is_active=True).exclude(out_folder="", status_address="")
    return [str(pk) for pk in found.values_list("pk", flat=True)]


def read_answer(delivery_id: str, at: datetime | None = None) -> OrderMessage | None:
    """Keep what an HTTPS receiver answered to an order, when it is a message; once."""
    found = Delivery.objects.select_related("partner", "answer")
    delivery = found.filter(pk=delivery_id).first()
    sent = OrderMessage.objects.select_related("vendor").filter(delivery=UUID(delivery_id)).first()
    if delivery is None or sent is None or delivery.partner.channel != Channel.HTTPS:
        return None
    _head, _blank, body = (delivery.receipt or "").partition("\n\n")
    data = delivery.answer.read() if delivery.answer else body.strip().encode()
    if b"TXLife" not in data.replace(b"\0", b""):
        return None
    message, _new = hear(sent.vendor, data, "answer", at=at)
    return message
