"""Evidence on file as it is typed, and back."""

from megler.underwriting.rules.evidence_entry import entry_of_evidence, evidence_of_entry
from megler.underwriting.rules.typed import Reader


def test_what_is_typed_is_read_and_comes_back_the_same() -> None:
    typed = {
        "evidence_kind_1": "blood_profile",
        "evidence_on_1": "2026-02-01",
        "evidence_kind_3": "aps",
    }
    read = evidence_of_entry(Reader(typed))
    assert read == [{"kind": "blood_profile", "on": "2026-02-01"}, {"kind": "aps"}]
    again = entry_of_evidence({"evidence": read})
    assert evidence_of_entry(Reader(again)) == read


def test_nothing_typed_says_nothing() -> None:
    assert evidence_of_entry(Reader({})) is None
    assert entry_of_evidence({}) == {}


def test_a_day_without_a_kind_is_named() -> None:
    reader = Reader({"evidence_on_2": "2026-02-01"})
    assert evidence_of_entry(reader) is None
    assert [(p.code, p.where) for p in reader.problems] == [("missing", "evidence_kind_2")]
