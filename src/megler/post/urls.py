"""The outbox."""

from django.urls import path

from megler.post import pages

urlpatterns = [
    path("post/", pages.outbox, name="outbox"),
    path("post/<uuid:message_id>/", pages.message, name="message"),
    path("post/<uuid:message_id>/try-again/", pages.try_again, name="message_try_again"),
]
