"""Addresses of papers."""

from django.urls import path

from megler.papers.pages import asking, keeping, searching, tray, viewing

_ONE = "papers/<uuid:arrival_id>/"
_END = "papers/keeping/<uuid:destruction_id>/"
_PAPER = "cases/<uuid:case_id>/documents/<uuid:paper_id>/"

urlpatterns = [
    path("papers/", tray.papers, name="papers"),
    path("papers/search/", searching.papers_search, name="papers_search"),
    path("papers/asking/", asking.papers_asking, name="papers_asking"),
    path("papers/keeping/", keeping.papers_keeping, name="papers_keeping"),
    path(_END, keeping.papers_destruction, name="papers_destruction"),
    path(f"{_END}step/", keeping.papers_destruction_step, name="papers_destruction_step"),
    path(f"{_END}certificate/", keeping.papers_certificate, name="papers_certificate"),
    path(_ONE, tray.paper_arrival, name="paper_arrival"),
    path(f"{_ONE}file/", tray.paper_file, name="paper_file"),
    path(f"{_ONE}aside/", tray.paper_aside, name="paper_aside"),
    path(f"{_ONE}back/", tray.paper_back, name="paper_back"),
    path(f"{_ONE}cut/", tray.paper_cut, name="paper_cut"),
    path(f"{_ONE}cases/", tray.paper_cases, name="paper_cases"),
    path(f"{_ONE}document/", tray.paper_document, name="paper_document"),
    path(f"{_ONE}page/", tray.paper_page, name="paper_page"),
    path("cases/<uuid:case_id>/papers-address/", viewing.paper_address, name="paper_address"),
    path(f"{_PAPER}view/", viewing.paper_view, name="paper_view"),
    path(f"{_PAPER}edit/", viewing.paper_edit, name="paper_edit"),
]
