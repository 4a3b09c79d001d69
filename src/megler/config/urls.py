"""Every address of the product. Each room brings its own `urls`; the API hangs under `/api/v1`."""

from importlib import import_module
from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from megler.accounts.access import for_everyone
from megler.config.api import api
from megler.config.health import healthz

_rooms = sorted(found.parent.name for found in Path(__file__).resolve().parents[1].glob("*/urls.py"))

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("language/", for_everyone(set_language), name="set_language"),
    path("account/", include("allauth.urls")),
    path("api/v1/", api.urls),
]
for _room in _rooms:
    if _room != "config":
        urlpatterns += import_module(f"megler.{_room}.urls").urlpatterns
