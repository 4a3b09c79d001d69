"""What is done to people who sign in: inviting, closing and opening their way in, their keys."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from megler.accounts.models import ApiKey, User
from megler.accounts.rules.roles import Can, Role
from megler.journal.actions import later, record
from megler.vocabulary.problems import Problem, Refused

NAME_LENGTH_MAX = 200
KEYS_MAX = 20
_FIRST = 0x6669727374
"""The advisory lock under which the first administrator is made, so that there is one."""


def setup_token() -> str:
    """The secret in the address `/setup/<token>/`; empty once there is an administrator.

    It follows from SECRET_KEY, so every process of the installation knows the same one.
    """
    if User.objects.filter(role=Role.ADMINISTRATOR).exists():
        return ""
    words = f"first administrator of {settings.DATABASES['default']['NAME']}"
    return salted_hmac("megler.accounts.setup", words, algorithm="sha256").hexdigest()[:40]


def create_first_administrator(
    email: str, name: str, password: str, token: str, at: datetime | None = None
) -> User:
    """Make the administrator of an empty installation. Whoever holds the token may, once."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_FIRST])
        expected = setup_token()
        if not expected or not constant_time_compare(token, expected):
            raise Refused(Problem("setup_over", "token"))
        problems = _problems_of(email, name)
        person = User(email=email.strip().lower(), name=name.strip(), role=Role.ADMINISTRATOR)
        problems += _problems_of_password(password, person)
        if problems:
            raise Refused(problems)
        person.set_password(password)
        person.save()
        record(person.actor(), "person.first_administrator", ("person", person.pk), at=at)
    return person


def invite(person: User, email: str, name: str, role: str, at: datetime | None = None) -> User:
    """Give somebody a way in: they get a link by e-mail with which they choose their password."""
    _must(person)
    problems = _problems_of(email, name)
    if role not in set(Role):
        problems.append(Problem("unknown_role", "role", role, ", ".join(Role)))
    if problems:
        raise Refused(problems)
    try:
        with transaction.atomic():
            invited = User.objects.create_user(email, name=name.strip(), role=Role(role))
            told = {"role": role, "name": invited.name}
            record(person.actor(), "person.invited", ("person", invited.pk), told, at)
            later("accounts.jobs.send_invitation", person=str(invited.pk))
    except IntegrityError:
        raise Refused(Problem("email_taken", "email", email.strip().lower())) from None
    return invited


def send_invitation_again(person: User, other: UUID, at: datetime | None = None) -> User:
    """Send the link to choose a password once more; the old link stays as good as it was."""
    _must(person)
    with transaction.atomic():
        invited = _locked(other)
        if not invited.is_active:
            raise Refused(Problem("person_inactive", invited.name))
        record(person.actor(), "person.invited_again", ("person", invited.pk), at=at)
        later("accounts.jobs.send_invitation", person=str(invited.pk))
    return invited


def deactivate(person: User, other: UUID, at: datetime | None = None) -> User:
    """Close somebody's way in at once: sessions for good, sign-in and keys until it is opened again.

    Nothing of theirs is removed.
    """
    _must(person)
    with transaction.atomic():
        _keep_an_administrator(other)
        closed = _locked(other)
        if closed.pk == person.pk:
            raise Refused(Problem("not_yourself", closed.name))
        if closed.is_active:
            closed.is_active, closed.shut_out = False, closed.shut_out + 1
            closed.save(update_fields=["is_active", "shut_out"])
            record(person.actor(), "person.deactivated", ("person", closed.pk), at=at)
    return closed


def reactivate(person: User, other: UUID, at: datetime | None = None) -> User:
    """Open somebody's way in again, with the password they had."""
    _must(person)
    with transaction.atomic():
        opened = _locked(other)
        if not opened.is_active:
            opened.is_active = True
            opened.save(update_fields=["is_active"])
            record(person.actor(), "person.reactivated", ("person", opened.pk), at=at)
    return opened


