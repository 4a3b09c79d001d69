"""Vendors: what they do, how they take orders, what their codes mean."""

import hashlib
import secrets
import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.models import Carrier
from megler.orders import names
from megler.orders.rules.words import BY_PARTNER, Format
from megler.post.models import TradingPartner
from megler.vocabulary.codes import RequirementKind


class VendorQuerySet(models.QuerySet["Vendor"]):
    """Vendors, by who asks."""

    def visible_to(self, person: User) -> "VendorQuerySet":
        """All of them, to those who work cases."""
        return self.all() if person.may(Can.WORK_CASES) else self.none()

    def doing(self, kind: RequirementKind, jurisdiction: str) -> "VendorQuerySet":
        """Those in use who do a kind of requirement in a state, by name."""
        where = models.Q(jurisdictions=[]) | models.Q(jurisdictions__contains=[jurisdiction])
        found = self.filter(where, is_active=True, kinds__contains=[kind.value])
        return found.order_by("name", "pk")


class Vendor(models.Model):
    """Somebody who does requirements for us.

    `requirement_codes` are its numbers (TXLife) or service codes (NAILBA) by our kinds, `status_codes`
    what its own codes mean; `layout` the columns of NAILBA records that are not published. It is
    asked for news at `status_address`, or in the `out_folder` of its SFTP server. `push_digest` is of
    the key with which it sends us messages. Without `jurisdictions` it works everywhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("short name"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=100)
    kinds = models.JSONField(default=list)
    jurisdictions = models.JSONField(default=list)
    format = models.CharField(
        _("takes orders as"), max_length=16, choices=names.choices(names.FORMAT)
    )
    partner = models.ForeignKey(
        TradingPartner, models.PROTECT, null=True, blank=True, related_name="vendors"
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    address = models.CharField(_("postal address"), max_length=300, blank=True)
    vendor_code = models.CharField(_("our code with them"), max_length=40, blank=True)
    requirement_codes = models.JSONField(default=dict)
    status_codes = models.JSONField(default=dict)
    layout = models.TextField(blank=True)
    out_folder = models.CharField(max_length=300, blank=True)
    status_address = models.CharField(max_length=500, blank=True)
    answer_days = models.PositiveSmallIntegerField(_("answers within, business days"), default=2)
    push_digest = models.CharField(max_length=64, unique=True, null=True)
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    polled_at = models.DateTimeField(null=True)
    poll_trouble = models.CharField(max_length=40, blank=True)

    objects: ClassVar[VendorQuerySet] = VendorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, str]:
        """What it is to the journal."""
        return "vendor", str(self.pk)

    @property
    def takes_files(self) -> bool:
        """Whether its orders go to a trading partner."""
        return Format(self.format) in BY_PARTNER

    def does(self, kind: str) -> bool:
        return kind in self.kinds

    @staticmethod
    def digest_of(key: str) -> str:
        return hashlib.sha256(key.encode()).hexdigest()

    def new_key(self) -> str:
        """A new key for its messages to us; shown this once. The caller saves."""
        key = "mv_" + secrets.token_urlsafe(32)
        self.push_digest = self.digest_of(key)
        return key

    @classmethod
    def behind(cls, key: str) -> "Vendor | None":
        """The vendor whose key this is, if it is in use."""
        return cls.objects.filter(push_digest=cls.digest_of(key), is_active=True).first()


class VendorAccount(models.Model):
    """Our account with a vendor, for one carrier; without a carrier, for all others."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vendor = models.ForeignKey(Vendor, models.CASCADE, related_name="accounts")
    carrier = models.ForeignKey(Carrier, models.CASCADE, null=True, blank=True, related_name="+")
    account = models.CharField(_("account number"), max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "carrier"], nulls_distinct=False, name="vendor_account_once"
            )
        ]

    def __str__(self) -> str:
        return self.account
