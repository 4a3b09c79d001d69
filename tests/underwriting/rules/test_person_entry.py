"""A person's fields are read as they are meant, with the history beside them."""

from datetime import date

from megler.underwriting.rules.person_entry import person_of_entry
from megler.underwriting.rules.typed import Reader

ON = date(2026, 3, 1)


def test_a_cigar_now_and_then_keeps_how_often() -> None:
    fields = {"nicotine": "now", "nicotine_product": "cigar", "nicotine_per_year": "6"}
    told = person_of_entry(Reader(fields), ON)
    use = {"product": "cigar", "details": {"per_year": 6}, "last_used": "2026-03-01"}
    assert told == {"nicotine": [use]}


def test_nothing_else_to_tell_empties_the_lists_that_nothing_stands_in() -> None:
    fields = {"history": "none", "h1_list": "driving", "h1_name": "dui", "h1_since": "2021-03"}
    told = person_of_entry(Reader(fields), ON)
    assert told["driving"] == [{"event": "dui", "on": "2021-03"}]
    assert told["conditions"] == told["medications"] == told["travel"] == []
