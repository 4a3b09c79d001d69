"""The form sets of the demo's carriers: sound, and in each state and situation the forms that are due."""

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Any

import pytest

from megler.applications.rules import questionnaires
from megler.applications.rules.existing import existing_from, told_from
from megler.applications.rules.replacement import papers_missing, replacement_needs
from megler.applications.rules.replacement_table import standard_table
from megler.demo.actions.form_sets import houses, library
from megler.demo.rules.formsets.building import texts_of
from megler.demo.rules.formsets.states import everywhere, sold_states
from megler.demo.rules.formsets.writing import section_file
from megler.forms.rules.derived import with_derived
from megler.forms.rules.questionnaire import (
    Answer,
    Condition,
    Purpose,
    Question,
    Questionnaire,
    forms_needed,
)
from megler.forms.rules.receipt import read_receipt, unlinked
from tests.demo.formsets import checked, files, recipes

ON = date(2026, 6, 1)
NAMES = sorted(recipes())
LIFE = ("prairie-mutual/life-forms", "nordhavn-life/life-forms", "fjordgard/life-forms",
        "tundra-life/term-forms")  # fmt: skip
ANNUITY = ("prairie-mutual/annuity-forms", "nordhavn-life/annuity-forms")
OLD = {
    "company": "Old Life",
    "amount": "1000",
    "year_issued": 2001,
    "kind": "life",
    "replace": "yes",
}
NOTHING: dict[str, Any] = {"has_existing": "no", "replacing": "no", "replacing_funds": None}
HAS: dict[str, Any] = {
    "has_existing": "yes",
    "replacing": "no",
    "existing_cover": [{**OLD, "replace": "no"}],
}
REPLACES: dict[str, Any] = {"has_existing": "yes", "replacing": "yes", "existing_cover": [OLD]}


def needed(made: Questionnaire, **values: Any) -> dict[str, Purpose]:
    """The forms that the packet needs, with what they are for."""
    base = {"insured_born": "1980-02-03", "owner_is_insured": "yes", "signed_in": "TX"}
    answers = {key: Answer(value) for key, value in {**base, **values}.items() if value is not None}
    context = {"line": values.get("line", "term_life")}
    given = with_derived(made, answers, context, ON)
    return {form.key: form.purpose for form in forms_needed(made, given)}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_with_any_form_set(name: str) -> None:
    assert checked(name)[1] == ()


def test_there_are_form_sets_for_many_lines_and_many_forms_of_single_states() -> None:
    lines = {line for recipe in recipes().values() for line in recipe.lines}
    states = {
        condition.values[0]
        for name in NAMES
        for form in checked(name)[0].questionnaire.forms
        for condition in form.when
        if condition.question == "signed_in" and len(condition.values) == 1
    }
    assert len(NAMES) >= 12
    assert len(lines) >= 10
    assert states >= {"CA", "FL", "GA", "IL", "MI", "MN", "NY", "OK", "PA", "WA"}


def test_the_largest_asks_more_than_three_hundred_questions_four_deep() -> None:
    made = checked("nordhavn-life/life-forms")[0].questionnaire
    assert len(made.by_key) >= 300
    assert max(_depth(made, question) for _, question in made.questions()) >= 4


def _depth(made: Questionnaire, question: Question) -> int:
    names = [name for condition in question.when for name in condition.named()]
    return 1 + max(
        (_depth(made, made.by_key[name]) for name in names if name in made.by_key), default=-1
    )


NOTICES = {
    "TX": ((), ("replacement_model",), ("replacement_model",)),
    "NC": ((), ("replacement_model",), ("replacement_model",)),
    "CA": ((), (), ("replacement_ca",)),
    "FL": ((), (), ("replacement_fl",)),
    "GA": ((), (), ("replacement_ga",)),
    "IL": ((), (), ("replacement_il",)),
    "MI": ((), (), ("replacement_mi",)),
    "MN": ((), (), ("replacement_mn",)),
    "PA": ((), (), ("replacement_pa",)),
    "WA": ((), (), ("replacement_wa",)),
    "KS": ((), (), ("replacement_notice",)),
    "OK": ((), (), ("replacement_ok", "replacement_statement_ok")),
    "ND": ((), (), ("replacement_elsewhere",)),
    "NY": (
        ("replacement_definition_ny",),
        ("replacement_definition_ny",),
        ("replacement_definition_ny", "replacement_ny", "replacement_disclosure_ny"),
    ),
}
"""For each state the forms about replacement: with nothing in force, with something, with a replacement."""


