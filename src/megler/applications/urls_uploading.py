"""Addresses of scrubbing and of the files put to an application."""

from django.urls import path

from megler.applications.pages import scrubbing, uploading

_ONE = "applications/<uuid:application_id>/uploads/"
_FILE = _ONE + "<uuid:upload_id>/"

UPLOADING = [
    path("applications/scrub/", scrubbing.applications_scrub, name="applications_scrub"),
    path(
        "applications/scrub/start/",
        scrubbing.applications_scrub_start,
        name="applications_scrub_start",
    ),
    path(
        "applications/<uuid:application_id>/print/",
        uploading.application_print,
        name="application_print",
    ),
    path(_ONE, uploading.application_uploads, name="application_uploads"),
    path(_FILE, uploading.application_upload, name="application_upload"),
    path(_FILE + "assign/", uploading.application_upload_assign, name="application_upload_assign"),
    path(_FILE + "decide/", uploading.application_upload_decide, name="application_upload_decide"),
    path(_FILE + "read/", uploading.application_upload_read, name="application_upload_read"),
    path(_FILE + "sign/", uploading.application_upload_sign, name="application_upload_sign"),
    path(_FILE + "file/", uploading.application_upload_file, name="application_upload_file"),
    path(
        _FILE + "pages/<int:page>/",
        uploading.application_upload_page,
        name="application_upload_page",
    ),
    path(
        _FILE + "originals/<int:number>/",
        uploading.application_upload_original,
        name="application_upload_original",
    ),
]
