"""Every address of the product. Each room brings its own `urls`; the API hangs under `/api/v1`."""

from importlib import import_module
from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path

from megler.accounts.access import for_those_who_can
from megler.accounts.rules.roles import Can
from megler.config.api import api
from megler.config.health import healthz
from megler.journal import pages as journal

_rooms = sorted(
    found.parent.name for found in Path(__file__).resolve().parents[1].glob("*/urls.py")
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", api.urls),
    # The journal lies below the room that knows roles, so its door is put on here.
    path("journal/", for_those_who_can(Can.SEE_JOURNAL)(journal.journal), name="journal"),
]
for _room in _rooms:
    if _room != "config":
        urlpatterns += import_module(f"megler.{_room}.urls").urlpatterns
# After the rooms, so that `accounts` may answer instead of a page of allauth's.
urlpatterns.append(path("account/", include("allauth.urls")))
