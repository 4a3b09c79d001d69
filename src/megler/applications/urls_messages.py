"""Addresses of TXLife messages: importing one, those of an application, its own 103."""

from django.urls import path

from megler.applications.pages import importing

_ONE = "applications/<uuid:application_id>/"

MESSAGES = [
    path("applications/import/", importing.application_import, name="application_import"),
    path(_ONE + "messages/", importing.application_messages, name="application_messages"),
    path(
        _ONE + "messages/<uuid:message_id>/",
        importing.application_message,
        name="application_message",
    ),
    path(
        _ONE + "messages/<uuid:message_id>/<uuid:document_id>/",
        importing.application_message_file,
        name="application_message_file",
    ),
    path(_ONE + "txlife/", importing.application_txlife, name="application_txlife"),
]
