"""Tasks that orders put up, and take down once they are done."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from megler.accounts.rules.roles import Role
from megler.journal.rules.actors import SYSTEM, Actor
from megler.orders.models import Order, OrderMessage, OrderWord
from megler.vocabulary.problems import Problem
from megler.work.actions import add_task, finish_tasks_about
from megler.work.models import Task


def _once(
    about: tuple[str, object], title: str, url: str, told: dict[str, str], at: datetime
) -> None:
    """Put a task up unless it stands."""
    if not Task.objects.open_about(about).exists():
        due = timezone.localdate(at)
        add_task(SYSTEM, title, about, due, role=Role.CASE_MANAGER, url=url, told=told, at=at)


def put_up_tray(word: OrderWord, at: datetime) -> None:
    """Somebody must say whose it is."""
    title = gettext_noop("See whose message from %(vendor)s this is")
    url = reverse("order_tray_word", args=[word.pk])
    _once(("order_word", word.pk), title, url, {"vendor": word.message.vendor.name}, at)


def put_up_unreadable(message: OrderMessage, problems: Iterable[Problem], at: datetime) -> None:
    """Somebody must ask the vendor for it in another form."""
    title = gettext_noop("Read the message from %(vendor)s that could not be understood")
    url = reverse("order_tray")
    _once(("order_message", message.pk), title, url, {"vendor": message.vendor.name}, at)


def put_up_fee(order: Order, at: datetime) -> None:
    """Somebody must decide on a fee."""
    title = gettext_noop("Decide on the fee that %(vendor)s asks for %(order)s")
    told = {"vendor": order.vendor.name, "order": order.reference}
    _once(("order_fee", order.pk), title, reverse("order", args=[order.pk]), told, at)


def put_up_failed(order: Order, at: datetime) -> None:
    """Somebody must find another way."""
    title = gettext_noop("Find another way: %(vendor)s cannot do %(order)s")
    told = {"vendor": order.vendor.name, "order": order.reference}
    _once(("order_failed", order.pk), title, reverse("order", args=[order.pk]), told, at)


def put_up_silence(order: Order, at: datetime) -> None:
    """Somebody must ask whether the vendor has it at all."""
    title = gettext_noop("Ask %(vendor)s for %(order)s: no word since it was ordered")
    told = {"vendor": order.vendor.name, "order": order.reference}
    _once(("order_silent", order.pk), title, reverse("order", args=[order.pk]), told, at)


def is_done(actor: Actor, what: str, pk: object, at: datetime) -> None:
    """Take down the task about it."""
    finish_tasks_about(actor, (what, pk), at)
