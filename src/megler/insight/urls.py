"""Addresses of the room."""

from django.urls import path

from megler.insight.pages import (
    book_review,
    days_held,
    first_steps,
    home,
    my_business,
    putting_off,
    search,
    today,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("today/", today.today, name="today"),
    path("today/put-off/", putting_off.today_put_off, name="today_put_off"),
    path("today/wake/<uuid:snooze_id>/", putting_off.today_wake, name="today_wake"),
    path("my-business/", my_business.my_business, name="my_business"),
    path("book-review/", book_review.book_review, name="book_review"),
    path("book-review/start/", book_review.book_review_start, name="book_review_start"),
    path("book-review/progress/", book_review.book_review_progress, name="book_review_progress"),
    path("book-review/export/", book_review.book_review_export, name="book_review_export"),
    path("days-by-holder/", days_held.days_held, name="days_held"),
    path("search/", search.search, name="search"),
    path("first-steps/", first_steps.first_steps, name="first_steps"),
]
