"""Addresses of the room."""

from django.urls import path

from megler.licensing import pages

urlpatterns = [
    path("agents/", pages.agents, name="agents"),
    path("agents/new/", pages.agent_new, name="agent_new"),
    path("agents/<uuid:agent_id>/", pages.agent, name="agent"),
]
