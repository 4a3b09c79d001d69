"""Papers printed to be signed by hand, and the scans that come back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.applications.actions.holding import (
    in_hand,
    papers,
    papers_for,
    signed,
    signers,
    still_open,
    today,
)
from megler.applications.actions.known_forms import printed_edition, printed_number
from megler.applications.actions.signing_on_paper import sign_on_paper
from megler.applications.actions.uploading import in_sight
from megler.applications.models import Application
from megler.applications.models_uploads import Upload
from megler.applications.rules.uploads import Signed
from megler.documents.binding import bind
from megler.documents.marking import mark_pages
from megler.documents.models import Standing
from megler.forms.actions.stamping import stamp
from megler.forms.models import ROLE_NAMES, Paper, SignatureRequest
from megler.forms.rules.marks import Mark, bar_code, footer
from megler.forms.rules.questionnaire import SignerRole
from megler.vocabulary.problems import Problem, Refused

Piece = dict[str, Any]
"""A copy of a form as `Upload.found` keeps it."""


def printed_to_sign(person: User, application: Application, at: datetime | None = None) -> bytes:
    """All papers as they stand, as one PDF to be printed and signed by hand.

    Each page bears a code that tells the paper and its content, so that a scan of it is known, and
    one of an older printing is not taken for this one. Raises `Refused` when it is closed.
    """
    held = in_sight(person, application)
    marked = []
    for paper in papers(held, person.actor(), at):
        pages, number = paper.document.pages, printed_number(held, paper)
        marks = [Mark(number, printed_edition(paper), i, pages) for i in range(1, pages + 1)]
        (flat,) = stamp([(paper.document.read(), {})])
        codes, words = [bar_code(mark) for mark in marks], [footer(mark) for mark in marks]
        marked.append(mark_pages(flat, codes, words))
    return bind(marked, f"{held.reference} to sign")


def waiting_to_sign(held: Application, at: datetime | None = None) -> dict[SignerRole, str]:
    """Who has not signed yet, by name."""
    done = signed(held)
    return {role: one.name for role, one in signers(held, today(at)).items() if role not in done}


def sign_from_upload(
    person: User,
    one: Upload,
    role: SignerRole,
    *,
    compared: bool = False,
    at: datetime | None = None,
) -> SignatureRequest:
    """Count what was signed by hand in `role` on the papers that the upload shows.

    A paper printed here counts when it is of the answers as they stand now. For a carrier's form
    filled elsewhere, and where a place to sign cannot be judged, the person must have `compared` it
    with what stands here. Nothing changes between looking and counting. Raises `Refused` naming
    every page and place that lacks.
    """
    at = at or timezone.now()
    with transaction.atomic():
        held = in_hand(one.application_id, person)
        still_open(held)
        if one.document.standing != Standing.CLEAR or one.read_at is None:
            raise Refused(Problem("upload_not_read", one.document.name))
        standing = papers_for(held, role, person.actor(), at)
        pages_found, empty = _shown(standing, one.found.get("pieces", []), role, compared)
        done = sign_on_paper(
            person, held, role, one.document, pages_found, boxes_empty=empty, at=at
        )
        Upload.objects.filter(pk=one.pk).update(signed=sorted({*one.signed, role.value}))
    return done


def _shown(
    standing: list[Paper], pieces: list[Piece], role: SignerRole, compared: bool
) -> tuple[dict[str, list[int]], list[str]]:
    """The pages by form that show papers as they stand, and the forms whose place to sign is empty.

    Raises `Refused` with everything that does not count.
    """
    pages_found: dict[str, list[int]] = {}
    empty: list[str] = []
    problems: list[Problem] = []
    for paper in standing:
        mine = [piece for piece in pieces if piece["form"] == paper.form_key]
        if not mine:
            continue
        piece = _standing_for(paper, mine, compared)
        if piece is None:
            code = "paper_not_current" if mine[0]["is_printed"] else "paper_not_compared"
            problems.append(Problem(code, paper.name))
            continue
        pages_found[paper.form_key] = [page for page, _place in piece["at"]]
        shows = piece["signed"].get(role.value)
        if shows == Signed.EMPTY:
            empty.append(paper.form_key)
        elif shows != Signed.SIGNED and not compared:
            problems.append(Problem("paper_by_eye", paper.name, str(ROLE_NAMES[role])))
    if not pages_found and not problems:
        problems.append(Problem("paper_not_there", str(ROLE_NAMES[role])))
    if problems:
        raise Refused(problems)
    return pages_found, empty


def _standing_for(paper: Paper, pieces: list[Piece], compared: bool) -> Piece | None:
    """The copy that shows the paper as it stands now: printed from it, or compared by a person."""
    current = printed_edition(paper)
    printed = [p for p in pieces if p["is_printed"] and p["edition"] == current]
    elsewhere = [p for p in pieces if not p["is_printed"] and p["edition"] == p["known"]]
    found = printed or (elsewhere if compared else [])
    return max(found, key=lambda piece: len(piece["at"]), default=None)
