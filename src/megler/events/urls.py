"""Addresses of the room."""

from django.urls import path

from megler.events.pages import exporting, hearing, webhooks

urlpatterns = [
    path("webhooks/", webhooks.subscriptions, name="subscriptions"),
    path("webhooks/new/", webhooks.subscription_new, name="subscription_new"),
    path("webhooks/<uuid:subscription_id>/", webhooks.subscription, name="subscription"),
    path(
        "webhooks/<uuid:subscription_id>/<slug:act>/",
        webhooks.subscription_act,
        name="subscription_act",
    ),
    path("webhooks/log/<uuid:webhook_id>/again/", webhooks.delivery_replay, name="delivery_replay"),
    path("webhooks/listening/", webhooks.listening_make, name="listening_make"),
    path("export/", exporting.exports, name="exports"),
    path("export/<slug:noun>.<slug:kind>", exporting.export, name="export"),
    path("hear/<slug:carrier>/", hearing.hear, name="hear"),
]
