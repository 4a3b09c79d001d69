"""Signing: who signs in which order, how long a link lives, what makes a signature valid."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from megler.forms.rules.questionnaire import FormSpec, SignerRole
from megler.forms.rules.strokes import INK_MIN, ink
from megler.vocabulary.problems import Problem

LINK_LIFE = timedelta(days=14)
REMIND_AFTER = (timedelta(days=3), timedelta(days=7))
REMIND_BEFORE_END = timedelta(days=2)
"""When a signer who has not signed is reminded: at these ages of the link, and once before its end."""
TRIES_MAX = 5
"""Wrong birth dates after which a link is voided."""

ORDER = (SignerRole.INSURED, SignerRole.OWNER, SignerRole.PAYOR, SignerRole.AGENT)

CONSENTS = {
    "2026-01": (
        "I agree to sign electronically. My typed name has the same effect as my handwritten "
        "signature.",
        "I have read the documents shown to me. The answers in them are true and complete to the "
        "best of my knowledge and belief.",
        "I may ask for paper documents, and may withdraw this consent before I sign, by telling my "
        "agent.",
    ),
    "2026-02": (
        "I agree to sign electronically. My signature given here, typed or drawn, has the same "
        "effect as one written by hand.",
        "I have read the documents shown to me. The answers in them are true and complete to the "
        "best of my knowledge and belief.",
        "I may ask for paper documents, and may withdraw this consent before I sign, by telling my "
        "agent.",
    ),
}
"""What signers agree to and agreed to; a change of a word is a new version, and none is forgotten."""
CONSENT_VERSION = "2026-02"
CONSENT = CONSENTS[CONSENT_VERSION]


def consent_hash(version: str = CONSENT_VERSION) -> str:
    """SHA-256 of a version of the consent in English, one sentence a line."""
    return hashlib.sha256("\n".join(CONSENTS[version]).encode()).hexdigest()


def texts() -> list[str]:
    """What people read that stands here, for the catalogues of other languages."""
    return list(CONSENT)


class Method(StrEnum):
    """How somebody signed."""

    TYPED = "typed"
    DRAWN = "drawn"
    WET = "wet"


class LinkState(StrEnum):
    """What a signing link is good for, now."""

    OPEN = "open"
    SIGNED = "signed"
    DECLINED = "declined"
    VOIDED = "voided"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What is known of a request, as `link_state` needs it."""

    expires_at: datetime
    signed_at: datetime | None = None
    declined_at: datetime | None = None
    voided_at: datetime | None = None


def link_state(link: LinkFacts, at: datetime) -> LinkState:
    """The state of a link at `at`. Void beats signed: a voided signature counts for nothing."""
    if link.voided_at:
        return LinkState.VOIDED
    if link.signed_at:
        return LinkState.SIGNED
    if link.declined_at:
        return LinkState.DECLINED
    return LinkState.EXPIRED if at >= link.expires_at else LinkState.OPEN


def link_problems(state: LinkState, name: str) -> list[Problem]:
    """Why a link in `state` cannot be signed with; none when it can."""
    return [] if state is LinkState.OPEN else [Problem(f"link_{state.value}", name)]


def reminders_due(requested_at: datetime, expires_at: datetime, at: datetime) -> int:
    """How many reminders should have gone out by `at`; none once the link has expired.

    >>> from datetime import UTC
    >>> start = datetime(2026, 3, 1, tzinfo=UTC)
    >>> [reminders_due(start, start + LINK_LIFE, start + timedelta(days=d)) for d in (2, 3, 8, 12, 14)]
    [0, 1, 2, 3, 0]
    """
    if at >= expires_at:
        return 0
    moments = [*(requested_at + after for after in REMIND_AFTER), expires_at - REMIND_BEFORE_END]
    return sum(1 for moment in moments if requested_at < moment <= at)


def signer_roles(
    owner_is_insured: bool, insured_is_minor: bool = False, another_pays: bool = False
) -> tuple[SignerRole, ...]:
    """Who signs: the insured, the owner when another, who pays when neither does, the agent last.

    An insured who is a minor does not sign when somebody else owns the policy.
    """
    absent = set() if another_pays else {SignerRole.PAYOR}
    if owner_is_insured:
        absent.add(SignerRole.OWNER)
    elif insured_is_minor:
        absent.add(SignerRole.INSURED)
    return tuple(role for role in ORDER if role not in absent)


def next_signer(roles: Iterable[SignerRole], signed: Iterable[SignerRole]) -> SignerRole | None:
    """Whose turn it is; None when all have signed.

    >>> next_signer(signer_roles(owner_is_insured=False), [SignerRole.INSURED])
    <SignerRole.OWNER: 'owner'>
    """
    done = set(signed)
    return next((role for role in ORDER if role in set(roles) and role not in done), None)


def asks_place(forms: Iterable[FormSpec], role: SignerRole) -> bool:
    """Whether a form that somebody in `role` signs has a field for the city and state."""
    wanted = f"signed_at.{role.value}"
    return any(
        fill.question == wanted for form in forms if role in form.signers for fill in form.fills
    )


def packet_hash(papers: Iterable[tuple[str, str]]) -> str:
    """One hash for the papers shown together, from each form's key and SHA-256, in any order."""
    lines = sorted(f"{form} {digest}" for form, digest in papers)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _words(name: str) -> list[str]:
    """A name's words, bare of accents, case and punctuation."""
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    kept = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^\w\s]", "", kept.replace("-", " ")).split()


_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "ł": "l", "Ł": "L", "ð": "d"})
_TITLES = {"mr", "mrs", "ms", "dr", "jr", "sr", "ii", "iii", "iv"}


def name_agrees(typed: str, name: str) -> bool:
    """Whether the typed name is that of `name`: the same first and last names, middle ones optional.

    Case, accents, punctuation, titles and suffixes do not matter; initials do not stand for names.

    >>> name_agrees("kari hope", "Kari Nilsdatter Hope"), name_agrees("K. Hope", "Kari Hope")
    (True, False)
    """
    given = [w for w in _words(typed) if w not in _TITLES]
    known = [w for w in _words(name) if w not in _TITLES]
    if not given or not known or given[0] != known[0] or given[-1] != known[-1]:
        return False
    if len(known) > 1 and len(given) < 2:
        return False
    inner = known[1:-1]
    return all(any(k.startswith(w) for k in inner) for w in given[1:-1])


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature about to be given: what was typed or drawn, ticked and seen.

    With `strokes` it is drawn and the name is not typed. `signed_in` is the city and state.
    """

    typed_name: str
    consented: bool
    seen_hash: str
    strokes: Sequence[Sequence[tuple[int, int]]] = ()
    signed_in: str = ""

    @property
    def method(self) -> Method:
        return Method.DRAWN if self.strokes else Method.TYPED


def signature_problems(given: Signature, name: str, shown_hash: str) -> list[Problem]:
    """Everything that keeps `given` from being the signature of `name` on what is shown now."""
    problems = []
    if given.strokes:
        if ink(given.strokes) < INK_MIN:
            problems.append(Problem("drawing_too_small", "strokes"))
    elif not given.typed_name.strip():
        problems.append(Problem("name_not_typed", "typed_name", "", name))
    elif not name_agrees(given.typed_name, name):
        problems.append(Problem("name_differs", "typed_name", given.typed_name[:80], name))
    if not given.consented:
        problems.append(Problem("consent_missing", "consent"))
    if given.seen_hash != shown_hash:
        problems.append(Problem("papers_changed", "papers", given.seen_hash[:12], shown_hash[:12]))
    return problems
