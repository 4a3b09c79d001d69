"""Facts of a question in the reader's words."""

from megler.underwriting.question_words import words_for
from megler.underwriting.rules.asking.understood import Chip
from megler.underwriting.wording import WORDS, place_words

FACTS = {
    "conditions": [{"name": "stent drug eluting"}, {"name": "asthma"}],
    "nicotine": [{"product": "cigar"}],
}
CHIPS = (
    Chip("conditions", "stent", "Coronary stent", "conditions[0]"),
    Chip("conditions", "copd", "COPD", "conditions[1]"),
)


def test_an_entry_is_called_by_its_name_and_not_by_its_number() -> None:
    words = words_for(FACTS)
    assert place_words("conditions[1].since", words) == "asthma: when it began"
    assert place_words("nicotine[0].last_used", words).startswith("cigars: ")
    assert place_words("conditions[1].since", WORDS).startswith("Medical conditions 2")


def test_it_is_called_by_the_words_of_the_question_where_they_are_still_its_own() -> None:
    words = words_for(FACTS, CHIPS)
    assert words["conditions[0]"] == "stent"
    assert words["conditions[1]"] == "asthma"


def test_no_entry_of_a_wrong_shape_breaks_it() -> None:
    assert "conditions[0]" not in words_for({"conditions": [{}], "travel": None, "family": 5})
