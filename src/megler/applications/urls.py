"""Addresses of the room."""

from django.urls import path

from megler.applications.pages import doing, lists, renewing, sheet, signing
from megler.applications.urls_filling import FILLING
from megler.applications.urls_messages import MESSAGES
from megler.applications.urls_replacing import REPLACING
from megler.applications.urls_uploading import UPLOADING

_ONE = "applications/<uuid:application_id>/"

urlpatterns = [
    *FILLING,
    *MESSAGES,
    *REPLACING,
    *UPLOADING,
    path("applications/", lists.applications, name="applications"),
    path("applications/start/", doing.application_start, name="application_start"),
    path(_ONE, sheet.application, name="application"),
    path(_ONE + "answers/", sheet.application_answers, name="application_answers"),
    path(_ONE + "papers/<slug:form_key>/", sheet.application_paper, name="application_paper"),
    path(_ONE + "newer/", renewing.application_newer_forms, name="application_newer_forms"),
    path(_ONE + "renew/", renewing.application_renew, name="application_renew"),
    path(_ONE + "packet/", sheet.application_packet, name="application_packet"),
    path(_ONE + "ask/", doing.application_ask, name="application_ask"),
    path(_ONE + "sign/", doing.application_sign, name="application_sign"),
    path(_ONE + "submit/", doing.application_submit, name="application_submit"),
    path(_ONE + "withdraw/", doing.application_withdraw, name="application_withdraw"),
    path("sign/<str:token>/", signing.sign, name="sign"),
    path("sign/<str:token>/papers/<uuid:paper_id>/", signing.sign_paper, name="sign_paper"),
    path(
        "sign/<str:token>/papers/<uuid:paper_id>/<int:page>/", signing.sign_page, name="sign_page"
    ),
]
