"""Addresses of enquiries."""

from django.urls import path

from megler.enquiries.pages import answering, doing, making, reading

_ONE = "enquiries/<uuid:enquiry_id>/"

urlpatterns = [
    path("enquiries/", reading.enquiries, name="enquiries"),
    path("enquiries/new/", making.enquiry_new, name="enquiry_new"),
    path(_ONE, reading.enquiry, name="enquiry"),
    path(f"{_ONE}change/", making.enquiry_change, name="enquiry_change"),
    path(f"{_ONE}do/<slug:act>/", doing.enquiry_act, name="enquiry_act"),
    path(f"{_ONE}summary.pdf", reading.enquiry_paper, name="enquiry_paper"),
    path(f"{_ONE}carriers/<uuid:carrier_id>/answer/", doing.enquiry_record, name="enquiry_record"),
    path(f"{_ONE}evidence/<uuid:evidence_id>/", reading.enquiry_document, name="enquiry_document"),
    path("enquiries/asked/<uuid:carrier_id>/", answering.enquiry_asked, name="enquiry_asked"),
    path(
        "enquiries/asked/<uuid:carrier_id>/papers/<int:number>/",
        answering.enquiry_asked_paper,
        name="enquiry_asked_paper",
    ),
    path("answer/<str:token>/", answering.enquiry_answer, name="enquiry_answer"),
    path(
        "answer/<str:token>/papers/<int:number>/",
        answering.enquiry_answer_paper,
        name="enquiry_answer_paper",
    ),
    path("cases/<uuid:case_id>/enquiry/", reading.case_enquiry, name="case_enquiry"),
]
