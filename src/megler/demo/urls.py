"""Addresses of the room; outside a demo there is nothing at them."""

from django.urls import path

from megler.demo import pages

urlpatterns = [
    path("demo/", pages.demo_sign_in, name="demo_sign_in"),
    path("demo/<uuid:pk>/", pages.demo_enter, name="demo_enter"),
]
