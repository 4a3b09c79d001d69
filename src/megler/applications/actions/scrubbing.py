"""Scrubbing a stranger's application: what is not in good order, and nothing of it kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications.actions.answering import RAW_MAX
from megler.applications.actions.checks import Looked, findings_of, note_check
from megler.applications.actions.holding import missing, signers, today
from megler.applications.actions.known_forms import KnownSet, known_sets
from megler.applications.actions.opening import Opened, open_file
from megler.applications.actions.starting import prefilled
from megler.applications.models import Application
from megler.applications.models_filling import Occasion
from megler.applications.rules.origins import Origin
from megler.applications.rules.scrubbing import (
    PieceSeen,
    forms_missing,
    judged,
    not_judged,
    pieces_problems,
    signatures_lacking,
)
from megler.applications.rules.signers import insured_name
from megler.carriers.models import Carrier, Product
from megler.documents import apart
from megler.documents.actions import Examined, Sent, examine_all
from megler.documents.models import Standing
from megler.documents.rules.pages import FileFacts
from megler.forms.rules.good_order import Missing, values_of
from megler.forms.rules.questionnaire import Questionnaire, forms_needed
from megler.forms.rules.recognising import recognise
from megler.licensing.models import Agent
from megler.vocabulary.problems import Problem, Refused, Severity


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """What is known of a file. `application` is what it would become, in no table.

    `pages_wrong`, `answers_wrong` and `unsigned` are not in good order, `differ` says what two of its
    forms contradict each other in, and `by_eye` what could not be judged.
    """

    examined: Examined
    facts: FileFacts
    known: KnownSet | None = None
    opened: Opened | None = None
    application: Application | None = None
    product: Product | None = None
    pages_wrong: tuple[Problem, ...] = ()
    answers_wrong: tuple[Missing, ...] = ()
    differ: tuple[Problem, ...] = ()
    unsigned: tuple[Problem, ...] = ()
    by_eye: tuple[Problem, ...] = ()

    @property
    def is_in_order(self) -> bool:
        """Whether nothing was found that stops it. What must be seen by eye is another matter."""
        told = (*self.pages_wrong, *self.differ, *self.unsigned)
        return self.known is not None and not (
            any(one.severity is Severity.ERROR for one in told)
            or any(one.is_error for one in self.answers_wrong)
        )


def scrub(
    person: User, files: Sequence[Sent], agent: Agent | None = None, at: datetime | None = None
) -> Scrubbed:
    """What is not in good order with a finished application from anywhere.

    Nothing of the file is kept; counted is only how many gaps of which kind it had, as for every
    application. Raises `Refused` when it is no file that can be read.
    """
    if not person.may(Can.APPLY):
        raise Refused(Problem("not_allowed", "application"))
    if not files:
        raise Refused(Problem("upload_nothing", "files"))
    at = at or timezone.now()
    examined = examine_all(files)
    if len(examined) != 1:
        raise Refused(Problem("upload_one_file", "files", str(len(examined))))
    if examined[0].standing != Standing.CLEAR:
        raise Refused(Problem("document_in_quarantine", examined[0].name))
    scrubbed = judge(examined[0], agent or own_agent(person), today(at), at)
    _count(scrubbed, at)
    return scrubbed


def own_agent(person: User) -> Agent | None:
    """The one agent in whose name the person acts; None when there are several or none."""
    acted_for = list(Agent.objects.acted_for_by(person)[:2]) if person.is_seller else []
    return acted_for[0] if len(acted_for) == 1 else None


def judge(examined: Examined, agent: Agent | None, on: date, at: datetime) -> Scrubbed:
    """What can be said of a file that was examined."""
    facts = apart.look(examined.content, examined.name)
    known = best_set(facts, known_sets(on))
    if known is None:
        told = (Problem("scrub_no_set", severity=Severity.WARNING),)
        return Scrubbed(examined, facts, by_eye=told)
    opened = open_file(examined.content, examined.name, known, facts=facts)
    product = product_of(known, opened)
    held = application_of(known, opened, product, agent, at)
    pieces = [PieceSeen(o.piece, o.form.spec, o.is_read, o.signed) for o in opened.pieces]
    certain, by_eye = judged(held.questionnaire, missing(held, on), pieces)
    empty, unseen = signatures_lacking(pieces, (role.value for role in signers(held, on)))
    needed = forms_needed(held.questionnaire, held.given)
    by_key = held.questionnaire.by_key
    if product is None:
        several = ", ".join(sorted(one.name for one in products_of(known)))
        by_eye.insert(0, Problem("scrub_any_product", "", several, "", Severity.WARNING))
    return Scrubbed(
        examined,
        facts,
        known,
        opened,
        held,
        product,
        pages_wrong=(*pieces_problems(pieces, on), *forms_missing(needed, pieces)),
        answers_wrong=tuple(certain),
        differ=tuple(
            Problem("scrub_differ", by_key[key].short, *texts)
            for key, texts in opened.read.differ.items()
        ),
        unsigned=tuple(empty),
        by_eye=(*by_eye, *unseen, *not_judged(opened.recognition, opened.read)),
    )


def best_set(facts: FileFacts, sets: Sequence[KnownSet]) -> KnownSet | None:
    """The form set that knows most of the file's pages; of those alike the one in the same edition."""
    scored = []
    for known in sets:
        pieces = [piece for piece in recognise(facts, known.marks).pieces if piece.key]
        pages = sum(len(piece.at) for piece in pieces)
        current = sum(len(piece.at) for piece in pieces if not piece.is_stale)
        scored.append(((pages, current), known))
    scored.sort(key=lambda one: one[0], reverse=True)
    return scored[0][1] if scored and scored[0][0][0] else None


