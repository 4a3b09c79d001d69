"""Addresses of the portal."""

from django.urls import path

from megler.portal.pages import case, opened, own

_CASE = "cases/<uuid:case_id>/"

urlpatterns = [
    path(f"{_CASE}portal/", case.case_portal, name="case_portal"),
    path(f"{_CASE}questions/", case.question_ask, name="question_ask"),
    path(f"{_CASE}ask-for-change/", case.change_ask, name="change_ask"),
    path(f"{_CASE}client-link/", case.client_link_make, name="client_link_make"),
    path(f"{_CASE}notices/", case.case_notices, name="case_notices"),
    path("questions/<uuid:question_id>/answer/", case.question_answer, name="question_answer"),
    path(
        "requirements/<uuid:requirement_id>/bring/",
        case.requirement_bring,
        name="requirement_bring",
    ),
    path("change-requests/<uuid:request_id>/<slug:act>/", case.change_settle, name="change_settle"),
    path("client-links/<uuid:link_id>/close/", case.client_link_close, name="client_link_close"),
    path("notices/", own.notices, name="notices"),
    path("notices/delegates/", own.delegate, name="delegate"),
    path("notices/delegates/<uuid:delegation_id>/end/", own.delegation_end, name="delegation_end"),
    path("notices/calendar/", own.calendar_make, name="calendar_make"),
    path("notices/calendar/close/", own.calendar_close, name="calendar_close"),
    path("my-case/<str:token>/", opened.client_status, name="client_status"),
    path("calendar/<str:token>.ics", opened.calendar_feed, name="calendar_feed"),
]
