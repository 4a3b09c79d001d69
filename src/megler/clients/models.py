"""Clients, and who may see which."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField
from megler.accounts.models import User
from megler.clients.rules.people import ClientKind, Known, full_name, words_of
from megler.vocabulary.codes import Sex

LAST = "\U0010ffff"
"""Comes after every letter."""


class ClientQuerySet(models.QuerySet["Client"]):
    """Clients, by who asks."""

    def visible_to(self, person: User) -> "ClientQuerySet":
        """Staff see all; others those to whom they have access now."""
        if person.is_staff_member:
            return self.all()
        now = timezone.now()
        open_now = ClientAccess.objects.filter(
            models.Q(until=None) | models.Q(until__gt=now),
            person=person,
            client=models.OuterRef("pk"),
            since__lte=now,
        )
        return self.filter(models.Exists(open_now))

    def first_named(self, words: str, most: int) -> list[uuid.UUID]:
        """The first of the clients in whose names each of the words begins one, by the alphabet.

        Costs the same however many there are: the longest word is looked up, the others are held
        against the names that stand beside it.
        """
        wanted = sorted(words_of(words), key=len, reverse=True)
        if not wanted:
            return []
        begins = ClientWord.objects.filter(word__gte=wanted[0], word__lt=wanted[0] + LAST)
        for word in wanted[1:]:
            begins = begins.filter(name__regex=rf"(^| ){word}")
        rows = begins.order_by("word", "name", "client").values_list("client", flat=True)
        return list(dict.fromkeys(rows[: 2 * most]))[:most]


class Client(models.Model):
    """A person or organisation that is insured, owns or pays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices={ClientKind.PERSON: _("Person"), ClientKind.ORGANISATION: _("Organisation")},
        default=ClientKind.PERSON,
    )
    name = models.CharField(_("name"), max_length=200, help_text="as it is read")
    name_key = models.CharField(max_length=200, help_text="for finding the same client again")
    first_name = models.CharField(_("first name"), max_length=200, blank=True)
    middle_name = models.CharField(_("middle name"), max_length=200, blank=True)
    last_name = models.CharField(_("last name"), max_length=200, blank=True)
    born = models.DateField(_("date of birth"), null=True)
    sex = models.CharField(
        _("sex"),
        max_length=6,
        blank=True,
        choices={Sex.FEMALE: _("Female"), Sex.MALE: _("Male")},
    )
    ssn = EncryptedField(null=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=200, blank=True)
    zip = models.CharField(_("ZIP code"), max_length=10, blank=True)
    jurisdiction = models.CharField(_("state"), max_length=2, blank=True)
    created_at = models.DateTimeField(_("known since"))
    changed_at = models.DateTimeField(_("changed"))

    objects: ClassVar[ClientQuerySet] = ClientQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["name_key", "born"], name="client_name_born"),
            models.Index("zip", Upper("street"), name="client_household"),
        ]

    def __str__(self) -> str:
        return self.name

    def known(self) -> Known:
        """What is known, as the rules take it."""
        return Known(
            kind=ClientKind(self.kind),
            name=self.name if self.kind == ClientKind.ORGANISATION else "",
            first_name=self.first_name,
            middle_name=self.middle_name,
            last_name=self.last_name,
            born=self.born,
            sex=Sex(self.sex) if self.sex else None,
            ssn=self.ssn or "",
            email=self.email,
            phone=self.phone,
            street=self.street,
            unit=self.unit,
            city=self.city,
            zip=self.zip,
            jurisdiction=self.jurisdiction,
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it, and the words that it is found by when they have become others."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            name = " ".join(words_of(self.name))
            words = set(words_of(f"{self.name} {self.name_key}"))
            standing = ClientWord.objects.filter(client=self)
            if set(standing.values_list("word", "name")) != {(word, name) for word in words}:
                standing.delete()
                ClientWord.objects.bulk_create(
                    ClientWord(client=self, word=word, name=name) for word in words
                )

    def take(self, known: Known) -> None:
        """Take over what is known; what is unknown leaves the record as it was."""
        for part in Known.__slots__:
            if part != "name" and (value := getattr(known, part)):
                setattr(self, part, value)
        self.name = full_name(known)

    @property
    def ssn_masked(self) -> str:
        """The last four digits, the rest hidden; empty when unknown."""
        return f"•••-••-{self.ssn[-4:]}" if self.ssn else ""


class ClientAccess(models.Model):
    """That a person may see a client, for a time. Granted by later rooms, read by `visible_to`."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="access")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="client_access"
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "person"],
                condition=models.Q(until=None),
                name="client_access_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="client_access_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["person", "client"], name="client_access_person")]

    def __str__(self) -> str:
        return f"{self.person} → {self.client}"


class ClientWord(models.Model):
    """A word of a client's name, beside the whole of it: what clients are found by."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="+", db_index=True)
    word = models.CharField(max_length=200, db_collation="C")
    name = models.CharField(max_length=200, db_collation="C")

    class Meta:
        indexes = [models.Index(fields=["word", "name", "client"], name="client_word")]

    def __str__(self) -> str:
        return self.word
