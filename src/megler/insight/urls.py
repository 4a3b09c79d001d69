"""Addresses of the room."""

from django.urls import path

from megler.insight.pages import first_steps, home, my_business, search, today

urlpatterns = [
    path("", home.home, name="home"),
    path("today/", today.today, name="today"),
    path("my-business/", my_business.my_business, name="my_business"),
    path("search/", search.search, name="search"),
    path("first-steps/", first_steps.first_steps, name="first_steps"),
]
