"""Encryption of fields, files and kept answers: AES-256-GCM, bound to their row, with several keys.

A stored value is: version (1 byte), the key's fingerprint (4), nonce (12), ciphertext and tag. The
table, column and primary key are authenticated with it, so a value copied to another row, column
or table does not open. Primary keys must therefore be set before saving (UUIDs are). The first key
of FIELD_KEYS encrypts; every key listed opens, so that keys can be rotated.
"""

import hashlib
import hmac
import json
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

_VERSION = b"\x01"


class CannotOpen(Exception):
    """A stored value that none of the keys opens in its place."""


@lru_cache(maxsize=16)
def fingerprint(key: bytes) -> bytes:
    """The four bytes that name a key without telling it."""
    return hashlib.sha256(b"megler field key" + key).digest()[:4]


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def encrypt_bytes(plain: bytes, place: str) -> bytes:
    """Encrypt `plain` under the first key for `place`, the name of its table, column and row."""
    key, nonce = settings.FIELD_KEYS[0], os.urandom(12)
    sealed = _cipher(key).encrypt(nonce, plain, place.encode())
    return _VERSION + fingerprint(key) + nonce + sealed


def decrypt_bytes(stored: bytes, place: str) -> bytes:
    """Open what `encrypt_bytes` made for the same place. Raises `CannotOpen`."""
    for key in settings.FIELD_KEYS:
        if stored[:1] == _VERSION and stored[1:5] == fingerprint(key):
            try:
                return _cipher(key).decrypt(stored[5:17], stored[17:], place.encode())
            except InvalidTag:
                break
    raise CannotOpen(place)


def encrypt(plain: str, place: str) -> bytes:
    """`encrypt_bytes` for text."""
    return encrypt_bytes(plain.encode(), place)


def decrypt(stored: bytes, place: str) -> str:
    """`decrypt_bytes` for text."""
    return decrypt_bytes(stored, place).decode()


def digest(words: bytes) -> str:
    """A digest that nobody can compute without the installation's secret.

    For telling whether two things are the same: unlike a plain hash of something short, as a
    social-security number is, it cannot be found by trying all of them.
    """
    return hmac.new(settings.SECRET_KEY.encode(), b"megler digest" + words, "sha256").hexdigest()


class _Opening:
    """Opens the stored value on first use, when the row's key is known."""

    def __init__(self, field: "EncryptedField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.attname])
        value = instance.__dict__[self.field.attname]
        if isinstance(value, bytes | memoryview):
            value = self.field.opened(decrypt(bytes(value), self.field.place(instance)))
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedField(models.BinaryField):  # type: ignore[type-arg]
    """Text that only the application can read. Cannot be searched or set by `update()`."""

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:  # type: ignore[override]
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, self.attname, _Opening(self))

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """To the database, and so to migrations, this is bytes."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs

    def get_default(self) -> Any:
        """Empty text, not empty bytes, which would count as encrypted already."""
        found = super().get_default()
        return "" if found == b"" else found

    def place(self, instance: models.Model) -> str:
        return f"{instance._meta.db_table}|{self.column}|{instance.pk}"

    def closed(self, value: Any) -> str:
        return str(value)

    def opened(self, plain: str) -> Any:
        return plain

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__[self.attname]
        if value is None or isinstance(value, bytes | memoryview):
            return value
        if model_instance.pk is None:
            raise ValueError(
                f"{self.model.__name__}.{self.name} needs its primary key before saving"
            )
        return encrypt(self.closed(value), self.place(model_instance))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str | dict | list):
            raise TypeError(f"{self.model.__name__}.{self.name} is encrypted: save the row instead")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is not serialised")


class EncryptedJSONField(EncryptedField):
    """A JSON document that only the application can read."""

    def closed(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, default=str)

    def opened(self, plain: str) -> Any:
        return json.loads(plain)
