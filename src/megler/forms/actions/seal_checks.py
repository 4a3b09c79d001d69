"""Checking a sealed PDF, strictly: one seal, ours, over the whole file, and not a byte otherwise.

pyHanko's validator checks the cryptography. A signature leaves some bytes of its own container
uncovered (padding, letters of hexadecimal figures, certificates beside the signer's): these are
held against what a seal of ours looks like, byte by byte.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers import Signer
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from megler.vocabulary.problems import Problem
from megler.wires.loops import outside_loop


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a PDF's seal shows: who sealed it and when, as far as that can be read, and what is wrong.

    `is_confirmed` tells that the time is an independent clock's. Without problems the file is as it
    was sealed.
    """

    problems: tuple[Problem, ...]
    by: str = ""
    at: datetime | None = None
    is_confirmed: bool = False

    @property
    def holds(self) -> bool:
        return not self.problems


def certificates_in(content: bytes) -> tuple[bytes, ...]:
    """The certificates (DER) of a PEM file. Raises ValueError when it holds none."""
    found = [
        der for kind, _headers, der in pem.unarmor(content, multiple=True) if kind == "CERTIFICATE"
    ]
    for one in found:
        x509.Certificate.load(one, strict=True)
    if not found:
        raise ValueError("no certificate in it")
    return tuple(found)


def verify_seal(pdf: bytes, certificates: Sequence[bytes], name: str = "file") -> Verdict:
    """Check the seal of `pdf` against the certificates (DER) of a seal: the signer's own first.

    Nothing that the file holds makes it fail otherwise than with a verdict.
    """
    try:
        return outside_loop(lambda: _verdict(pdf, certificates, name))
    except Exception as error:
        problem = Problem("seal_unreadable", name, type(error).__name__)
        return Verdict((problem,))


def _verdict(pdf: bytes, certificates: Sequence[bytes], name: str) -> Verdict:
    if not pdf.startswith(b"%PDF-"):
        return Verdict((Problem("seal_unreadable", name, "no PDF"),))
    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    found = list(reader.embedded_signatures)
    if len(found) != 1:
        code = "seal_many" if found else "seal_missing"
        return Verdict((Problem(code, name, str(len(found)), "1"),))
    seal: EmbeddedPdfSignature = found[0]
    by, at = _named(seal.signer_cert), seal.self_reported_timestamp
    if seal.signer_cert.dump() != certificates[0]:
        ours = _named(x509.Certificate.load(certificates[0]))
        return Verdict((Problem("seal_not_ours", name, by, ours),), by, at)
    if problem := _container_problem(pdf, seal, certificates, name):
        return Verdict((problem,), by, at)
    status = _validated(seal, certificates, at)
    stamp = status.timestamp_validity
    confirmed = stamp is not None and stamp.intact and stamp.valid
    when = stamp.timestamp if stamp is not None else at
    return Verdict(tuple(_status_problems(seal, status, name)), by, when, confirmed)


def _named(certificate: x509.Certificate) -> str:
    """Whose a certificate is, and what tells it from others of the same name."""
    name: str = certificate.subject.human_friendly
    return f"{name} ({certificate.sha256.hex()[:16]})"


def _validated(
    seal: EmbeddedPdfSignature, certificates: Sequence[bytes], at: datetime | None
) -> PdfSignatureStatus:
    known = [x509.Certificate.load(one) for one in certificates]
    context = ValidationContext(
        trust_roots=known[-1:],
        other_certs=known,
        allow_fetching=False,
        moment=at,
        best_signature_time=at,
    )
    # The clock's own certificate is not known here: its stamp is checked for being intact.
    clock = ValidationContext(trust_roots=[], allow_fetching=False)
    return validate_pdf_signature(
        seal, signer_validation_context=context, ts_validation_context=clock
    )


def _status_problems(
    seal: EmbeddedPdfSignature, status: PdfSignatureStatus, name: str
) -> list[Problem]:
    problems = []
    if not (status.intact and status.valid):
        problems.append(Problem("seal_changed", name))
    elif not status.trusted:
        problems.append(Problem("seal_not_trusted", name))
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        problems.append(Problem("seal_not_whole", name))
    if seal.docmdp_level is not MDPPerm.NO_CHANGES or not status.docmdp_ok:
        problems.append(Problem("seal_allows_changes", name))
    stamp = status.timestamp_validity
    if stamp is not None and not (stamp.intact and stamp.valid):
        problems.append(Problem("seal_time_changed", name))
    return problems


def _container_problem(
    pdf: bytes, seal: EmbeddedPdfSignature, certificates: Sequence[bytes], name: str
) -> Problem | None:
    """What differs in the part of the file that the signature cannot cover: its own container."""
    ranges = [int(one) for one in seal.byte_range]
    if len(ranges) != 4 or ranges[0] != 0 or ranges[2] + ranges[3] != len(pdf):
        return Problem("seal_not_whole", name)
    container = _expected(seal.signed_data, certificates)
    room = ranges[2] - ranges[1] - 2
    held = b"<" + container.hex().upper().encode().ljust(room, b"0") + b">"
    if pdf[ranges[1] : ranges[2]] != held:
        return Problem("seal_changed", name)
    return None


def _expected(found: cms.SignedData, certificates: Sequence[bytes]) -> bytes:
    """The container as our sealing writes it, with the signature and what it covers as found."""
    signer = found["signer_infos"][0]
    own = x509.Certificate.load(certificates[0])
    made = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": own.issuer, "serial_number": own.serial_number}
                    )
                }
            ),
            "digest_algorithm": {"algorithm": "sha256"},
            "signature_algorithm": _algorithm(own),
            "signed_attrs": signer["signed_attrs"].copy(),
            "signature": signer["signature"].native,
        }
    )
    if signer["unsigned_attrs"].native:
        made["unsigned_attrs"] = signer["unsigned_attrs"].copy()
    wanted = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "data"},
            "certificates": [x509.Certificate.load(one) for one in certificates],
            "signer_infos": [made],
        }
    )
    whole: bytes = cms.ContentInfo({"content_type": "signed_data", "content": wanted}).dump()
    return whole


def _algorithm(own: x509.Certificate) -> cms.SignedDigestAlgorithm:
    """The algorithm that a key of this kind signs with here."""
    signer = Signer(signing_cert=own)
    return signer.get_signature_mechanism_for_digest("sha256")
