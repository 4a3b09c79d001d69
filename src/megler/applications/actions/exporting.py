"""An application as a 103: read by whoever may see it, and sent to the carrier when it is submitted."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.applications.acord import application_as_message
from megler.applications.models import Application
from megler.applications.models_messages import ApplicationMessage, Direction, MessageDialect
from megler.applications.rules.moments import ApplicationSubmitted
from megler.documents.actions import Examined, keep
from megler.documents.models import Document, Standing
from megler.documents.rules.pages import Taken
from megler.exchange.txlife.dialects import ACORD, Dialect, read_dialect
from megler.journal.actions import record
from megler.journal.rules.actors import SYSTEM, Actor
from megler.post.actions.deliveries import Enclosure, deliver
from megler.post.models import Delivery, TradingPartner
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions import add_task


def export(
    person: User,
    application: Application,
    dialect: Dialect | None = None,
    at: datetime | None = None,
) -> bytes:
    """The 103 of an application, with its signed packet when there is one. Raises `Refused`.

    Without a dialect everything that is kept of it stands in it, for an archive or another agency;
    with one only what is asked as things stand, for that partner.
    """
    visible = Application.objects.visible_to(person).select_related(
        "agent", "product__carrier", "packet"
    )
    held = visible.filter(pk=application.pk).first()
    if held is None:
        raise Refused(Problem("not_allowed", "application"))
    data = application_as_message(
        held,
        at or timezone.now(),
        dialect or ACORD,
        files=[held.packet] if held.packet else [],
        whole=dialect is None,
    )
    told = {"dialect": dialect.name if dialect else "", "bytes": len(data)}
    record(person.actor(), "application.exported", held.subject, told, at)
    return data


def keep_dialect(actor: Actor, slug: str, text: str, at: datetime | None = None) -> MessageDialect:
    """Keep a partner's dialect under a short name, in place of what stood there. Raises `Refused`."""
    found, problems = read_dialect(text)
    if not slug or slug != slug.lower() or not slug.replace("-", "").isalnum() or len(slug) > 64:
        problems.append(Problem("wrong_value", "name", slug[:80], "fjord-life"))
    if found is None or problems:
        raise Refused(problems)
    at = at or timezone.now()
    with transaction.atomic():
        kept, _new = MessageDialect.objects.update_or_create(
            slug=slug,
            defaults={
                "carrier_slug": found.carrier[:64],
                "name": found.name[:200],
                "text": text,
                "kept_at": at,
                "kept_by": actor.name,
            },
        )
        record(actor, "dialect.kept", ("dialect", kept.pk), {"name": slug}, at)
    return kept


def send_to_carrier(moment: ApplicationSubmitted) -> Delivery | None:
    """Put the signed packet and the 103 up for delivery to the carrier, once; None without a partner.

    Where the partner's dialect is not kept here nothing goes, and staff are told: a message in
    another dialect would be worse than none. The application stays submitted.
    """
    held = Application.objects.select_related("agent", "product__carrier", "packet").get(
        pk=moment.application_id
    )
    if sent := Delivery.objects.filter(key=_key(held)).first():
        return sent
    partner = TradingPartner.objects.in_use(held.product.carrier.slug)
    if partner is None or held.packet is None:
        return None
    try:
        with transaction.atomic():
            return _delivered(held, partner, held.packet, moment.at)
    except Refused as refused:
        _tell_staff(held, partner, refused, moment.at)
        return None


def _key(held: Application) -> str:
    return f"application {held.pk}"


def _delivered(
    held: Application, partner: TradingPartner, packet: Document, at: datetime
) -> Delivery:
    dialect = MessageDialect.objects.named(partner.dialect)
    guid = str(held.pk)
    data = application_as_message(held, at, dialect, files=[packet], guid=guid)
    name = f"{held.reference}.xml"
    made = Examined(name, data, Taken("application/xml", 1), Standing.CLEAR)
    document = keep(SYSTEM, made, at)
    ApplicationMessage.objects.create(
        application=held,
        direction=Direction.SENT,
        document=document,
        guid=guid,
        sender=dialect.vendor[:200],
        tracking_id=held.reference,
        dialect=dialect.name[:64],
        at=at,
        by_name=SYSTEM.name,
    )
    return deliver(
        SYSTEM,
        partner,
        held.subject,
        [Enclosure(packet, f"{held.reference}.pdf"), Enclosure(document, name)],
        key=_key(held),
        title=str(held),
        url=reverse("application", args=[held.pk]),
        at=at,
    )


def _tell_staff(held: Application, partner: TradingPartner, refused: Refused, at: datetime) -> None:
    codes = [one.code for one in refused.problems]
    told = {"partner": partner.slug, "problems": codes}
    record(SYSTEM, "application.not_sent", held.subject, told, at)
    add_task(
        SYSTEM,
        gettext_noop("%(application)s was not sent to %(partner)s: %(why)s"),
        held.subject,
        timezone.localdate(at) + timedelta(days=1),
        role=Role.NEW_BUSINESS,
        url=reverse("application", args=[held.pk]),
        told={"application": held.reference, "partner": partner.name, "why": ", ".join(codes)},
        at=at,
    )
