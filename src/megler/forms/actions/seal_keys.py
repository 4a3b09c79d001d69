"""A key and certificates of the installation's own, made once: for agencies that bring none."""

import base64
import fcntl
import json
import os
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from megler.accounts.encryption import CannotOpen, decrypt_bytes, encrypt_bytes
from megler.vocabulary.problems import Problem, Refused

_PLACE = "seal key"
_YEARS = 10


@lru_cache(maxsize=4)
def installation_key(file: Path) -> tuple[bytes, ...]:
    """The key, its certificate and the one above it, as DER; made when `file` is not there.

    Of many processes at once one makes it. Raises `Refused` when the file cannot be opened: another
    key must not take its place unseen.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                _keep(file, _made(datetime.now(UTC)))
    return _opened(file)


def _opened(file: Path) -> tuple[bytes, ...]:
    try:
        kept = json.loads(file.read_text())
        key = decrypt_bytes(base64.b64decode(kept["key"]), _PLACE)
        certificates = [base64.b64decode(one) for one in kept["certificates"]]
    except (OSError, ValueError, KeyError, TypeError, CannotOpen) as error:
        raise Refused(Problem("seal_key_unusable", file.name, type(error).__name__)) from None
    return (key, *certificates)


def _keep(file: Path, made: tuple[bytes, ...]) -> None:
    key, *certificates = made
    text = json.dumps(
        {
            "key": base64.b64encode(encrypt_bytes(key, _PLACE)).decode(),
            "certificates": [base64.b64encode(one).decode() for one in certificates],
        }
    )
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)


def _made(now: datetime) -> tuple[bytes, ...]:
    """A key (P-256), and a certificate for it from an authority whose own key is forgotten at once."""
    above, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _named("Megler installation")
    root = (
        _certificate(authority, authority, above, now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(above, SHA256())
    )
    own = (
        _certificate(_named("Megler seal"), authority, key, now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .sign(above, SHA256())
    )
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return (private, own.public_bytes(Encoding.DER), root.public_bytes(Encoding.DER))


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=366 * _YEARS))
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
