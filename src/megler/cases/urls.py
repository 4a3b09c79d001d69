"""Addresses of cases."""

from django.urls import path

from megler.cases.pages import doing, guide_effect, listing, reading

_CASE = "cases/<uuid:case_id>/"

urlpatterns = [
    path("cases/", listing.cases, name="cases"),
    path("cases/guide-effect/<uuid:draft_id>/", guide_effect.guide_effect, name="guide_effect"),
    path(_CASE, reading.case, name="case"),
    path(f"{_CASE}timeline/", reading.case_timeline, name="case_timeline"),
    path(f"{_CASE}do/<slug:act>/", doing.case_act, name="case_act"),
    path(f"{_CASE}notes/", doing.case_note, name="case_note"),
    path(f"{_CASE}tasks/", doing.case_task, name="case_task"),
    path(f"{_CASE}tasks/<uuid:task_id>/finish/", doing.case_task_finish, name="case_task_finish"),
    path(f"{_CASE}requirements/", doing.requirement_add, name="requirement_add"),
    path(
        f"{_CASE}requirements/<uuid:requirement_id>/<slug:act>/",
        doing.requirement_act,
        name="requirement_act",
    ),
    path(f"{_CASE}documents/", doing.case_documents, name="case_documents"),
    path(f"{_CASE}documents/<uuid:paper_id>/", reading.case_document, name="case_document"),
    path(
        f"{_CASE}documents/<uuid:paper_id>/preview/",
        reading.case_document_preview,
        name="case_document_preview",
    ),
]