def change_role(person: User, other: UUID, role: str, at: datetime | None = None) -> User:
    """Give somebody another role. The last administrator stays one."""
    _must(person)
    if role not in set(Role):
        raise Refused(Problem("unknown_role", "role", role, ", ".join(Role)))
    with transaction.atomic():
        if role != Role.ADMINISTRATOR:
            _keep_an_administrator(other)
        changed = _locked(other)
        before = changed.role
        if before != role:
            changed.role = role
            changed.save(update_fields=["role"])
            told = {"from": before, "to": role}
            record(person.actor(), "person.role_changed", ("person", changed.pk), told, at)
    return changed


def change_profile(person: User, name: str, language: str, at: datetime | None = None) -> User:
    """Change one's own name and language; an empty language follows the browser."""
    problems = _problems_of_name(name)
    if language not in {"", *dict(settings.LANGUAGES)}:
        problems.append(Problem("unknown_language", "language", language))
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        mine = _locked(person.pk)
        told = _changes(mine, {"name": name.strip(), "language": language})
        if told:
            mine.save(update_fields=list(told))
            record(mine.actor(), "person.changed", ("person", mine.pk), told, at)
    return mine


def make_key(person: User, name: str, at: datetime | None = None) -> str:
    """Make an API key that acts as its maker; the answer is the key, never told again."""
    if not 1 <= len(name.strip()) <= 100:
        raise Refused(Problem("missing", "name", name[:40], "1–100"))
    with transaction.atomic():
        _locked(person.pk)
        if person.api_keys.filter(revoked_at=None).count() >= KEYS_MAX:
            raise Refused(Problem("too_many_keys", "name", "", str(KEYS_MAX)))
        key = ApiKey.make(person, name.strip())
        told = {"name": name.strip()}
        record(person.actor(), "key.made", ("person", person.pk), told, at)
    return key


def revoke_key(person: User, key: int, at: datetime | None = None) -> ApiKey:
    """Make one's own key useless from now on."""
    with transaction.atomic():
        mine = person.api_keys.select_for_update(no_key=True).filter(pk=key).first()
        if mine is None:
            raise Http404
        if mine.revoked_at is None:
            mine.revoke(at or timezone.now())
            told = {"name": mine.name}
            record(person.actor(), "key.revoked", ("person", person.pk), told, at)
    return mine


def _must(person: User) -> None:
    if not person.may(Can.CHANGE_PEOPLE):
        raise Refused(Problem("not_allowed", person.name))


def _locked(pk: UUID) -> User:
    return get_object_or_404(User.objects.select_for_update(no_key=True), pk=pk)


def _keep_an_administrator(leaving: UUID) -> None:
    """Refuse if `leaving` is the only one who can let people in. Locks the administrators."""
    among = User.objects.select_for_update(no_key=True).filter(
        role=Role.ADMINISTRATOR, is_active=True
    )
    staying = list(among.order_by("pk").values_list("pk", flat=True))
    if staying == [leaving]:
        raise Refused(Problem("last_administrator"))


def _changes(person: User, wanted: dict[str, str]) -> dict[str, Any]:
    """Set what differs, and say what."""
    told = {name: value for name, value in wanted.items() if getattr(person, name) != value}
    for name, value in told.items():
        setattr(person, name, value)
    return told


def _problems_of_name(name: str) -> list[Problem]:
    if not name.strip():
        return [Problem("missing", "name", "", "name")]
    if len(name.strip()) > NAME_LENGTH_MAX:
        return [Problem("too_long", "name", str(len(name.strip())), str(NAME_LENGTH_MAX))]
    return []


def _problems_of(email: str, name: str) -> list[Problem]:
    problems = _problems_of_name(name)
    try:
        validate_email(email.strip())
    except ValidationError:
        problems.append(Problem("not_an_email", "email", email.strip()[:80]))
    return problems


def _problems_of_password(password: str, person: User) -> list[Problem]:
    try:
        validate_password(password, person)
    except ValidationError as error:
        return [Problem("weak_password", "password", "", text) for text in error.messages]
    return []
