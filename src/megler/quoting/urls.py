"""Addresses of the room."""

from django.urls import path

from megler.quoting.pages import quotes

urlpatterns = [
    path("quotes/", quotes.quotes, name="quotes"),
    path("quotes/new/", quotes.quote_new, name="quote_new"),
    path("quotes/offers/", quotes.quote_offers, name="quote_offers"),
    path("quotes/save/", quotes.quote_save, name="quote_save"),
    path("quotes/<uuid:quote_id>/", quotes.quote, name="quote"),
    path("quotes/<uuid:quote_id>/replay/", quotes.quote_replay, name="quote_replay"),
]
