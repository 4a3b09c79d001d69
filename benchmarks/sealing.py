"""A signed packet: signatures drawn on its papers, evidence, binding and seal, beside pyHanko alone.

pyHanko alone seals the same bound packet with the same key, as its documentation does it. Megler
reads its key once; pyHanko's own signer reads and checks it at every signature.
"""

import io
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.report import Line, Report, duration, goal, times
from benchmarks.timing import medians

WANTED = 3
_PAPERS, _QUESTIONS, _EVENTS = 6, 60, 12
_ROLES = ("insured", "owner", "agent")
_ALONE, _SEAL = "pyHanko alone: one seal", "Megler: one seal"
_WHOLE, _CHECK = "Megler: draw, tell, bind and seal", "Megler: check a seal strictly"


def full() -> Iterator[Report]:
    """Forty times each, the best of three."""
    yield sealing(40, 3)


def quick() -> Iterator[Report]:
    """Twice each."""
    yield sealing(2, 1)


def sealing(asked: int, rounds: int) -> Report:
    """The report: times, and how they stand to pyHanko's."""
    _set_up()
    from megler.forms.actions.seal_checks import verify_seal
    from megler.forms.actions.sealing import seal

    key, papers = _key(), _papers()
    bound = _bound(papers)
    sealed = seal(bound, "Signed by all", key)
    if not verify_seal(sealed, key.certificates).holds:
        raise ValueError("a seal that does not hold")
    alone = _pyhanko(bound, key)
    questions: dict[str, Callable[[int], object]] = {
        _ALONE: lambda _row: alone(),
        _SEAL: lambda _row: seal(bound, "Signed by all", key),
        _WHOLE: lambda _row: seal(_bound(papers), "Signed by all", key),
        _CHECK: lambda _row: verify_seal(sealed, key.certificates),
    }
    took = medians(questions, range(asked), rounds)
    pages = f"{_pages(bound)} pages, {len(bound) // 1024} kB"
    return Report(
        f"Sealing a packet of {_PAPERS} papers with three signatures each, {pages}",
        [Line(name, duration(s), times(took[_ALONE] / s)) for name, s in took.items()],
        [goal(f"one seal within {WANTED} times pyHanko's", WANTED * took[_ALONE] / took[_SEAL], 1)],
    )


@cache
def _set_up() -> None:
    """Settings without a database: sealing needs none."""
    import django

    folder = TemporaryDirectory()
    os.environ.setdefault("MEGLER_VAR", folder.name)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "megler.config.settings")
    django.setup()
    folder.cleanup()


def _key() -> Any:
    from megler.forms.actions.seal_keys import installation_key
    from megler.forms.actions.sealing import SealKey

    with TemporaryDirectory() as folder:
        own, *certificates = installation_key(Path(folder) / "seal.json")
    return SealKey(own, certificates[0], tuple(certificates[1:]))


def _papers() -> list[bytes]:
    """Papers of a few pages, as their signers saw them."""
    from megler.forms.actions.papers import typeset

    rows = [
        {"question": f"What is answer {n}?", "answer": f"It is {n * n}.", "table": []}
        for n in range(_QUESTIONS)
    ]
    content = {
        "number": "", "edition": "2026-01", "reference": "A-10001",
        "facts": [["Carrier", "Fjord Life"]], "sections": [{"title": "Answers", "rows": rows}],
        "statements": ["This is true."],
        "signers": [{"role": role, "name": role.title()} for role in _ROLES],
    }  # fmt: skip
    return [typeset("paper", {**content, "form": f"Form {n}"}) for n in range(_PAPERS)]


def _bound(papers: list[bytes]) -> bytes:
    """Everything of a packet but its seal."""
    from megler.documents.binding import bind
    from megler.forms.actions.papers import typeset
    from megler.forms.actions.stamping import stamp
    from megler.forms.rules.evidence import SignedPaper, evidence

    signatures = _signatures()
    marks = {f"signature.{role}": mark for role, mark in zip(_ROLES, _marks(), strict=True)}
    stamped = stamp([(paper, marks) for paper in papers])
    signed = [
        SignedPaper("Form", "2026-01", sha256(seen).hexdigest(), sha256(pdf).hexdigest())
        for seen, pdf in zip(papers, stamped, strict=True)
    ]
    told = evidence("A-10001", signed, signatures, _events(), "7:abc")
    return bind([*stamped, typeset("evidence", told)], "A-10001 signed")


def _marks() -> list[Any]:
    from megler.forms.rules.stamps import Mark

    lines = [[(10 * n, 150 + (n * 37) % 120) for n in range(90)]]
    note = "2026-03-01 14:03:09 UTC · 1f3a9c20"
    return [
        Mark("A", True, lines, note),
        Mark("B", True, lines, note),
        Mark("Anna", True, (), note),
    ]


def _signatures() -> list[Any]:
    from megler.forms.rules.evidence import SignatureFacts
    from megler.forms.rules.signing import CONSENT_VERSION, Method, consent_hash

    return [
        SignatureFacts(
            id=f"{n:08}-0000", role=role, name=role.title(), typed_name=role.title(),
            method=Method.DRAWN if mark.strokes else Method.TYPED, strokes=mark.strokes,
            papers=["Form"] * _PAPERS, packet_hash="a" * 64, consent_version=CONSENT_VERSION,
            consent_hash=consent_hash(), checks=["code", "birth_date"], address="192.0.2.7",
            user_agent="a phone", signed_in="", scans=[],
        )
        for n, (role, mark) in enumerate(zip(_ROLES, _marks(), strict=True))
    ]  # fmt: skip


def _events() -> list[Any]:
    from megler.forms.rules.evidence import Event

    start = datetime(2026, 3, 1, tzinfo=UTC)
    data = {"request": "1f3a9c20"}
    return [
        Event(n, start + timedelta(hours=n), "signature.opened", "Kari Hope", "192.0.2.7", data)
        for n in range(_EVENTS)
    ]


def _pyhanko(bound: bytes, key: Any) -> Callable[[], bytes]:
    from asn1crypto import keys, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(x509.Certificate.load(one) for one in key.above)
    signer = signers.SimpleSigner(
        x509.Certificate.load(key.certificate), keys.PrivateKeyInfo.load(key.key), store
    )
    told = signers.PdfSignatureMetadata(
        field_name="Seal",
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
    )

    def sealed() -> bytes:
        made: io.BytesIO = signers.sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(bound)), told, signer=signer
        )
        return made.getvalue()

    return sealed


def _pages(content: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    pages = len(document)
    document.close()
    return pages
