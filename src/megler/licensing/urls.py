"""Addresses of the room."""

from django.urls import path

from megler.licensing import pages

urlpatterns = [
    path("agency/", pages.agency, name="agency"),
    path("agents/", pages.agents, name="agents"),
    path("agents/new/", pages.agent_new, name="agent_new"),
    path("agents/<uuid:agent_id>/", pages.agent, name="agent"),
    path("agents/<uuid:agent_id>/downline/", pages.agent_downline, name="agent_downline"),
    path("agents/<uuid:agent_id>/marks/", pages.agent_marks, name="agent_marks"),
]
