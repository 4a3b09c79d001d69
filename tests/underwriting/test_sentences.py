import re
from pathlib import Path

import pytest

from megler import quoting, underwriting
from megler.quoting import sentences as quoting_sentences
from megler.underwriting import sentences as underwriting_sentences
from megler.underwriting.sentences import sentence
from megler.vocabulary.problems import Reason

ROOMS = {"underwriting": (underwriting, underwriting_sentences)}
ROOMS["quoting"] = (quoting, quoting_sentences)


def codes(room: str, pattern: str) -> set[str]:
    folder = Path(ROOMS[room][0].__path__[0]) / "rules"
    text = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    return set(re.findall(pattern, text))


@pytest.mark.parametrize("room", ROOMS)
def test_every_reason_that_the_rules_give_has_a_sentence(room: str) -> None:
    given = codes(room, r'Reason\(\s*"([a-z_]+)"')
    assert len(given) > 10
    assert given <= set(ROOMS[room][1].REASONS)


def test_every_problem_with_the_facts_has_a_sentence() -> None:
    given = codes("underwriting", r'"(facts_[a-z_]+)"')
    told = set(underwriting_sentences.SENTENCES)
    assert given == {code for code in told if code.startswith("facts_")}
    assert codes("underwriting", r'"(assess_[a-z_]+)"') == told - given
    of_quotes = {code for code in quoting_sentences.SENTENCES if code.startswith("quote_")}
    assert codes("quoting", r'"(quote_[a-z_]+)"') == of_quotes


def test_a_sentence_names_facts_in_words() -> None:
    params = {
        "class": "Preferred",
        "fact": "blood_pressure.systolic",
        "found": "150",
        "limit": "140",
    }
    told = sentence(Reason("above_limit", params))
    assert told == "Preferred: Systolic blood pressure 150 is above 140."


def test_a_code_without_a_sentence_hides_nothing() -> None:
    assert sentence(Reason("brand_new", {"limit": "7"})) == "brand_new limit 7"
