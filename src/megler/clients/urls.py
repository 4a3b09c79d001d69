"""Addresses of the room."""

from django.urls import path

from megler.clients import pages

urlpatterns = [path("clients/<uuid:client_id>/", pages.client, name="client")]
