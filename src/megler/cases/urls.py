"""Addresses of cases."""

from django.urls import path

from megler.cases.pages import (
    asking,
    changing,
    doing,
    guide_effect,
    links,
    listing,
    people,
    policy,
    policy_link,
    reading,
)

_CASE = "cases/<uuid:case_id>/"

urlpatterns = [
    path("cases/", listing.cases, name="cases"),
    path("cases/guide-effect/<uuid:draft_id>/", guide_effect.guide_effect, name="guide_effect"),
    path(_CASE, reading.case, name="case"),
    path(f"{_CASE}timeline/", reading.case_timeline, name="case_timeline"),
    path(f"{_CASE}links/", links.case_links, name="case_links"),
    path(f"{_CASE}do/<slug:act>/", doing.case_act, name="case_act"),
    path(f"{_CASE}notes/", doing.case_note, name="case_note"),
    path(f"{_CASE}tasks/", doing.case_task, name="case_task"),
    path(f"{_CASE}tasks/<uuid:task_id>/finish/", doing.case_task_finish, name="case_task_finish"),
    path(f"{_CASE}requirements/", doing.requirement_add, name="requirement_add"),
    path(
        f"{_CASE}requirements/<uuid:requirement_id>/<slug:act>/",
        doing.requirement_act,
        name="requirement_act",
    ),
    path(f"{_CASE}documents/", doing.case_documents, name="case_documents"),
    path(f"{_CASE}documents/<uuid:paper_id>/", reading.case_document, name="case_document"),
    path(
        f"{_CASE}documents/<uuid:paper_id>/preview/",
        reading.case_document_preview,
        name="case_document_preview",
    ),
    path(f"{_CASE}changes/", changing.case_changes, name="case_changes"),
    path(f"{_CASE}change/<slug:kind>/", changing.case_change, name="case_change"),
    path(
        f"{_CASE}changes/<uuid:change_id>/told/", changing.case_change_told, name="case_change_told"
    ),
    path(f"{_CASE}agents/", changing.case_agents, name="case_agents"),
    path(f"{_CASE}insureds/", people.case_insured, name="case_insured"),
    path(f"{_CASE}alerts/", people.case_alert, name="case_alert"),
    path(f"{_CASE}alerts/<uuid:alert_id>/end/", people.case_alert_end, name="case_alert_end"),
    path(f"{_CASE}sets/", asking.case_set, name="case_set"),
    path(f"{_CASE}several/", asking.requirements_act, name="requirements_act"),
    path(f"{_CASE}policy/", policy.case_policy, name="case_policy"),
    path(
        f"{_CASE}policy/differences/<uuid:difference_id>/",
        policy.case_difference,
        name="case_difference",
    ),
    path(f"{_CASE}policy/send/", policy.case_policy_send, name="case_policy_send"),
    path(
        f"{_CASE}policy/deliveries/<uuid:delivery_id>/receipt/",
        policy.case_receipt,
        name="case_receipt",
    ),
    path("policy/<str:token>/", policy_link.policy_link, name="policy_link"),
    path(
        "policy/<str:token>/files/<uuid:paper_id>/",
        policy_link.policy_link_file,
        name="policy_link_file",
    ),
    path("requirement-rules/", asking.requirement_rules, name="requirement_rules"),
    path("requirement-rules/sets/", asking.requirement_set_new, name="requirement_set_new"),
    path("requirement-rules/sets/<uuid:set_id>/", asking.requirement_set, name="requirement_set"),
    path("requirement-rules/free-look/", asking.free_look_rules, name="free_look_rules"),
]
