"""Signatures written on paper: the scan that was uploaded counts for the papers whose pages it shows."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.applications.actions.holding import (
    in_hand,
    missing,
    papers_for,
    signers,
    state_by_signatures,
    still_open,
    today,
)
from megler.applications.actions.voiding import void_outdated
from megler.applications.models import Application
from megler.applications.rules.signers import forms_signed_by
from megler.documents.models import Document
from megler.forms.actions import wet
from megler.forms.actions.signatures import Signer
from megler.forms.models import ROLE_NAMES, SignatureRequest
from megler.forms.rules.questionnaire import SignerRole
from megler.vocabulary.problems import Problem, Refused


def sign_on_paper(
    person: User,
    application: Application,
    role: SignerRole,
    document: Document,
    pages_found: Mapping[str, Collection[int]],
    *,
    boxes_empty: Collection[str] = (),
    at: datetime | None = None,
) -> SignatureRequest:
    """Record the signature of whoever signs in `role` on the papers of which pages were found.

    `pages_found` are pages (from 1) by form key. What was printed must be what stands now: the
    papers are the ones of this moment. Raises `Refused` with everything that is missing.
    """
    at = at or timezone.now()
    with transaction.atomic():
        held = in_hand(application.pk, person)
        still_open(held)
        actor = person.actor()
        void_outdated(held, actor, at)
        who = signers(held, today(at)).get(role)
        if who is None:
            raise Refused(Problem("nobody_signs_so", str(ROLE_NAMES[role])))
        forms = forms_signed_by(held.questionnaire, held.given, role) & set(pages_found)
        _complete(held, forms, at)
        papers = [p for p in papers_for(held, role, actor, at) if p.form_key in forms]
        done = wet.sign_on_paper(
            actor,
            held.subject,
            Signer(role, who.name, who.email),
            papers,
            document=document,
            pages_found=pages_found,
            boxes_empty=boxes_empty,
            at=at,
        )
        held.state = state_by_signatures(held)
        held.changed_at = at
        held.save()
    return done


def _complete(held: Application, forms: Collection[str], at: datetime) -> None:
    """Nobody signs a form that is not complete, on paper neither."""
    wrong = [one.problem for one in missing(held, today(at)) if one.is_error and one.form in forms]
    if wrong:
        raise Refused(wrong)
