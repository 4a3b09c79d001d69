"""From a quote to a submitted application, as agents and their clients do it."""

import random
from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from megler.applications.actions.answering import answer
from megler.applications.actions.checks import note_refusal
from megler.applications.actions.holding import papers_for
from megler.applications.actions.signing import (
    ask_client_to_sign,
    birth_date_of,
    identify_client,
    send_code_to_client,
    sign_as_agent,
    sign_as_client,
)
from megler.applications.actions.starting import start_from_quote
from megler.applications.actions.submitting import not_in_good_order, submit, withdraw
from megler.applications.models import Application
from megler.applications.models_filling import Occasion
from megler.demo.actions import exchanging
from megler.demo.actions.applicants import an_applicant
from megler.demo.actions.telling import DAY, HOUR, Told
from megler.demo.rules.applicants import answers_of, facts_document
from megler.demo.rules.completing import completed
from megler.forms.actions.signatures import applicant as applicant_actor
from megler.forms.models import SignatureRequest, hash_of
from megler.forms.rules.identity import CODE_DIGITS
from megler.forms.rules.questionnaire import SignerRole
from megler.forms.rules.signing import Signature
from megler.journal.rules.actors import Actor
from megler.post.models import Message
from megler.quoting.actions.quotes import save_quote
from megler.quoting.models import Quote

BROWSER = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)"
NOT_IN_GOOD_ORDER = 0.09
FORGOTTEN = (
    "insured_ssn", "insured_occupation", "insured_phone", "beneficiaries", "existing_cover",
    "physician_name", "doctors", "report_id_seen", "report_met", "height_in", "bank_routing",
    "medications", "med_heart", "payment_method", "replacing",
)  # fmt: skip
"""What agents leave out who submit too soon; what a questionnaire does not ask is no gap."""
ONLY_A_QUOTE, LEFT_AS_DRAFT, WITHDRAWN, NEVER_SIGNED = 0.13, 0.025, 0.015, 0.02


def sold(told: Told) -> Iterator[datetime]:
    """Quote, apply, sign, submit; ends early where the applicant or the agent loses interest.

    `told.application` is set once it is submitted.
    """
    yield told.at
    quote = _quoted(told)
    chosen = _chosen(told.dice, quote)
    if chosen is None or told.dice.random() < ONLY_A_QUOTE:
        return
    yield told.wait(10, 3 * DAY)
    application = start_from_quote(told.seller, quote, chosen, told.at)
    yield told.wait(10, 2 * HOUR)
    fill_in(told, application)
    application = _as_it_stands(application)
    if told.applicant is not None and told.applicant.is_exchanged:
        exchanging.begin(told, application, told.applicant)
    if told.dice.random() < LEFT_AS_DRAFT:
        return
    yield told.wait(2, DAY)
    request = ask_client_to_sign(told.seller, application, told.at)
    if told.dice.random() < NEVER_SIGNED:
        if told.dice.random() < WITHDRAWN / NEVER_SIGNED:
            yield told.wait(5 * DAY, 9 * DAY)
            withdraw(told.seller, application, told.at)
        return
    yield told.wait(15, 4 * DAY)
    client = applicant_actor(request, "203.0.113.24")
    _says_who_it_is(client, request, application, told.at)
    shown = papers_for(application, SignerRole(request.role), client, told.at)
    given = Signature(request.name, True, hash_of(shown), signed_in=_where(application))
    sign_as_client(client, request, given, BROWSER, told.at)
    yield told.wait(10, DAY)
    application = _as_it_stands(application)
    shown = papers_for(application, SignerRole.AGENT, told.seller.actor(), told.at)
    given = Signature(told.agent.name, True, hash_of(shown), signed_in=_where(application))
    sign_as_agent(told.seller, application, given, "", told.at)
    yield told.wait(1, 30)
    told.application = submit(told.seller, application, told.at)


def _says_who_it_is(
    client: Actor, request: SignatureRequest, application: Application, at: datetime
) -> None:
    """The client opens the link and types the code from the e-mail, and the birth date."""
    send_code_to_client(client, request, at, first=True)
    mail = Message.objects.filter(about_id=request.subject_id, to=request.email)
    text: str = mail.order_by("-created_at").filter(private=True)[0].text
    code = next(word for word in text.split() if len(word) == CODE_DIGITS and word.isdigit())
    born = birth_date_of(application, SignerRole(request.role), at)
    identify_client(client, request, code, born, at)


def _where(application: Application) -> str:
    """City and state in which they sign: where the client lives."""
    home = application.given["insured_address"].value
    return f"{home['city']}, {home['state']}"


def _quoted(told: Told) -> Quote:
    on = timezone.localtime(told.at).date()
    told.applicant = an_applicant(told.dice, on)
    document = facts_document(told.applicant, on)
    return save_quote(
        told.seller, document, on, agent=told.agent, title=told.applicant.name, at=told.at
    )


def _chosen(dice: random.Random, quote: Quote) -> int | None:
    """One of the cheapest offers of different carriers; the cheapest most often."""
    first: dict[str, int] = {}
    for index, offer in enumerate(quote.answer["offers"]):
        if offer["premium"].get(offer["mode"]):
            first.setdefault(offer["carrier"], index)
    some = list(first.values())[:4]
    return dice.choices(some, (55, 25, 13, 7)[: len(some)])[0] if some else None


def fill_in(told: Told, application: Application) -> None:
    """Type everything that the questionnaire asks; now and then only after trying to submit."""
    if told.applicant is None:
        raise ValueError("answered before asked")
    on = timezone.localtime(told.at).date()
    said = answers_of(told.applicant, on)
    raws = completed(application.questionnaire, said, application.given, on)
    hasty = random.Random(told.applicant.ssn)  # noqa: S311 - not a secret
    if hasty.random() < NOT_IN_GOOD_ORDER:
        said_of = [key for key in FORGOTTEN if raws.get(key)]
        forgotten = hasty.sample(said_of, min(len(said_of), hasty.randint(1, 3)))
        first = {key: raw for key, raw in raws.items() if key not in forgotten}
        application = answer(
            told.seller, application, first, application.version, told.at
        ).application
        found = not_in_good_order(application, told.at)
        refused = tuple(one for one in found if one.code != "signature_missing")
        note_refusal(application, Occasion.SUBMIT, refused, told.at)
    answer(told.seller, application, raws, application.version, told.at)


def _as_it_stands(application: Application) -> Application:
    with_names = Application.objects.select_related("agent__user", "product__carrier")
    return with_names.get(pk=application.pk)
