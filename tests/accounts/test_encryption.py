"""Values at rest: unreadable, bound to their row, and readable after the keys were rotated."""

import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from megler.accounts.encryption import (
    CannotOpen,
    EncryptedField,
    EncryptedJSONField,
    decrypt,
    decrypt_bytes,
    digest,
    encrypt,
    encrypt_bytes,
    fingerprint,
)

PLACE = "clients_person|ssn|1"


@given(st.text())
def test_what_went_in_comes_out(plain: str) -> None:
    assert decrypt(encrypt(plain, PLACE), PLACE) == plain


def test_nothing_of_the_text_is_in_what_is_stored() -> None:
    stored = encrypt("123-45-6789", PLACE)
    assert b"123-45" not in stored
    assert encrypt("123-45-6789", PLACE) != stored


@pytest.mark.parametrize("other", ["clients_person|ssn|2", "clients_person|name|1", "x|ssn|1"])
def test_a_value_moved_elsewhere_does_not_open(other: str) -> None:
    stored = encrypt("123-45-6789", PLACE)
    with pytest.raises(CannotOpen):
        decrypt(stored, other)


@given(st.data())
def test_a_changed_byte_does_not_open(data: st.DataObject) -> None:
    stored = bytearray(encrypt("123-45-6789", PLACE))
    place = data.draw(st.integers(0, len(stored) - 1))
    stored[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CannotOpen):
        decrypt(bytes(stored), PLACE)


def test_keys_can_be_rotated(settings: Any) -> None:
    old, new = os.urandom(32), os.urandom(32)
    settings.FIELD_KEYS = (old,)
    stored = encrypt("kept", PLACE)
    settings.FIELD_KEYS = (new, old)
    assert decrypt(stored, PLACE) == "kept"
    fresh = encrypt("kept", PLACE)
    settings.FIELD_KEYS = (new,)
    assert decrypt(fresh, PLACE) == "kept"
    with pytest.raises(CannotOpen):
        decrypt(stored, PLACE)


def test_the_format_is_as_documented(settings: Any) -> None:
    key = settings.FIELD_KEYS[0]
    stored = encrypt("plain", PLACE)
    assert stored[:1] == b"\x01"
    assert stored[1:5] == fingerprint(key)
    assert AESGCM(key).decrypt(stored[5:17], stored[17:], PLACE.encode()) == b"plain"


def test_it_cannot_be_searched() -> None:
    field = EncryptedField()
    assert field.get_lookup("exact") is None
    assert field.get_lookup("isnull") is not None


@pytest.fixture
def secrets(db: None) -> Iterator[Any]:
    """A table with an encrypted text and an encrypted document."""
    with isolate_apps("megler.accounts"):

        class Secret(models.Model):
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            ssn = EncryptedField(null=True)
            facts = EncryptedJSONField(default=dict)

            class Meta:
                app_label = "accounts"

        with connection.schema_editor() as editor:
            editor.create_model(Secret)
        yield Secret


def test_a_row_opens_by_itself_and_stores_nothing_readable(secrets: Any) -> None:
    secrets.objects.create(ssn="123-45-6789", facts={"conditions": ["asthma"]})
    kept = secrets.objects.get()
    assert (kept.ssn, kept.facts) == ("123-45-6789", {"conditions": ["asthma"]})
    with connection.cursor() as cursor:
        cursor.execute("SELECT ssn || facts FROM accounts_secret")
        raw = bytes(cursor.fetchone()[0])
    assert b"123-45" not in raw
    assert b"asthma" not in raw


def test_a_value_copied_to_another_row_does_not_open(secrets: Any) -> None:
    mine = secrets.objects.create(ssn="123-45-6789")
    other = secrets.objects.create(ssn="987-65-4321")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_secret SET ssn = (SELECT ssn FROM accounts_secret WHERE id = %s) "
            "WHERE id = %s",
            [mine.pk, other.pk],
        )
    assert secrets.objects.get(pk=mine.pk).ssn == "123-45-6789"
    with pytest.raises(CannotOpen):
        _ = secrets.objects.get(pk=other.pk).ssn


def test_a_row_saved_again_is_under_the_newest_key(secrets: Any, settings: Any) -> None:
    old, new = settings.FIELD_KEYS[0], os.urandom(32)
    row = secrets.objects.create(ssn="123-45-6789")
    settings.FIELD_KEYS = (new, old)
    row = secrets.objects.get(pk=row.pk)
    assert row.ssn == "123-45-6789"
    row.facts, row.ssn = dict(row.facts), str(row.ssn)
    row.save()
    settings.FIELD_KEYS = (new,)
    assert secrets.objects.get(pk=row.pk).ssn == "123-45-6789"


def test_what_is_not_given_is_empty_text() -> None:
    assert EncryptedField(default=str).get_default() == ""
    assert EncryptedField().get_default() == ""
    assert EncryptedField(null=True).get_default() is None


def test_nothing_stays_nothing(secrets: Any) -> None:
    secrets.objects.create(ssn=None)
    assert secrets.objects.get(ssn__isnull=True).ssn is None


def test_it_cannot_be_set_past_the_row(secrets: Any) -> None:
    secrets.objects.create(ssn="123-45-6789")
    with pytest.raises(TypeError, match="encrypted"):
        secrets.objects.update(ssn="in the clear")


def test_bytes_are_bound_to_their_place() -> None:
    sealed = encrypt_bytes(b"\0\xffbinary", "table|column|1")
    assert decrypt_bytes(sealed, "table|column|1") == b"\0\xffbinary"
    with pytest.raises(CannotOpen):
        decrypt_bytes(sealed, "table|column|2")


def test_a_digest_needs_the_installations_secret(settings: Any) -> None:
    before = digest(b"078-05-1121")
    assert before == digest(b"078-05-1121") != digest(b"078-05-1122")
    settings.SECRET_KEY = "another"
    assert digest(b"078-05-1121") != before
