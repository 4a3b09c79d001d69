"""Addresses of filling in: by the agent, by the client's private link, on the telephone."""

from django.urls import path

from megler.applications.pages import (
    asking_clients,
    client_filling,
    good_order,
    interviewing,
    sheet,
    suggesting,
    tickets,
)

_ONE = "applications/<uuid:application_id>/"
_FILL = "fill/<str:token>/"

FILLING = [
    path("applications/good-order/", good_order.good_order_rates, name="good_order_rates"),
    path("applications/suggest/", suggesting.application_suggest, name="application_suggest"),
    path(_ONE + "changes/", sheet.application_changes, name="application_changes"),
    path(
        _ONE + "ask-to-fill/",
        asking_clients.application_ask_to_fill,
        name="application_ask_to_fill",
    ),
    path("applications/start/ticket/", tickets.ticket_start, name="ticket_start"),
    path(_ONE + "send-ticket/", tickets.ticket_submit, name="ticket_submit"),
    path(_ONE + "interview/", interviewing.application_interview, name="application_interview"),
    path(_FILL, client_filling.fill, name="fill"),
    path(_FILL + "<slug:section>/", client_filling.fill_section, name="fill_section"),
    path(_FILL + "<slug:section>/changes/", client_filling.fill_changes, name="fill_changes"),
]
