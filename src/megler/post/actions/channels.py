"""One try of a delivery by its partner's channel: what goes on the wire, and what came of it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from megler.accounts.encryption import CannotOpen
from megler.post.actions.messages import OF_DELIVERY, Enclosure, readdress, send, send_now
from megler.post.models import Delivery, Message, MessageState, TradingPartner
from megler.post.rules.partners import Channel
from megler.vocabulary.problems import Refused
from megler.wires.carried import Answer, Carried, Outcome
from megler.wires.https import posting
from megler.wires.sftp import putting

TRY_SECONDS = 300
"""What a try may take, and so much more as the files take at `BYTES_A_SECOND`."""
BYTES_A_SECOND = 500_000
CHECK_SECONDS = 20
"""What a person waits for."""
_SFTP_PORT = 22


def carried(delivery: Delivery) -> Answer:
    """Try once. Whatever was done already by an earlier try is not done a second time."""
    if not delivery.partner.is_active:
        return Answer(Outcome.REFUSED, "partner_not_in_use")
    way: dict[str, Callable[[Delivery], Answer]] = {
        Channel.SFTP: _by_sftp,
        Channel.HTTPS: _by_https,
        Channel.EMAIL: _by_email,
    }
    try:
        return way[delivery.partner.channel](delivery)
    except (CannotOpen, FileNotFoundError, Refused) as error:
        return Answer(Outcome.LATER, "document_unreadable", type(error).__name__)


def tidy(delivery: Delivery) -> None:
    """After it is written down that the files are there: take away what earlier tries would need."""
    if delivery.partner.channel == Channel.SFTP:
        account = sftp_account(delivery.partner, CHECK_SECONDS)
        putting.clear_marks(account, _files(delivery, whole=False), delivery.pk.hex)


def checked(partner: TradingPartner) -> Answer:
    """Sign in at the partner's and send nothing."""
    if partner.channel == Channel.SFTP:
        return putting.check(sftp_account(partner, CHECK_SECONDS))
    if partner.channel == Channel.HTTPS:
        return posting.check(https_account(partner, CHECK_SECONDS))
    return _mail_server_answers()


def _by_sftp(delivery: Delivery) -> Answer:
    files = _files(delivery)
    return putting.put(sftp_account(delivery.partner, _seconds(files)), files, delivery.pk.hex)


def _by_https(delivery: Delivery) -> Answer:
    files = _files(delivery)
    account = https_account(delivery.partner, _seconds(files))
    return posting.post(account, files, _key(delivery, len(files)))


def _seconds(files: list[Carried]) -> float:
    return TRY_SECONDS + sum(len(one.content) for one in files) / BYTES_A_SECOND


def _key(delivery: Delivery, files: int) -> str:
    """What the receiver knows it by: the same on every try, until the receiver refused it whole.

    A receiver that keeps to its keys would give the same refusal again for ever. Who was not let in,
    or asked at the wrong place, was not told what became of an earlier try: the key stays.
    """
    is_whole = delivery.partner.shape == posting.Shape.MULTIPART or files == 1
    refused = delivery.tries.filter(outcome=Outcome.REFUSED, why=posting.REFUSED_WHOLE)
    refusals = refused.count() if is_whole else 0
    return f"{delivery.pk}-again-{refusals}" if refusals else str(delivery.pk)


def sftp_account(partner: TradingPartner, seconds: float) -> putting.Account:
    """The partner's SFTP server, and how we sign in there."""
    return putting.Account(
        host=partner.address,
        port=partner.port or _SFTP_PORT,
        user=partner.user,
        host_keys=partner.host_keys,
        password=partner.secret,
        private_key=partner.private_key,
        folder=partner.folder,
        seconds=seconds,
    )


def https_account(partner: TradingPartner, seconds: float) -> posting.Account:
    """The partner's address, and how we sign in there."""
    return posting.Account(
        address=partner.address,
        user=partner.user,
        secret=partner.secret,
        authority=partner.authority,
        shape=posting.Shape(partner.shape),
        seconds=seconds,
    )


def _files(delivery: Delivery, *, whole: bool = True) -> list[Carried]:
    found = delivery.files.select_related("document")
    return [
        Carried(one.name, one.document.read() if whole else b"", one.document.content_type)
        for one in found
    ]


def _by_email(delivery: Delivery) -> Answer:
    """By the outbox: one message for all tries, so that its Message-ID stays the same."""
    if not settings.EMAIL_HOST:
        return Answer(Outcome.REFUSED, "mail_server_missing")
    if delivery.message is None:
        try:
            with transaction.atomic():
                delivery.message = _letter(delivery)
                delivery.save(update_fields=["message"])
        except Refused as refused:
            return Answer(Outcome.REFUSED, refused.problems[0].code, str(refused))
    try:
        readdress(delivery.message, delivery.partner.address, delivery.partner.name)
    except Refused as refused:
        return Answer(Outcome.REFUSED, refused.problems[0].code, str(refused))
    send_now(delivery.message.pk)
    sent = Message.objects.get(pk=delivery.message.pk)
    if sent.state == MessageState.SENT:
        return Answer(Outcome.TAKEN, said=f"{sent.to} Message-ID {sent.message_id}")
    for_good = sent.state == MessageState.GIVEN_UP
    code = "refused_by_receiver" if for_good else "mail_not_sent"
    return Answer(Outcome.REFUSED if for_good else Outcome.LATER, code, sent.last_error)


def _letter(delivery: Delivery) -> Message:
    enclosed = [Enclosure(one.document, one.name) for one in delivery.files.all()]
    with override(settings.LANGUAGE_CODE):
        told: dict[str, Any] = {"title": delivery.title, "number": delivery.pk}
        text = _("The files of %(title)s are enclosed.\n\nDelivery %(number)s") % told
    return send(
        delivery.partner.address,
        delivery.title,
        text,
        (OF_DELIVERY, delivery.pk),
        to_name=delivery.partner.name,
        enclosed=enclosed,
    )


def _mail_server_answers() -> Answer:
    if not settings.EMAIL_HOST:
        return Answer(Outcome.REFUSED, "mail_server_missing")
    connection: Any = get_connection()
    try:
        connection.open()
        connection.close()
    except OSError as error:
        return Answer(Outcome.LATER, "mail_not_sent", str(error)[:300])
    return Answer(Outcome.TAKEN)
