"""Addresses of the room."""

from django.urls import path

from megler.quoting import pages

urlpatterns = [
    path("quotes/", pages.quotes, name="quotes"),
    path("quotes/new/", pages.quote_new, name="quote_new"),
    path("quotes/offers/", pages.quote_offers, name="quote_offers"),
    path("quotes/save/", pages.quote_save, name="quote_save"),
    path("quotes/<uuid:quote_id>/", pages.quote, name="quote"),
    path("quotes/<uuid:quote_id>/replay/", pages.quote_replay, name="quote_replay"),
]
