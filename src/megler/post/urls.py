"""The outbox."""

from django.urls import path

from megler.post.pages import outbox

urlpatterns = [
    path("post/", outbox.outbox, name="outbox"),
    path("post/<uuid:message_id>/", outbox.message, name="message"),
    path("post/<uuid:message_id>/try-again/", outbox.try_again, name="message_try_again"),
]
