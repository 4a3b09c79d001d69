"""Tasks."""

from django.urls import path

from megler.work import pages

urlpatterns = [
    path("tasks/", pages.tasks, name="tasks"),
    path("tasks/<uuid:task_id>/", pages.task, name="task"),
    path("tasks/<uuid:task_id>/finish/", pages.finish, name="task_finish"),
]
