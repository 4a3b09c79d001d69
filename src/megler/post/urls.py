"""The outbox, deliveries and trading partners."""

from django.urls import path

from megler.post.pages import deliveries, outbox, partners

urlpatterns = [
    path("post/", outbox.outbox, name="outbox"),
    path("post/<uuid:message_id>/", outbox.message, name="message"),
    path("post/<uuid:message_id>/try-again/", outbox.try_again, name="message_try_again"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<uuid:delivery_id>/", deliveries.delivery, name="delivery"),
    path(
        "deliveries/<uuid:delivery_id>/try-again/",
        deliveries.try_again,
        name="delivery_try_again",
    ),
    path("deliveries/<uuid:delivery_id>/cancel/", deliveries.cancelled, name="delivery_cancel"),
    path("deliveries/partners/", partners.partners, name="partners"),
    path("deliveries/partners/new/", partners.partner_new, name="partner_new"),
    path("deliveries/partners/<uuid:partner_id>/", partners.partner, name="partner"),
    path("deliveries/partners/<uuid:partner_id>/try/", partners.partner_try, name="partner_try"),
]
