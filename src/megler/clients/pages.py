"""The page of a client."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.clients.models import Client


@for_those_who_can(Can.SEE_CASES)
def client(request: SignedInRequest, client_id: UUID) -> HttpResponse:
    """What is known of a client; to those who may see the record."""
    found = get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)
    return render(request, "clients/client.html", {"client": found})