def products_of(known: KnownSet) -> list[Product]:
    """The carrier's products that a form set is for."""
    listed = Product.objects.filter(carrier__slug=known.carrier).select_related("carrier")
    fits = Q(code__in=known.products) if known.products else Q(line__in=known.lines)
    return list(listed.filter(fits))


def product_of(known: KnownSet, opened: Opened) -> Product | None:
    """The product, when the file or the form set names one."""
    found = products_of(known)
    if len(found) == 1:
        return found[0]
    read = opened.read
    told = read.head.get("product_name") or str(read.raws.get("cover_product") or "")
    named = [one for one in found if told and one.name.casefold() == told.strip().casefold()]
    return named[0] if len(named) == 1 else None


def application_of(
    known: KnownSet, opened: Opened, product: Product | None, agent: Agent | None, at: datetime
) -> Application:
    """The application that the file would become; not saved."""
    carrier = Carrier.objects.get(slug=known.carrier)
    chosen = product or Product(carrier=carrier, line=known.lines[0] if known.lines else "")
    read = opened.read
    named = read.head.get("agent_name", "")
    held = Application(
        agent=agent or Agent(name=named, npn=read.head.get("agent_npn", "")[:20]),
        product=chosen,
        form_set_id=known.edition_id,
        offer=offer_of(chosen, read.raws),
        answers=answers_of(known.asked, read.raws, at),
        version=1,
        started_at=at,
        changed_at=at,
    )
    held.insured_name = insured_name(values_of(held.questionnaire, held.given))[:400]
    return held


def answers_of(asked: Questionnaire, raws: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The answers as an application keeps them; what cannot be read as it stands on paper."""
    found = prefilled(asked, raws, Origin.UPLOAD, at)
    for key, raw in raws.items():
        if key in asked.by_key and key not in found and not asked.by_key[key].locked:
            kept = raw if isinstance(raw, dict | list) else str(raw)[:RAW_MAX]
            found[key] = {
                "value": None,
                "raw": kept,
                "at": at.isoformat(),
                "origin": Origin.UPLOAD,
                "version": 1,
            }
    return found


def offer_of(product: Product, raws: Mapping[str, Any]) -> dict[str, Any]:
    """What the application keeps of an offer, as far as paper tells it."""
    return {
        "carrier": product.carrier.slug,
        "carrier_name": product.carrier.name,
        "product": product.code,
        "product_name": product.name,
        "line": product.line,
        "face_amount": _plain_amount(raws.get("cover_face_amount")),
        "term_years": None,
        "premium": None,
        "premiums": {},
        "mode": None,
    }


def _plain_amount(text: object) -> str | None:
    digits = str(text or "").replace(",", "").replace("$", "").strip().removesuffix(".00")
    return digits if digits.isdecimal() and len(digits) < 13 else None


def _count(scrubbed: Scrubbed, at: datetime) -> None:
    """Count what kinds of gaps it had; without whose application it is, there is nobody to count for."""
    held, known = scrubbed.application, scrubbed.known
    if held is None or known is None or held.agent._state.adding:
        return
    forms = {form.key: form.name for form in forms_needed(held.questionnaire, held.given)}
    looked = Looked(held.agent, Occasion.SCRUB, known.reference, forms)
    note_check(looked, findings_of(held.questionnaire, scrubbed.answers_wrong), at)
