"""The seal verifies with pyHanko's own validator, and with not a byte changed."""

import asyncio
import base64
import io
import json
import random
import stat
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.hazmat.primitives.serialization import load_der_private_key as load_key
from cryptography.x509 import CertificateBuilder, KeyUsage, Name, NameAttribute
from cryptography.x509 import load_der_x509_certificate as load_certificate
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from megler.documents.binding import bind
from megler.forms.actions.seal_checks import verify_seal
from megler.forms.actions.seal_keys import installation_key
from megler.forms.actions.sealing import SealKey, seal, seal_key
from megler.vocabulary.problems import Refused
from megler.wires.loops import outside_loop
from tests.documents.files import pdf
from tests.forms.actions.test_stamping import paper

CHANGES = 1000
PARTS = 10


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> SealKey:
    own, *certificates = installation_key(tmp_path_factory.mktemp("seal") / "seal.json")
    return SealKey(own, certificates[0], tuple(certificates[1:]))


@pytest.fixture(scope="session")
def packet() -> bytes:
    return bind([paper("insured", "agent"), pdf(2)], "A-1 signed")


@pytest.fixture(scope="session")
def sealed(key: SealKey, packet: bytes) -> bytes:
    return seal(packet, "Signed by all", key)


def codes(content: bytes, key: SealKey) -> list[str]:
    return [problem.code for problem in verify_seal(content, key.certificates).problems]


def test_pyhankos_own_validator_finds_it_good(sealed: bytes, key: SealKey) -> None:
    (found,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    root = x509.Certificate.load(key.above[0])
    known = ValidationContext(trust_roots=[root])
    status = outside_loop(lambda: validate_pdf_signature(found, known))
    assert status.bottom_line
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_ours_tells_who_and_when(sealed: bytes, key: SealKey) -> None:
    verdict = verify_seal(sealed, key.certificates)
    assert verdict.holds
    assert verdict.by.startswith("Common Name: Megler seal (")
    assert verdict.at is not None
    assert not verdict.is_confirmed


def test_a_loop_that_runs_already_is_no_hindrance(packet: bytes, key: SealKey) -> None:
    async def both() -> bool:
        return verify_seal(seal(packet, "x", key), key.certificates).holds

    assert outside_loop(lambda: asyncio.run(both()))


@pytest.mark.parametrize("part", range(PARTS))
def test_any_byte_changed_anywhere_is_found(part: int, sealed: bytes, key: SealKey) -> None:
    dice = random.Random(part)
    for _ in range(CHANGES // PARTS):
        place = dice.randrange(len(sealed))
        changed = bytearray(sealed)
        changed[place] ^= dice.randrange(1, 256)
        assert codes(bytes(changed), key), place


def test_every_byte_of_the_container_counts(sealed: bytes, key: SealKey) -> None:
    start = sealed.index(b"/Contents <") + len(b"/Contents ")
    end = sealed.index(b">", start) + 1
    for place in {start, start + 1, end - 2, end - 1, *range(start, end, 97)}:
        changed = bytearray(sealed)
        changed[place] ^= 0x20
        assert codes(bytes(changed), key), place


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda pdf: pdf + b"\n", "seal_not_whole"),
        (lambda pdf: pdf[:-1], "seal_not_whole"),
        (lambda pdf: b"", "seal_unreadable"),
        (lambda pdf: b"%PDF-1.7\n", "seal_unreadable"),
        (lambda pdf: pdf[:3000], "seal_unreadable"),
        (lambda pdf: pdf[: pdf.index(b"%%EOF") + 6], "seal_missing"),
        (lambda pdf: b"\x00" + pdf, "seal_unreadable"),
    ],
)
def test_what_is_added_or_cut_is_found(change: Any, code: str, sealed: bytes, key: SealKey) -> None:
    assert codes(change(sealed), key) == [code]


def test_a_file_without_a_seal_says_so(packet: bytes, key: SealKey) -> None:
    assert codes(packet, key) == ["seal_missing"]


def test_a_second_signature_is_refused(sealed: bytes, key: SealKey) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    meta = signers.PdfSignatureMetadata(field_name="Mine")
    with pytest.raises(Exception, match="forbids all changes"):
        outside_loop(partial(signers.sign_pdf, writer, meta, signer=key.signer()))


def test_a_seal_of_somebody_elses_is_not_ours(packet: bytes, key: SealKey, tmp_path: Path) -> None:
    own, *certificates = installation_key(tmp_path / "other.json")
    other = SealKey(own, certificates[0], tuple(certificates[1:]))
    assert codes(seal(packet, "x", other), key) == ["seal_not_ours"]


