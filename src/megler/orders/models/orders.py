"""Orders and their items."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import Case, CaseDocument, Requirement
from megler.orders import names
from megler.orders.models.facilities import Facility
from megler.orders.models.permits import Authorisation
from megler.orders.models.vendors import Vendor
from megler.orders.rules.words import OPEN_ORDERS, FeeState, ItemState, OrderState

_OPEN = sorted(state.value for state in OPEN_ORDERS)


class OrderQuerySet(models.QuerySet["Order"]):
    """Orders, by who asks."""

    def visible_to(self, person: User) -> "OrderQuerySet":
        """All, to those who work cases: they hold health. Others see the requirement."""
        return self.all() if person.may(Can.WORK_CASES) else self.none()

    def still_open(self) -> "OrderQuerySet":
        """Those of which something is still to come."""
        return self.filter(state__in=_OPEN)


class Order(models.Model):
    """Requirements of one case, placed together with one vendor.

    `state` is what the vendor's words say together, kept for lists. `words_at` is the vendor's own
    time of its latest word, `heard_at` when we heard the last one. `guid` names our first message to
    it, so that its answer is known. `cancelled_at` is when we cancelled.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(
        unique=True, db_default=Func(Value("order_number"), function="nextval")
    )
    case = models.ForeignKey(Case, models.CASCADE, related_name="orders")
    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="orders")
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="orders")
    authorisation = models.ForeignKey(Authorisation, models.PROTECT, null=True, related_name="+")
    again = models.ForeignKey("self", models.PROTECT, null=True, related_name="made_again")
    state = models.CharField(_("state"), max_length=10, choices=names.choices(names.ORDER_STATE))
    account = models.CharField(max_length=40, blank=True)
    vendor_number = models.CharField(max_length=60, blank=True)
    details: Any = EncryptedField(blank=True, default=str)
    guid = models.CharField(max_length=64, unique=True)
    appointment = models.DateTimeField(null=True)
    fee_asked = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    fee_asked_at = models.DateTimeField(null=True)
    fee_state = models.CharField(max_length=8, choices=names.choices(names.FEE_STATE), blank=True)
    fee_by = models.CharField(max_length=200, blank=True)
    ordered_at = models.DateTimeField(_("ordered"))
    ordered_by = models.CharField(max_length=200)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=40, blank=True)
    words_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    chased_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    because: Any = EncryptedField(blank=True, default=str)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[OrderQuerySet] = OrderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=_OPEN, ended_at=None)
                | (~Q(state__in=_OPEN) & Q(ended_at__isnull=False)),
                name="order_ended_has_time",
            ),
            models.CheckConstraint(
                condition=Q(fee_state="") | Q(fee_asked__isnull=False), name="order_fee_is_asked"
            ),
        ]
        indexes = [
            models.Index(fields=["-number"], name="order_newest"),
            models.Index(fields=["case", "-number"], name="order_of_case"),
            models.Index(fields=["vendor", "-number"], name="order_of_vendor"),
            models.Index(
                fields=["state", "-number"], condition=Q(ended_at=None), name="order_still_open"
            ),
            models.Index(
                fields=["ordered_at"],
                condition=Q(heard_at=None, ended_at=None, chased_at=None),
                name="order_silent",
            ),
            models.Index(
                fields=["facility", "-ended_at"], condition=Q(state="received"), name="order_measured"
            ),
            models.Index(
                fields=["-number"], condition=Q(fee_state=FeeState.ASKED.value), name="order_fee"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number as people say it.

        >>> Order(number=10001).reference
        'O-10001'
        """
        return f"O-{self.number}"

    @property
    def subject(self) -> tuple[str, str]:
        """What it is to the journal, the post and tasks."""
        return "order", str(self.pk)

    @property
    def is_open(self) -> bool:
        return OrderState(self.state) in OPEN_ORDERS


class OrderItem(models.Model):
    """One requirement of an order. `unique_id` is what the vendor calls it back by; `is_current`: no
    newer order has taken its requirement over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, models.CASCADE, related_name="items")
    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="order_items")
    unique_id = models.CharField(max_length=64, unique=True)
    position = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=names.choices(names.ITEM_STATE), default=ItemState.ORDERED.value
    )
    is_current = models.BooleanField(default=True)
    received_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement"], condition=Q(is_current=True), name="order_item_current_once"
            ),
            models.UniqueConstraint(fields=["order", "requirement"], name="order_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.requirement}"


class OrderPaper(models.Model):
    """A result that lies on a requirement; `digest` is of the file as the vendor sent it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(OrderItem, models.CASCADE, related_name="papers")
    paper = models.ForeignKey(CaseDocument, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "digest"], name="order_paper_once")]

    def __str__(self) -> str:
        return str(self.paper)


def open_states() -> list[str]:
    """The states of orders of which something is still to come."""
    return [state.value for state in OrderState if state in OPEN_ORDERS]
