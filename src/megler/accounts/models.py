"""People who sign in, and the keys with which their programs do."""

import hashlib
import secrets
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from megler.accounts.rules.roles import SELLERS, STAFF, Can, Role, may
from megler.journal.rules.actors import Actor

ROLE_NAMES = {
    Role.ADMINISTRATOR: _("Administrator"),
    Role.CASE_MANAGER: _("Case manager"),
    Role.NEW_BUSINESS: _("New business"),
    Role.UNDERWRITER: _("Underwriter"),
    Role.LICENSING: _("Licensing"),
    Role.SERVICE: _("Service"),
    Role.ACCOUNTING: _("Accounting"),
    Role.AGENT: _("Agent"),
    Role.ASSISTANT: _("Agent's assistant"),
    Role.CARRIER: _("Carrier"),
}


class Users(BaseUserManager["User"]):
    """Makes users; e-mail addresses are kept in lower case."""

    def create_user(
        self, email: str, password: str | None = None, *, name: str, role: Role, **more: Any
    ) -> "User":
        user = self.model(email=email.strip().lower(), name=name, role=role, **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in, in one role."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=16, choices=ROLE_NAMES)
    language = models.CharField(_("language"), max_length=5, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    shut_out = models.PositiveIntegerField(default=0, help_text="how often the way in was closed")
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    objects: ClassVar[Users] = Users()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name

    def may(self, what: Can) -> bool:
        """Whether this person's role may do `what`."""
        return self.is_active and may(self.role, what)

    def get_session_auth_hash(self) -> str:
        """What a session must show: with another password, or once shut out, old ones are over."""
        return f"{super().get_session_auth_hash()}.{self.shut_out}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under keys of the installation that were in use before."""
        for found in super().get_session_auth_fallback_hash():
            yield f"{found}.{self.shut_out}"

    @property
    def is_staff_member(self) -> bool:
        """One of the agency's own people."""
        return self.role in STAFF

    @property
    def is_seller(self) -> bool:
        """An agent or an agent's assistant."""
        return self.role in SELLERS

    def actor(self, address: str = "") -> Actor:
        """This person as the journal knows them."""
        from megler.accounts.middleware import current_address

        return Actor(str(self.pk), self.name, self.role, address or current_address())


class ApiKey(models.Model):
    """A key with which a program acts as a person. Only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"

    @staticmethod
    def digest_of(key: str) -> str:
        return hashlib.sha256(key.encode()).hexdigest()

    @classmethod
    def make(cls, user: User, name: str) -> str:
        """Make a key for `user` and return it; it is shown this once."""
        key = "mk_" + secrets.token_urlsafe(32)
        cls.objects.create(user=user, name=name, digest=cls.digest_of(key))
        return key

    @classmethod
    def person(cls, key: str) -> User | None:
        """Whose key this is, if it is in use and they may sign in."""
        found = (
            cls.objects.select_related("user")
            .filter(digest=cls.digest_of(key), revoked_at=None, user__is_active=True)
            .first()
        )
        return found.user if found else None

    def revoke(self, at: datetime) -> None:
        self.revoked_at = at
        self.save(update_fields=["revoked_at"])


class Tally(models.Model):
    """How often `who` did `what` within one span of time; what limits count, in every process."""

    what = models.CharField(max_length=40)
    who = models.CharField(max_length=64, help_text="a digest: no address is kept")
    since = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["what", "who", "since"], name="tally_once_a_span")
        ]
        indexes = [models.Index(fields=["since"], name="tally_since")]

    def __str__(self) -> str:
        return f"{self.what}: {self.count} since {self.since}"
