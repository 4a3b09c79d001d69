"""What carriers see of an enquiry: enough to judge by, and nothing that tells who it is."""

import re
import unicodedata
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from megler.enquiries.rules.scrubbing import Secrets, tells
from megler.enquiries.rules.summary import Summary, summary_of
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.people import Facts

ON = date(2026, 3, 2)
DOCUMENT: dict[str, Any] = {
    "born": "1979-02-11",
    "sex": "female",
    "jurisdiction": "FL",
    "zip": "33602",
    "county": "Hillsborough",
    "owner": {"name": "Ola Hope", "jurisdiction": "FL"},
    "height_in": 64,
    "weight_lb": 150,
    "nicotine": [{"product": "cigarette", "last_used": "2019-05-01", "per_week": 20}],
    "blood_pressure": {"systolic": 128, "diastolic": 82, "treated": True},
    "cholesterol": {"total": 210, "hdl_ratio": 4.1},
    "family": [{"relation": "father", "condition": "coronary artery disease", "onset_age": 58}],
    "conditions": [
        {"name": "diabetes type 2", "icd10": "E11.9", "since": "2015-06", "details": {"a1c": 6.8}}
    ],
    "medications": [{"name": "metformin", "since": "2015-06"}],
    "driving": [],
    "occupation": "electrician at Fjord Tools LLC",
    "income_annual": "90000",
    "in_force": [{"carrier": "Polar Mutual", "amount": "250000", "policy_number": "NL-778-12"}],
    "beneficiaries": [{"name": "Ola Hope", "relation": "spouse"}],
    "evidence": [{"kind": "aps", "on": "2026-01-15"}],
    "wants": {"line": "term_life", "face_amount": "1000000", "term_years": 20},
}
HOPE = Secrets(
    names=("Kari Hope", "Ola Hope"),
    phrases=("1 Palm Way", "Fjord Tools LLC"),
    numbers=("219-09-9999", "33602", "NL-778-12"),
    days=(date(1979, 2, 11),),
)


def facts_of(document: dict[str, Any]) -> Facts:
    facts, problems = read_facts(document, ON)
    assert facts is not None, problems
    return facts


def told(summary: Summary) -> dict[str, str]:
    return {line.label: line.text for part in summary.parts for line in part.lines}


def test_an_underwriter_finds_what_the_class_hangs_on() -> None:
    found = told(summary_of(facts_of(DOCUMENT), ON, HOPE, purpose="key person"))
    assert found["Age"] == "47"
    assert found["Asked for"] == "term life, $1,000,000, 20 years"
    assert found["Purpose"] == "key person"
    assert found["Build"] == "5 ft 4 in, 150 lb"
    assert found["Nicotine"] == "cigarette, 20 a week, last 2019-05"
    assert found["Blood pressure"] == "128/82, treated"
    assert found["Conditions"] == "diabetes type 2, ICD-10 E11.9, 2015-06, a1c 6.8"
    assert found["Driving"] == "none"
    assert found["Income a year"] == "$90,000"
    assert found["Evidence on file"] == "aps, 2026-01"


def test_what_is_not_known_is_said_to_be_unknown_and_never_none() -> None:
    found = told(summary_of(facts_of({"age": 50}), ON, Secrets()))
    assert found == {"Age": "50", "Sex": "not known", "State": "not known", "Nicotine": "not known"}


def test_two_lives_are_told_apart_without_their_names() -> None:
    lives = [
        {"id": "kari", "role": "insured", "age": 47},
        {"id": "ola", "role": "insured", "age": 50},
    ]
    made = summary_of(facts_of({"people": lives}), ON, HOPE)
    assert [part.title for part in made.parts] == ["Proposed insured 1", "Proposed insured 2"]
    assert "kari" not in made.as_text().casefold()


def test_owner_beneficiary_policy_number_employer_and_place_stay_here() -> None:
    text = summary_of(facts_of(DOCUMENT), ON, HOPE).as_text()
    for secret in ("Hope", "Ola", "NL-778", "Fjord", "33602", "Hillsborough", "1979"):
        assert secret not in text
    assert "electrician at [withheld]" in text


_LETTERS = st.text("abcdefghijklmnopqrstuvwxyzåéñü", min_size=3, max_size=8)
_OURS = set(re.findall("[a-z]+", summary_of(facts_of(DOCUMENT), ON, HOPE).as_text().casefold())) | {
    "yes",
    "there",
    "may",
    "more",
    "died",
    "treated",
    "withheld",
    "the",
    "rider",
    "insured",
}


def words(text: str) -> set[str]:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return {word.casefold() for word in re.split(r"[^A-Za-z]+", bare)}


@st.composite
def lives(draw: st.DrawFn) -> tuple[Secrets, dict[str, Any]]:
    """Somebody, and a document in which their name, number and birth date stand wherever words may."""
    first, last = (draw(_LETTERS.filter(lambda w: not words(w) & _OURS)).title() for _ in "12")
    born = draw(st.dates(date(1940, 1, 1), date(2000, 12, 28)))
    ssn = (
        f"{draw(st.integers(100, 899))}-{draw(st.integers(10, 99))}-{draw(st.integers(1000, 9999))}"
    )
    secrets = Secrets(names=(f"{first} {last}",), numbers=(ssn,), days=(born,))
    said = [
        f"{first} {last}", f"{last.upper()}, {first}", f"seen as {first}'s own", ssn,
        ssn.replace("-", ""), born.isoformat(), f"{born:%B} {born.day}, {born.year}",
        f"{first}.{last}@mail.example", f"asthma ({last})",
    ]  # fmt: skip
    word = st.sampled_from(said)
    entry = st.builds(
        lambda name, text: {"name": name, "since": born.isoformat(), "details": {"note": text}},
        word,
        word,
    )
    document = {
        "born": born.isoformat(),
        "occupation": draw(word),
        "duties": draw(word),
        "conditions": draw(st.lists(entry, max_size=3)),
        "medications": [{"name": draw(word), "dose": draw(word)}],
        "avocations": [{"name": draw(word)}],
        "family": [{"relation": "father", "condition": draw(word)}],
        "in_force": [{"carrier": draw(word), "policy_number": ssn, "amount": "1000"}],
        "beneficiaries": [{"name": f"{first} {last}"}],
        "details": {"called": first},
        "wants": {"line": "term_life", "face_amount": "100000"},
    }
    return secrets, document


@settings(max_examples=60)
@given(lives(), st.sampled_from(["{0}'s loan", "for {0}", "key person"]))
def test_nothing_in_a_summary_tells_who_it_is(
    life: tuple[Secrets, dict[str, Any]], purpose: str
) -> None:
    secrets, document = life
    name = secrets.names[0]
    summary = summary_of(
        facts_of(document), ON, secrets, purpose=purpose.format(name), words=f"Call {name}"
    )
    text = summary.as_text()
    assert not words(text) & words(name) - {""}
    assert secrets.numbers[0].replace("-", "") not in re.sub(r"\D", "", text)
    assert not tells(text, secrets)
    assert f"{secrets.days[0]:%Y-%m}" not in text
