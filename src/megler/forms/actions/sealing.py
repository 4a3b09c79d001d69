"""The seal of a signed packet: a PAdES signature that certifies it and allows no change at all.

The key and its certificate are the agency's own (MEGLER_SEAL, a PKCS#12 file), or made once for the
installation and kept in `var/seal.json`, the key encrypted under the field keys.
"""

import io
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from asn1crypto import keys, pem, tsp, x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    pkcs12,
)
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from megler.forms.actions.seal_keys import installation_key
from megler.vocabulary.problems import Problem, Refused
from megler.wires.loops import outside_loop
from megler.wires.time_stamps.asking import NoTime, ask

FIELD = "Seal"
_ROOM, _ROOM_STAMP = 3_072, 16_384
"""Bytes kept in the file for the signature, beside the certificates, and for a time stamp."""

log = logging.getLogger(__name__)
logging.getLogger("pyhanko").setLevel(logging.ERROR)


@dataclass(frozen=True)
class SealKey:
    """A key, its certificate, and the certificates above it, as DER."""

    key: bytes
    certificate: bytes
    above: tuple[bytes, ...] = ()

    @property
    def certificates(self) -> tuple[bytes, ...]:
        return (self.certificate, *self.above)

    def signer(self) -> "Sealer":
        """What pyHanko signs with."""
        return _signer(self)

    def pem(self) -> str:
        """The certificates as people hand them on."""
        made = (pem.armor("CERTIFICATE", one) for one in self.certificates)
        return b"".join(made).decode()


class Sealer(signers.SimpleSigner):
    """Signs as pyHanko's own signer does, with a key that is read and checked once, not each time."""

    def __init__(self, key: SealKey) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(x509.Certificate.load(one) for one in key.above)
        certificate = x509.Certificate.load(key.certificate)
        super().__init__(certificate, keys.PrivateKeyInfo.load(key.key), store)
        self._loaded = load_der_private_key(key.key, None)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if isinstance(self._loaded, RSAPrivateKey) and digest_algorithm == "sha256":
            return self._loaded.sign(data, PKCS1v15(), SHA256())
        signed: bytes = super().sign_raw(data, digest_algorithm)
        return signed


@lru_cache(maxsize=8)
def _signer(key: SealKey) -> Sealer:
    return Sealer(key)


def seal_key() -> SealKey:
    """The key that seals here. Raises `Refused` when the file of MEGLER_SEAL cannot be used."""
    if settings.SEAL:
        return _from_file(Path(settings.SEAL), settings.SEAL_PASSWORD)
    key, *certificates = installation_key(Path(settings.VAR_DIR) / "seal.json")
    return SealKey(key, certificates[0], tuple(certificates[1:]))


def has_seal_key() -> bool:
    """Whether there is a key that seals here, or one will be made when it is needed first."""
    return bool(settings.SEAL) or (Path(settings.VAR_DIR) / "seal.json").exists()


@lru_cache(maxsize=4)
def _from_file(file: Path, password: str) -> SealKey:
    try:
        found = pkcs12.load_pkcs12(file.read_bytes(), password.encode() or None)
    except (OSError, ValueError) as error:
        raise Refused(Problem("seal_key_unusable", file.name, type(error).__name__)) from None
    if found.key is None or found.cert is None:
        raise Refused(Problem("seal_key_unusable", file.name, "no key with a certificate"))
    private = found.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    above = (one.certificate for one in found.additional_certs)
    return SealKey(
        private,
        found.cert.certificate.public_bytes(Encoding.DER),
        tuple(one.public_bytes(Encoding.DER) for one in above),
    )


class Clock(TimeStamper):
    """An independent clock, as pyHanko asks it."""

    def __init__(self, address: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.address = address

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return tsp.TimeStampResp.load(ask(self.address, req.dump()))


def seal(pdf: bytes, reason: str, key: SealKey | None = None) -> bytes:
    """The PDF, sealed: nothing in it can change unseen.

    With MEGLER_TSA an independent clock confirms the time. Raises `Refused` when the key cannot be
    used or that clock does not answer.
    """
    key = key or seal_key()
    clock = Clock(settings.TSA) if settings.TSA else None
    try:
        return outside_loop(lambda: _sealed(pdf, reason, key, clock))
    except NoTime as error:
        raise Refused(Problem("seal_clock_silent", "packet", str(error))) from None
    except Exception as error:
        log.exception("a packet could not be sealed")
        raise Refused(Problem("seal_failed", "packet", type(error).__name__)) from None


def _sealed(pdf: bytes, reason: str, key: SealKey, clock: TimeStamper | None) -> bytes:
    told = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    sealer = signers.PdfSigner(told, signer=key.signer(), timestamper=clock)
    room = 2 * (_ROOM + sum(map(len, key.certificates)) + (_ROOM_STAMP if clock else 0))
    sealed: io.BytesIO = sealer.sign_pdf(writer, bytes_reserved=room)
    return sealed.getvalue()
