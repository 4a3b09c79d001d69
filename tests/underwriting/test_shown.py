"""Every carrier's word stands on one scale, and what decides for most is asked first."""

from megler.underwriting.rules.answer_assessments import assessed
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.standing import Judged
from megler.underwriting.shown import CLASSES_END, TABLES_END, deciding, place, words_of
from tests.underwriting.guides import KNOWN, ON, guide
from tests.underwriting.rated_guides import having, rated_guide

RULES = rated_guide().guide


def test_places_rise_from_the_best_class_to_a_decline() -> None:
    assert RULES is not None
    codes = ["preferred_plus", "preferred", "standard", "table_2", "table_16"]
    codes += ["individual_consideration", "postpone", "decline"]
    places = [place(RULES, code) for code in codes]
    assert places == sorted(set(places))
    assert places[0] == 0
    assert places[-1] == 100
    assert place(RULES, "preferred_tobacco") < CLASSES_END < place(RULES, "table_1") < TABLES_END


def test_words_are_ordered_by_what_is_likely_and_open_facts_by_carriers() -> None:
    document = {**KNOWN, "conditions": having("diabetes type 2", since="2020-01")}
    facts, _ = read_facts(document, ON)
    assert facts is not None
    words = words_of(assessed(facts, [Judged(rated_guide()), Judged(guide())], ON))
    assert [w.at for w in words] == sorted(w.at for w in words)
    assert any(one.question == "Last A1c?" for one in deciding(words))
    assert all(w.low <= w.at <= w.high for w in words)
