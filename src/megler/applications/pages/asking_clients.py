"""The agent has a client fill in their part, or ends the link."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.applications.actions.filling import Asked, ask_to_fill
from megler.applications.pages.sheet import visible
from megler.forms.rules.questionnaire import SignerRole
from megler.ui.problems import sentence
from megler.vocabulary.problems import Refused


@for_those_who_can(Can.APPLY)
@require_POST
def application_ask_to_fill(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """Send a client the private link to their questions."""
    held = visible(request, application_id)
    post = request.POST
    role = post.get("role", "")
    known = SignerRole(role) if role in set(SignerRole) else SignerRole.AGENT
    whom = Asked(known, post.get("name", ""), post.get("email", ""), post.get("language", ""))
    try:
        link = ask_to_fill(request.user, held, whom)
    except Refused as refused:
        messages.error(request, " ".join(sentence(one) for one in refused.problems))
    else:
        told = {"name": link.name, "email": link.email}
        messages.success(
            request, _("The questions are on their way to %(name)s, %(email)s.") % told
        )
    return redirect("application", held.pk)
