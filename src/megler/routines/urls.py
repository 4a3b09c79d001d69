"""Addresses of the room."""

from django.urls import path

from megler.routines.pages import promises, queues, routines, sharing

_ROUTINE = "routines/<uuid:routine_id>/"

urlpatterns = [
    path("routines/", routines.routines, name="routines"),
    path("routines/new/", routines.routine_new, name="routine_new"),
    path("routines/fields/", routines.routine_fields, name="routine_fields"),
    path(_ROUTINE, routines.routine, name="routine"),
    path(f"{_ROUTINE}switch/", routines.routine_switch, name="routine_switch"),
    path(f"{_ROUTINE}remove/", routines.routine_remove, name="routine_remove"),
    path(f"{_ROUTINE}preview/", routines.routine_preview, name="routine_preview"),
    path("queues/", queues.queues, name="queues"),
    path("queues/reassign/", queues.queue_reassign, name="queue_reassign"),
    path("teams/", sharing.teams, name="teams"),
    path("teams/<uuid:team_id>/", sharing.team, name="team"),
    path("teams/rules/", sharing.assignment_rules, name="assignment_rules"),
    path("absences/", sharing.absences, name="absences"),
    path("absences/<uuid:absence_id>/end/", sharing.absence_end, name="absence_end"),
    path("office/", sharing.office, name="office"),
    path("promises/", promises.promises, name="promises"),
    path("promises/change/", promises.promises_change, name="promises_change"),
    path("cases/<uuid:case_id>/work/", promises.case_work, name="case_work"),
    path("cases/<uuid:case_id>/looked-after/", queues.case_reassign, name="case_reassign"),
]
