"""What django-axes asks us: whose sign-in was tried, and what somebody locked out is told."""

from datetime import datetime
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail address that somebody tries to sign in with, however the form names it."""
    given = credentials or {}
    name = given.get("email") or given.get("username") or request.POST.get("login", "")
    return str(name).strip().lower()


def locked(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """The page for one address that tried one name too often; everybody else is unaffected."""
    name = name_tried(request, credentials)
    return render(request, "account/locked.html", {"until": _until(request, name)}, status=429)


def _until(request: HttpRequest, name: str) -> datetime:
    """When the lock opens by itself: the cool-off after the last try that counted."""
    tried = AccessAttempt.objects.filter(username=name, ip_address=request.META["REMOTE_ADDR"])
    last = tried.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    cool_off = get_cool_off(request)
    assert cool_off is not None  # noqa: S101 - AXES_COOLOFF_TIME is always set
    until: datetime = (last or timezone.now()) + cool_off
    return until