@pytest.mark.parametrize("state", NOTICES)
def test_each_state_has_its_own_forms_of_replacement(state: str) -> None:
    made = checked("prairie-mutual/life-forms")[0].questionnaire
    found = []
    for situation in (NOTHING, HAS, REPLACES):
        keys = needed(made, signed_in=state, **situation)
        found.append(tuple(key for key in keys if key.startswith("replacement_")))
    assert tuple(found) == NOTICES[state]


@pytest.mark.parametrize("name", [*LIFE, *ANNUITY])
def test_every_state_gets_what_its_rule_asks_for_once(name: str) -> None:
    """Held against the product's table of states, for every state where the carrier sells."""
    made, recipe = checked(name)[0].questionnaire, recipes()[name]
    sold = sold_states(houses()[recipe.carrier], everywhere(standard_table()))
    for state, situation in product(sold.states, (NOTHING, HAS, REPLACES)):
        values = {"signed_in": state, **situation}
        needs = replacement_needs(
            state, recipe.lines[0], existing_from(values), told_from(values), ON
        )
        purposes = list(needed(made, **values).values())
        assert papers_missing(needs, purposes) == [], (state, situation)
        for purpose in (Purpose.REPLACEMENT_NOTICE, Purpose.REPLACEMENT_DEFINITION):
            assert purposes.count(purpose) <= 1, (state, situation)


EXCHANGED = [{**OLD, "how": "exchange"}]
SITUATIONS: list[tuple[str, Mapping[str, Any], str]] = [
    (LIFE[0], {"owner_is_insured": "no", "owner_kind": "trust"}, "trust"),
    (LIFE[0], {"owner_is_insured": "no", "owner_kind": "business"}, "business_owner"),
    (LIFE[0], {"cover_purpose": "business"}, "business_owner"),
    (LIFE[0], {"payment_payor": "other"}, "third_party_payor"),
    (LIFE[0], {"payment_method": "bank_draft"}, "payment"),
    (LIFE[0], {"insured_born": "2015-01-01"}, "minor"),
    (LIFE[0], {"delivery": "electronic"}, "electronic_delivery"),
    (LIFE[0], {"money_with_application": "yes"}, "conditional_receipt"),
    (LIFE[0], {"has_existing": "yes", "existing_cover": EXCHANGED}, "exchange_1035"),
    (LIFE[0], {"line": "whole_life", "illustration_shown": "yes"}, "illustration"),
    (LIFE[0], {"line": "whole_life", "illustration_shown": "no"}, "no_illustration"),
    (LIFE[0], {"signed_in": "CA", "insured_born": "1955-01-01"}, "senior_ca"),
    (LIFE[0], {"signed_in": "CA"}, "designee"),
    (LIFE[0], {"signed_in": "NY"}, "hiv_ny"),
    (LIFE[0], {"signed_in": "CA"}, "hiv_ca"),
    (LIFE[0], {"signed_in": "FL"}, "hiv_consent"),
    (LIFE[0], {"signed_in": "PA"}, "disclosure_pa"),
    (LIFE[0], {"signed_in": "MN"}, "privacy_mn"),
    (LIFE[1], {"avocations": "yes"}, "avocation"),
    (LIFE[1], {"aviation": "yes"}, "aviation"),
    (LIFE[1], {"travel": "yes"}, "travel"),
    (LIFE[1], {"substances": "yes"}, "substance"),
    (LIFE[1], {"military": "yes"}, "military_sale"),
    (ANNUITY[0], {"signed_in": "FL", **REPLACES}, "comparison_fl"),
    (ANNUITY[0], REPLACES, "annuity_comparison"),
    (ANNUITY[0], {"annuity_sources": ["rollover"]}, "transfer"),
    (ANNUITY[0], {"annuity_income_start": "now"}, "withholding"),
    ("sogne-life/disability-forms", {"di_benefit": "7000"}, "tax_return"),
    ("sogne-life/disability-forms", {"replacing": "yes"}, "replacement_disability"),
    ("prairie-mutual/care-forms", {"replacing": "yes"}, "replacement_care"),
    ("prairie-mutual/care-forms", {"signed_in": "ND", "care_inflation": "c3"}, "partnership"),
    ("prairie-mutual/supplement-forms", {"msup_guaranteed": "yes"}, "guaranteed_issue"),
    ("prairie-mutual/supplement-forms", {"replacing": "yes"}, "replacement_supplement"),
    ("prairie-mutual/supplement-forms", {"msup_open": "no", "msup_guaranteed": "no"}, "hipaa_supplement"),
    ("vidda-health/health-forms", {"household_reason": "lost"}, "special_enrolment"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "form"), SITUATIONS)
