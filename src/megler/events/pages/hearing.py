"""Where carriers push their notifications to; signed, as Standard Webhooks has it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from megler.accounts.access import for_everyone
from megler.events.actions import hearing
from megler.events.models import Listening
from megler.vocabulary.problems import Refused


@for_everyone
@csrf_exempt
@require_POST
def hear(request: HttpRequest, carrier: str) -> HttpResponse:
    """202 the first time, 200 again; 401 unsigned; 422 what nobody can read."""
    listening = Listening.objects.filter(carrier__slug=carrier).select_related("carrier").first()
    if listening is None:
        raise Http404
    length = request.headers.get("Content-Length") or "0"
    if not (length.isascii() and length.isdecimal() and len(length) < 10):
        return HttpResponse(status=400)
    if int(length) > hearing.BODY_MAX:
        return HttpResponse(status=413)
    carried = {
        name: request.headers.get(name, "")
        for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
    }
    body = request.body
    if not hearing.is_from(listening, carried, body, timezone.now()):
        return HttpResponse(status=401)
    try:
        is_new = hearing.hear(listening, body)
    except Refused as refused:
        told = "\n".join(f"{p.where}: {p.code}" for p in refused.problems)
        return HttpResponse(told, content_type="text/plain", status=422)
    return HttpResponse(status=202 if is_new else 200)
