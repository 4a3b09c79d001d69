"""The product's addresses and `POST /api/v1/bare`: the same door, an answer kept in memory.

`MEGLER_BENCH_ANSWERS` names the folder of the answers, `0.json` and so on; `?n=` picks one.
"""

import os
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from ninja import Router

from megler.accounts.access import api_door, api_needs
from megler.accounts.rules.roles import Can
from megler.config.api import READ_ONLY, api

_KEPT = [
    path.read_bytes()
    for path in sorted(
        Path(os.environ["MEGLER_BENCH_ANSWERS"]).glob("*.json"), key=lambda path: int(path.stem)
    )
]
_router = Router()


@_router.post("/bare", auth=api_door(Can.QUOTE))
def bare(request: HttpRequest, n: int) -> HttpResponse:
    """Reads the body and answers with what was kept."""
    api_needs(request, Can.QUOTE)
    if not request.body:
        raise ValueError("no body")
    return HttpResponse(_KEPT[n], content_type="application/json")


api.add_router("", _router)
READ_ONLY.add("/api/v1/bare")

from megler.config.urls import urlpatterns  # noqa: E402, F401 - the address must be there first