def test_a_situation_opens_its_form(name: str, values: dict[str, Any], form: str) -> None:
    made = checked(name)[0].questionnaire
    assert form in needed(made, **values)
    assert form not in needed(made, signed_in="UT")


@pytest.mark.parametrize("name", NAMES)
def test_a_receipt_names_a_form_and_questions_that_there_are(name: str) -> None:
    form_set = checked(name)[0]
    if recipes()[name].receipt:
        rule, problems = read_receipt(form_set.receipt)
        made = form_set.questionnaire
        assert rule
        assert problems == []
        assert unlinked(rule, made.by_key, made.form_by_key) == []


def test_two_form_sets_are_read_in_bokmal_too() -> None:
    told = [name for name in NAMES if recipes()[name].languages]
    assert len(told) == 2
    for name in told:
        made = checked(name)[0].questionnaire
        said = made.translations["nb"]
        asked = [one for _, q in made.questions() for one in (q, *q.fields)]
        wanted = [text for one in asked for text in (one.text, one.short, one.help) if text]
        wanted += [text for section in made.sections for text in (section.title, section.intro)]
        wanted += [form.name for form in made.forms]
        unsaid = {text for text in wanted if text and text not in said}
        assert unsaid - set(questionnaires.texts()) == set()
        assert set(said) <= set(texts_of(made))


def test_no_translation_is_kept_of_what_nobody_reads() -> None:
    read = {text for name in NAMES for text in texts_of(checked(name)[0].questionnaire)}
    assert set(library()[0].said["nb"]) - read == set()


def test_a_condition_that_names_what_is_not_asked_takes_its_form_away() -> None:
    """Medicare supplements ask of no trust, so that its certificate is left out."""
    made = checked("prairie-mutual/supplement-forms")[0].questionnaire
    assert "trust" not in made.form_by_key
    assert all(
        not isinstance(one, Condition) or one.question for form in made.forms for one in form.when
    )


def test_sections_are_written_as_the_format_shows_them() -> None:
    section = {
        "key": "s",
        "title": "S",
        "form": "f",
        "questions": [
            {
                "key": "q",
                "type": "list",
                "text": "Q",
                "fields": [{"key": "a", "type": "text", "text": "A"}],
            },
            {
                "key": "r",
                "type": "yes_no",
                "text": "Say “yes”?",
                "required": True,
                "when": {"q": ["x"]},
            },
        ],
    }
    assert (
        section_file(section).decode()
        == """key = "s"
title = "S"
form = "f"

[[questions]]
key = "q"
type = "list"
text = "Q"

[[questions.fields]]
key = "a"
type = "text"
text = "A"

[[questions]]
key = "r"
type = "yes_no"
text = "Say “yes”?"
required = true
when = { q = ["x"] }
"""
    )


def test_the_same_recipe_makes_the_same_files() -> None:
    name = "tundra-life/illness-forms"
    files.cache_clear()
    assert files(name) == dict(files(name))
    first = files(name)
    files.cache_clear()
    assert files(name) == first
