"""Addresses of replacement, exchanges and money."""

from django.urls import path

from megler.applications.pages import exchanges, replacement_rules, replacing

_ONE = "applications/<uuid:application_id>/"
_EXCHANGE = "exchanges/<uuid:exchange_id>/"

REPLACING = [
    path("exchanges/", exchanges.exchanges, name="exchanges"),
    path(_EXCHANGE, exchanges.exchange, name="exchange"),
    path(_EXCHANGE + "change/", exchanges.exchange_change, name="exchange_change"),
    path(_EXCHANGE + "letter/", exchanges.exchange_letter, name="exchange_letter"),
    path(_EXCHANGE + "steps/<slug:step>/", exchanges.exchange_step, name="exchange_step"),
    path("replacement/", replacement_rules.replacement_rules, name="replacement_rules"),
    path(
        "replacement/table/", replacement_rules.replacement_rules_csv, name="replacement_rules_csv"
    ),
    path(
        "replacement/correct/",
        replacement_rules.replacement_rules_correct,
        name="replacement_rules_correct",
    ),
    path(_ONE + "replacement/", replacing.application_replacement, name="application_replacement"),
    path(_ONE + "comparison/", replacing.application_comparison, name="application_comparison"),
    path(_ONE + "notice/", replacing.application_notice, name="application_notice"),
    path(_ONE + "exchanges/new/", exchanges.exchange_new, name="exchange_new"),
]
"""Taken up by `urls`."""
