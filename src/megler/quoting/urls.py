"""Addresses of the room."""

from django.urls import path

from megler.quoting.pages import embed, links, live, opened, proposals, quotes

_PROPOSAL = "proposals/<uuid:proposal_id>/"

urlpatterns = [
    path("quotes/", quotes.quotes, name="quotes"),
    path("quotes/new/", live.quote_new, name="quote_new"),
    path("quotes/offers/", live.quote_offers, name="quote_offers"),
    path("quotes/from-facts/", live.quote_from_facts, name="quote_from_facts"),
    path("quotes/history/", live.quote_history, name="quote_history"),
    path("quotes/save/", live.quote_save, name="quote_save"),
    path("quotes/<uuid:quote_id>/", quotes.quote, name="quote"),
    path("quotes/<uuid:quote_id>/replay/", quotes.quote_replay, name="quote_replay"),
    path("quotes/<uuid:quote_id>/proposals/", proposals.quote_proposals, name="quote_proposals"),
    path(_PROPOSAL, proposals.proposal, name="proposal"),
    path(_PROPOSAL + "pdf/", proposals.proposal_pdf, name="proposal_pdf"),
    path(_PROPOSAL + "pages/<int:page>/", proposals.proposal_page, name="proposal_page"),
    path(_PROPOSAL + "links/", proposals.proposal_link_make, name="proposal_link_make"),
    path(
        _PROPOSAL + "links/<uuid:link_id>/revoke/",
        proposals.proposal_link_revoke,
        name="proposal_link_revoke",
    ),
    path("p/<str:token>/", opened.proposal_open, name="proposal_open"),
    path("p/<str:token>/pdf/", opened.proposal_open_pdf, name="proposal_open_pdf"),
    path("p/<str:token>/pages/<int:page>/", opened.proposal_open_page, name="proposal_open_page"),
    path("quote-links/", links.quote_links, name="quote_links"),
    path("quote-links/new/", links.quote_link_new, name="quote_link_new"),
    path("quote-links/<uuid:link_id>/", links.quote_link, name="quote_link"),
    path("leads/<uuid:lead_id>/", links.lead, name="lead"),
    path("leads/<uuid:lead_id>/close/", links.lead_close, name="lead_close"),
    path("embed/<str:key>/", embed.embed, name="embed"),
    path("embed/<str:key>/colours.css", embed.embed_colours, name="embed_colours"),
    path("embed/<str:key>/contact/", embed.embed_contact, name="embed_contact"),
]