def test_the_installations_key_is_made_once_and_kept_closed(tmp_path: Path) -> None:
    place = tmp_path / "var" / "seal.json"
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(installation_key.__wrapped__, [place] * 4))
    assert len(set(made)) == 1
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    kept = json.loads(place.read_text())
    assert base64.b64encode(made[0][0]).decode() not in place.read_text()
    place.write_text(json.dumps({**kept, "key": kept["key"][:-8] + "AAAAAAA="}))
    with pytest.raises(Refused) as refused:
        installation_key.__wrapped__(place)
    assert refused.value.problems[0].code == "seal_key_unusable"


def test_an_agencys_own_key_seals(packet: bytes, settings: Any, tmp_path: Path) -> None:
    key = agencys_own()
    own = tmp_path / "agency.p12"
    own.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"agency",
            load_key(key.key, None),  # type: ignore[arg-type]
            load_certificate(key.certificate),
            None,
            BestAvailableEncryption(b"secret"),
        )
    )
    settings.SEAL, settings.SEAL_PASSWORD = str(own), "secret"
    assert seal_key() == key
    made = seal(packet, "x")
    assert codes(made, key) == []
    changed = bytearray(made)
    changed[made.index(b"/Contents <") + 400] ^= 1
    assert codes(bytes(changed), key)
    settings.SEAL_PASSWORD = "wrong"
    with pytest.raises(Refused) as refused:
        seal(packet, "x")
    assert refused.value.problems[0].code == "seal_key_unusable"


def agencys_own() -> SealKey:
    """An RSA key with a certificate that it signed itself, as many have."""
    key = rsa.generate_private_key(65537, 2048)
    now, name = datetime.now(UTC), Name([NameAttribute(NameOID.COMMON_NAME, "Fjord Agency")])
    usage = KeyUsage(True, True, *[False] * 7)
    certificate = (
        CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(usage, critical=True)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SealKey(private, certificate.public_bytes(Encoding.DER))


def test_what_is_no_pdf_is_not_sealed(key: SealKey) -> None:
    with pytest.raises(Refused) as refused:
        seal(b"no PDF", "x", key)
    assert refused.value.problems[0].code == "seal_failed"


class _Tsa(BaseHTTPRequestHandler):
    """A time-stamp authority as they answer on the wire."""

    clock: DummyTimeStamper
    trouble = ""

    def do_POST(self) -> None:
        asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        body = self.clock.request_tsa_response(asked).dump()
        kind = "text/html" if self.trouble == "kind" else "application/timestamp-reply"
        self.send_response(503 if self.trouble == "busy" else 200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body * (100 if self.trouble == "endless" else 1))

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def tsa() -> Iterator[tuple[str, type[_Tsa]]]:
    """A real server on a port of its own."""
    key = agencys_own()
    clock = DummyTimeStamper(
        x509.Certificate.load(key.certificate), keys.PrivateKeyInfo.load(key.key)
    )
    handler = type("Tsa", (_Tsa,), {"clock": clock})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", handler
    server.shutdown()
    server.server_close()


def test_an_independent_clock_confirms_the_time(
    packet: bytes, key: SealKey, settings: Any, tsa: tuple[str, type[_Tsa]]
) -> None:
    settings.TSA = tsa[0]
    made = seal(packet, "x", key)
    verdict = verify_seal(made, key.certificates)
    assert verdict.holds
    assert verdict.is_confirmed
    dice = random.Random(1)
    for _ in range(50):
        changed = bytearray(made)
        changed[dice.randrange(len(made))] ^= dice.randrange(1, 256)
        assert codes(bytes(changed), key)


@pytest.mark.parametrize("trouble", ["busy", "kind", "endless"])
def test_a_clock_that_does_not_answer_rightly_stops_the_sealing(
    trouble: str, packet: bytes, key: SealKey, settings: Any, tsa: tuple[str, type[_Tsa]]
) -> None:
    settings.TSA, tsa[1].trouble = tsa[0], trouble
    with pytest.raises(Refused) as refused:
        seal(packet, "x", key)
    assert refused.value.problems[0].code == "seal_clock_silent"


def test_a_clock_that_is_away_stops_the_sealing(packet: bytes, key: SealKey, settings: Any) -> None:
    settings.TSA = "http://127.0.0.1:9/"
    with pytest.raises(Refused) as refused:
        seal(packet, "x", key)
    assert refused.value.problems[0].code == "seal_clock_silent"
