"""Carriers, products, published editions, and the people of carriers who sign in."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from megler.accounts.models import User


class Carrier(models.Model):
    """An insurer whose products are sold. Known from its first published edition on."""

    slug = models.SlugField(max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """What is sold. Its rates and rules stand in the editions that name it."""

    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="products")
    code = models.SlugField(max_length=64)
    name = models.CharField(_("name"), max_length=200)
    line = models.CharField(_("line of business"), max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["carrier", "code"], name="product_once")]

    def __str__(self) -> str:
        return self.name


_ORDER = ("rate_book", "guide")
"""The kinds that quoting opens; form sets are opened when somebody applies."""


class EditionQuerySet(models.QuerySet["Edition"]):
    """Published editions; their content is left in the database until it is needed."""

    def standing(self, kind: str, on: date, carrier: str = "") -> "Sequence[Edition]":
        """Per carrier and series the edition in effect on `on`; where there is none, the nearest.

        `carrier` is the slug of the only one to look at.

        The nearest tells why a product is not offered on that day: its first edition takes effect
        later, or its last one has ended.
        """
        known = self.filter(kind=kind).defer("content").select_related("carrier")
        if carrier:
            known = known.filter(carrier__slug=carrier)
        coming, begun = known._nearest(on)
        found = {(e.carrier_id, e.series): e for e in coming}
        found |= {(e.carrier_id, e.series): e for e in begun}
        return list(found.values())

    def standing_ids(self, on: date) -> list[uuid.UUID]:
        """The keys of what is `standing` on `on`, rate books before guides."""
        found: dict[tuple[str, int, str], uuid.UUID] = {}
        for nearest in self.filter(kind__in=_ORDER)._nearest(on):
            for pk, kind, carrier, series in nearest.values_list(
                "pk", "kind", "carrier_id", "series"
            ):
                found[kind, carrier, series] = pk
        return [pk for _of, pk in sorted(found.items(), key=lambda one: _ORDER.index(one[0][0]))]

    def stamp(self) -> tuple[int, int]:
        """What differs whenever an edition was published since: their number, and whence each came.

        One short question instead of the two long ones of `standing_ids`.
        """
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*), coalesce(sum(xmin::text::bigint), 0) FROM {table}")  # noqa: S608
            number, writers = cursor.fetchone()
        return int(number), int(writers)

    def _nearest(self, on: date) -> "tuple[EditionQuerySet, EditionQuerySet]":
        """Of each kind, carrier and series the first edition after `on`, and the last up to it."""
        series = ("kind", "carrier_id", "series")
        coming = self.filter(effective_from__gt=on).order_by(*series, "effective_from")
        begun = self.filter(effective_from__lte=on).order_by(*series, "-effective_from")
        return coming.distinct(*series), begun.distinct(*series)


class Edition(models.Model):
    """A published rate book, guide or form set. The database refuses change and removal."""

    class Kind(models.TextChoices):
        RATE_BOOK = "rate_book", _("Rate book")
        GUIDE = "guide", _("Underwriting guide")
        FORM_SET = "form_set", _("Form set")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="editions")
    kind = models.CharField(max_length=16, choices=Kind)
    series = models.SlugField(max_length=64)
    title = models.CharField(max_length=200)
    effective_from = models.DateField()
    effective_until = models.DateField(null=True)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)
    products = models.ManyToManyField(Product, related_name="editions")

    objects: ClassVar[EditionQuerySet] = EditionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "kind", "series", "effective_from"], name="edition_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """How answers name this edition: carrier/series@effective date."""
        return f"{self.carrier.slug}/{self.series}@{self.effective_from.isoformat()}"


class EditionDraft(models.Model):
    """An edition that passed its check and is tried out: nothing stands on it until it is published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    carrier_slug = models.SlugField(max_length=64)
    carrier_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=Edition.Kind)
    series = models.SlugField(max_length=64)
    title = models.CharField(max_length=200)
    effective_from = models.DateField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=200)
    published = models.OneToOneField(Edition, models.PROTECT, null=True, related_name="draft")

    def __str__(self) -> str:
        return self.title


class CarrierMember(models.Model):
    """Somebody of a carrier who signs in, and sees what was sent to that carrier."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE)
    carrier = models.ForeignKey(Carrier, models.CASCADE, related_name="members")

    def __str__(self) -> str:
        return f"{self.user} ({self.carrier})"


def carriers_of(person: "User") -> models.QuerySet[Carrier]:
    """The carriers on whose side this person stands."""
    return Carrier.objects.filter(members__user=person)
