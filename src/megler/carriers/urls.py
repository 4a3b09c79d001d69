"""Addresses of the room."""

from django.urls import path

from megler.carriers.pages import drafts, editions

urlpatterns = [
    path("carriers/", editions.carriers, name="carriers"),
    path("carriers/<slug:slug>/", editions.carrier, name="carrier"),
    path("editions/publish/", editions.edition_publish, name="edition_publish"),
    path("editions/drafts/", drafts.drafts, name="edition_drafts"),
    path("editions/drafts/<uuid:draft_id>/", drafts.draft, name="edition_draft"),
    path("editions/drafts/<uuid:draft_id>/publish/", drafts.publish, name="edition_draft_publish"),
    path("editions/<uuid:edition_id>/", editions.edition, name="edition"),
    path("editions/<uuid:edition_id>/package/", editions.edition_package, name="edition_package"),
    path(
        "editions/<uuid:edition_id>/forms/<slug:form_key>/",
        editions.edition_form,
        name="edition_form",
    ),
]
