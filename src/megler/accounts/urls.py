"""Addresses of this room."""

from django.urls import path

from megler.accounts import pages

urlpatterns = [
    path("account/email/", pages.email, name="account_email"),
    path("language/", pages.choose_language, name="set_language"),
    path("people/", pages.people, name="people"),
    path("people/invite/", pages.person_invite, name="person_invite"),
    path("people/<uuid:pk>/", pages.person, name="person"),
    path("people/<uuid:pk>/deactivate/", pages.person_deactivate, name="person_deactivate"),
    path("people/<uuid:pk>/reactivate/", pages.person_reactivate, name="person_reactivate"),
    path("people/<uuid:pk>/invite-again/", pages.person_invite_again, name="person_invite_again"),
    path("profile/", pages.profile, name="profile"),
    path("profile/keys/", pages.key_make, name="key_make"),
    path("profile/keys/<int:pk>/revoke/", pages.key_revoke, name="key_revoke"),
    path("setup/<str:token>/", pages.setup, name="setup"),
]
