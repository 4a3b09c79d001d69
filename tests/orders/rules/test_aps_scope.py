"""Whose a finding is, and whether it is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.orders.rules.aps_scope import Standing, drug_standing, is_denied, sections, standing


def how(line: str, words: str, *, in_section: bool = False) -> str:
    start = line.index(words)
    return standing(line, start, start + len(words), in_section=in_section).value


@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        ("FHx: father MI at 54, brother type 1 diabetes", "diabetes", "none"),
        ("Patient's husband has alcohol use disorder.", "alcohol use disorder", "none"),
        ("Wife reports he had a stroke", "stroke", "own"),
        ("Lives with wife. HTN, stable", "HTN", "own"),
        ("Family history: none known. PMH: HTN", "HTN", "own"),
        ("Denies chest pain, SOB, palpitations", "palpitations", "none"),
        ("Denies chest pain, HTN controlled", "HTN", "own"),
        ("ROS: negative for seizures, depression", "depression", "none"),
        ("No hx of asthma, stroke but has diabetes", "diabetes", "own"),
        ("Coronary artery disease unlikely.", "Coronary artery disease", "none"),
        ("Hep C Ab non-reactive", "Hep C", "none"),
        ("Asthma               No", "Asthma", "none"),
        ("Hepatitis: N", "Hepatitis", "none"),
        ("- Asthma No", "Asthma", "none"),
        ("Treated asthma, no", "asthma", "own"),
        ("High blood pressure: Yes", "High blood pressure", "own"),
        ("Stroke   [ ] Yes [X] No", "Stroke", "none"),
        ("Stroke   [X] Yes [ ] No", "Stroke", "own"),
        ("Stroke   Yes [X] No [ ]", "Stroke", "own"),
        ("Stroke   Yes ☐ No ☒", "Stroke", "none"),
        ("3. r/o coronary artery disease", "coronary artery disease", "unsure"),
        ("Patient education: diabetes", "diabetes", "none"),
        ("If you have asthma, ask us", "asthma", "none"),
        ("EtOH: 2 drinks/week", "EtOH", "none"),
        ("EtOH abuse, in remission", "EtOH", "own"),
    ],
)
def test_a_finding_counts_as_it_is_meant(line: str, words: str, expected: str) -> None:
    assert how(line, words) == expected


@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        ("Not taking: insulin", "insulin", Standing.NONE),
        ("Allergies: penicillin (hives)", "penicillin", Standing.NONE),
        ("D/C'd: atorvastatin 20 mg", "atorvastatin", Standing.UNSURE),
        ("O2 sat 97%", "O2", Standing.NONE),
        ("Continue metformin", "metformin", Standing.OWN),
    ],
)
def test_a_drug_counts_when_it_is_taken(line: str, words: str, expected: Standing) -> None:
    start = line.index(words)
    assert drug_standing(line, start, start + len(words)) is expected


def test_a_section_on_the_family_reaches_to_the_next() -> None:
    lines = ("Family History:", "Diabetes", "Colon cancer", "Medications: metformin", "HTN")
    assert sections(lines, frozenset()) == [False, True, True, True, False]
    spoken = ("FHx: non-contributory", "HTN x 10 years")
    assert sections(spoken, frozenset()) == [False, False]
    named = ("Family history: mother HTN", "  Father CAD", "Sister well", "Impression: HTN")
    assert sections(named, frozenset()) == [False, True, True, False]
    assert how("Colon cancer", "Colon cancer", in_section=True) == "none"


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_line_is_judged(line: str, start: int, end: int) -> None:
    assert standing(line, start, end) in Standing
    assert isinstance(is_denied(line, start, end), bool)
