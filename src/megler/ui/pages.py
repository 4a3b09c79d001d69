"""The pages that say that something is wrong with the request itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its protection against forgery: usually an old tab or blocked cookies."""
    return render(request, "csrf.html", {"reason": reason}, status=403)
