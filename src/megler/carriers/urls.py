"""Addresses of the room."""

from django.urls import path

from megler.carriers import pages

urlpatterns = [
    path("carriers/", pages.carriers, name="carriers"),
    path("carriers/<slug:slug>/", pages.carrier, name="carrier"),
    path("editions/publish/", pages.edition_publish, name="edition_publish"),
    path("editions/<uuid:edition_id>/", pages.edition, name="edition"),
    path("editions/<uuid:edition_id>/package/", pages.edition_package, name="edition_package"),
]
