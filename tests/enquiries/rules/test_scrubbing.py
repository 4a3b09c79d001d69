"""No word of a client's is left in a text that carriers may read."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from megler.enquiries.rules.scrubbing import Secrets, scrub, tells

KARI = Secrets(
    names=("Kari Anne O'Brien-Møller Jr.", "Dr. Nils By"),
    phrases=("12 Palm Way", "St. Petersburg", "Fjord Tools LLC"),
    numbers=("219-09-9999", "33602", "NL-778-12", "+1 813 555 0142"),
    days=(date(1979, 2, 11),),
)


@pytest.mark.parametrize(
    "told",
    [
        "Kari", "KARI's", "ka\u0301ri", "kari_anne", "Kari\nAnne", "OBrien", "O’Brien", "o'brien",
        "Moller", "MØLLER", "brien-moller", "kariannе@x.example".replace("е", "e"),
        "kari.anne79@mail.example", "Kari79", "Ka\u200bri", "Nils", "Ｋａｒｉ",
        "12 Palm Way", "palm way", "St Petersburg", "st. petersburg", "FJORD TOOLS, LLC",
        "219099999", "219-09-9999", "219 09 9999", "813.555.0142", "(813) 555-0142", "33602",
        "33602-1234", "NL77812", "NL-778-12", "https://fb.example/kari",
        "1979-02-11", "02/11/1979", "2/11/79", "11.2.1979", "Feb 11, 1979", "11 February 1979",
        "February 11th 1979", "1979/02/11", "11th of Feb 1979", "Feb 1979", "02/1979", "1979-02",
    ],
)  # fmt: skip
def test_what_tells_who_it_is_does_not_stay(told: str) -> None:
    made = scrub(f"Well since then. {told} has asthma, mild.", KARI)
    assert told not in made
    assert made.startswith("Well since then. ")
    assert made.endswith(" has asthma, mild.")


@pytest.mark.parametrize(
    "kept",
    [
        "A1c 6.8, BP 128/82 and 130/80 (2024-05)", "3 x 20 mg metformin, 1,500,000 in force",
        "off work 2010-2015", "stent 2019, LAD 70 % occluded", "$2,500,000 for key person cover",
        "May have sleep apnea; CPAP since 2021", "6 ft 1, 190 lb", "no palms, no way",
    ],
)  # fmt: skip
def test_what_underwriters_need_stays(kept: str) -> None:
    assert scrub(kept, KARI) == kept


def test_a_day_is_told_by_its_month_alone() -> None:
    assert scrub("MI on 2019-04-03, echo May 7, 2020", KARI) == "MI on 2019-04, echo 2020-05"


def words(text: str) -> set[str]:
    """The words of a text, by another way than the rule's own."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return {word.casefold() for word in re.split(r"[^A-Za-z]+", bare)}


_LETTERS = st.text("abcdefghijklmnopqrstuvwxyzåéñü", min_size=3, max_size=9)
_NAMES = st.builds(lambda first, last: f"{first.title()} {last.title()}", _LETTERS, _LETTERS)
_GLUE = st.sampled_from([" ", ", ", "-", "/", "\n", ". ", "'s ", "_", " (", ")", "\u200b ", "12 "])
_TALK = st.sampled_from(["has", "mild", "asthma", "was seen by", "A1c 6.8", "2020", "since"])


@given(_NAMES, st.lists(st.tuples(_TALK, _GLUE, st.integers(0, 3)), min_size=1, max_size=8))
@example("May Day", [("since", " ", 1), ("has", " ", 3)])
def test_no_word_of_a_name_stays_however_it_is_written(
    name: str, talk: list[tuple[str, str, int]]
) -> None:
    first, last = name.split()
    said = [first.upper(), name, f"{last}, {first}", last.lower()]
    text = "".join(f"{word} {said[which]}{glue}" for word, glue, which in talk)
    assert not words(scrub(text, Secrets(names=(name,)))) & words(name)


@given(
    st.dates(date(1920, 1, 1), date(2010, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y", "%B %d, %Y", "%d %b %Y", "%b. %d %Y"]),
)
def test_no_birth_date_stays_however_it_is_written(born: date, shape: str) -> None:
    text = f"Born {born.strftime(shape)} and well."
    made = scrub(text, Secrets(days=(born,)))
    assert tells(text, Secrets(days=(born,)))
    assert not tells(made, Secrets(days=(born,)))
    assert str(born.day) not in re.findall(r"\d+", made.replace(str(born.year), ""))


@given(st.text(max_size=60), _NAMES)
def test_what_is_scrubbed_once_is_scrubbed(text: str, name: str) -> None:
    secrets = Secrets(names=(name,))
    made = scrub(text, secrets)
    assert scrub(made, secrets) == made
    assert not tells(made, secrets)


@given(st.integers(10**8, 10**9 - 1), st.sampled_from([" ", "-", ""]))
def test_no_social_security_number_stays_known_or_not(number: int, glue: str) -> None:
    digits = str(number)
    told = glue.join((digits[:3], digits[3:5], digits[5:]))
    assert digits not in re.sub(r"\D", "", scrub(f"SSN: {told}.", Secrets()))


def test_a_paper_that_bears_a_name_or_number_is_known() -> None:
    assert tells("Patient: MØLLER, K.", KARI)
    assert tells("ID 219 09 9999", KARI)
    assert tells("DOB February 11, 1979", KARI)
    assert not tells("Patient #4, 47 F, seen 2024-01-05. Hgb 13.5", KARI)
