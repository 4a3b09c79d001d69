"""What agents and clients are told by e-mail. Never an answer: only that, whose, and where."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from megler.applications.models import Application
from megler.applications.rules.signers import Person
from megler.forms.actions.identity import CodeMail
from megler.forms.actions.signatures import Invitation
from megler.forms.models import SignatureRequest
from megler.forms.rules.identity import CODE_LIFE
from megler.forms.rules.signing import LINK_LIFE
from megler.post.actions.messages import send


def signing_link(token: str) -> str:
    """The private link's address."""
    return settings.PUBLIC_URL + reverse("sign", args=[token])


def invitation(application: Application, signer: Person) -> Invitation:
    """The e-mail that asks a client to sign."""
    told = {
        "name": signer.name,
        "agent": application.agent.name,
        "product": application.product.name,
        "carrier": application.product.carrier.name,
        "days": LINK_LIFE.days,
    }

    def text(link: str) -> str:
        return _(
            "Dear %(name)s,\n\n"
            "%(agent)s has prepared your application for %(product)s from %(carrier)s. Read it and "
            "sign it on your phone or computer:\n\n%(link)s\n\n"
            "The link is yours alone and works for %(days)d days. Nobody will ask you for it by "
            "telephone. If you did not expect this, do nothing.\n"
        ) % {**told, "link": link}

    return Invitation(
        _("Your application from %(agent)s is ready to sign") % told, text, signing_link
    )


def reminder(application: Application, request: SignatureRequest) -> Invitation:
    """The e-mail that reminds a client to sign, in their language as far as it is known."""
    told = {
        "name": request.name,
        "agent": application.agent.name,
        "product": application.product.name,
        "carrier": application.product.carrier.name,
        "until": f"{timezone.localtime(request.expires_at):%Y-%m-%d}",
    }

    def text(link: str) -> str:
        return _(
            "Dear %(name)s,\n\n"
            "Your application for %(product)s from %(carrier)s still waits for your signature:\n\n"
            "%(link)s\n\n"
            "The link works until %(until)s. If you do not want to sign, open it and say why, or "
            "answer %(agent)s.\n"
        ) % {**told, "link": link}

    return Invitation(_("Reminder: your application from %(agent)s") % told, text, signing_link)


def code_mail(application: Application, request: SignatureRequest) -> CodeMail:
    """The e-mail that brings a one-time code, in the language in which the page is read."""
    told = {
        "name": request.name,
        "agent": application.agent.name,
        "minutes": int(CODE_LIFE.total_seconds() // 60),
    }

    def text(code: str) -> str:
        return _(
            "Dear %(name)s,\n\n"
            "Your code to read and sign the papers from %(agent)s is\n\n    %(code)s\n\n"
            "It works once, for %(minutes)d minutes. Nobody will ask you for it by telephone. If you "
            "did not open the link, do nothing.\n"
        ) % {**told, "code": code}

    return CodeMail(_("Your code for the papers from %(agent)s") % told, text)


def tell_of_void(
    application: Application, request: SignatureRequest, sections: list[str], at: datetime
) -> None:
    """Tell a signer that their signature does not count any more, and in which parts answers changed."""
    with override(language_of(request)):
        told = {
            "name": request.name,
            "agent": application.agent.name,
            "product": application.product.name,
            "carrier": application.product.carrier.name,
            "parts": ", ".join(dict.fromkeys(_(title) for title in sections)) or "–",
        }
        send(
            request.email,
            _("Your signature for %(agent)s has to be given again") % told,
            _(
                "Dear %(name)s,\n\n"
                "You signed your application for %(product)s from %(carrier)s. Answers on the papers "
                "changed after that, so your signature does not count any more.\n\n"
                "Changed: %(parts)s\n\n"
                "There is nothing to do now: %(agent)s sends you a new link to read and sign.\n"
            )
            % told,
            application.subject,
            to_name=request.name,
            language=language_of(request),
            at=at,
        )


def language_of(request: SignatureRequest) -> str:
    """The language in which a signer reads the pages, as far as it is known."""
    return request.language or settings.LANGUAGE_CODE


def tell_agent(
    application: Application,
    subject: "str | Promise",
    text: "str | Promise",
    told: dict[str, str],
    at: datetime | None = None,
) -> None:
    """Tell the agent, in the agent's language, what happened and where to look.

    `told` fills `text`. Both are lazy, since whoever acts may read another language.
    """
    link = settings.PUBLIC_URL + reverse("application", args=[application.pk])
    about = f"{application.reference} {application.insured_name}".strip()
    user = application.agent.user
    language = (user.language if user else "") or settings.LANGUAGE_CODE
    with override(language):
        send(
            application.agent.email,
            f"{about}: {subject}",
            f"{str(text) % told}\n\n{link}\n",
            application.subject,
            to_name=application.agent.name,
            language=language,
            at=at,
        )
