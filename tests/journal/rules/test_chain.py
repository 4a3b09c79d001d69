"""The chain holds when untouched, and shows every way of touching it, at its place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.journal.rules.chain import FIRST, Head, Sealed, link, problems_in

KEY = b"key of the journal"


def chain(entries: list[dict[str, object]], key: bytes = KEY) -> tuple[list[Sealed], Head]:
    seals, before = [], FIRST
    for number, entry in enumerate(entries, 1):
        before = link(key, before, number, entry)
        seals.append(Sealed(number, number * 10, before, entry))
    return seals, Head(len(entries), before) if entries else Head()


ENTRIES = st.lists(
    st.dictionaries(st.text(max_size=8), st.text(max_size=8) | st.integers(), max_size=4),
    min_size=1,
    max_size=8,
)


def codes(seals: list[Sealed], head: Head) -> list[tuple[str, str]]:
    return [(p.code, p.where) for p in problems_in(KEY, seals, head)]


@given(ENTRIES)
def test_an_untouched_chain_holds(entries: list[dict[str, object]]) -> None:
    assert codes(*chain(entries)) == []


@given(ENTRIES, st.data())
def test_a_changed_entry_is_named(entries: list[dict[str, object]], data: st.DataObject) -> None:
    seals, head = chain(entries)
    place = data.draw(st.integers(0, len(seals) - 1))
    entry = {**(seals[place].entry or {}), "added": "later"}
    seals[place] = replace(seals[place], entry=entry)
    assert codes(seals, head) == [("journal_entry_changed", f"entry {(place + 1) * 10}")]


@given(ENTRIES, st.data())
def test_a_removed_entry_is_named(entries: list[dict[str, object]], data: st.DataObject) -> None:
    seals, head = chain(entries)
    place = data.draw(st.integers(0, len(seals) - 1))
    seals[place] = replace(seals[place], entry=None)
    assert codes(seals, head) == [("journal_entry_missing", f"entry {(place + 1) * 10}")]


@given(ENTRIES, st.data())
def test_a_removed_seal_shows(entries: list[dict[str, object]], data: st.DataObject) -> None:
    seals, head = chain(entries)
    del seals[data.draw(st.integers(0, len(seals) - 1))]
    assert codes(seals, head) != []


def test_swapped_entries_show() -> None:
    seals, head = chain([{"verb": "opened"}, {"verb": "closed"}])
    first, second = seals
    swapped = [replace(first, entry=second.entry), replace(second, entry=first.entry)]
    assert [code for code, _where in codes(swapped, head)] == ["journal_entry_changed"] * 2


def test_without_the_key_the_chain_cannot_be_mended() -> None:
    _seals, head = chain([{"verb": "opened"}, {"verb": "closed"}])
    forged, _other = chain([{"verb": "opened"}, {"verb": "paid"}], key=b"a guess")
    assert ("journal_entry_changed", "entry 10") in codes(forged, head)


def test_a_chain_cut_at_its_end_shows_against_the_head() -> None:
    seals, head = chain([{"n": 1}, {"n": 2}, {"n": 3}])
    assert codes(seals[:2], head) == [("journal_head_missing", "seal 3")]


@pytest.mark.parametrize("head", [Head(-1, "unreadable"), Head(1, "f" * 64)])
def test_a_head_that_does_not_fit_shows(head: Head) -> None:
    seals, _head = chain([{"n": 1}])
    assert [code for code, _where in codes(seals, head)] == ["journal_head_missing"]


def test_an_empty_journal_holds() -> None:
    assert codes([], Head()) == []


def test_every_head_that_was_noted_must_fit() -> None:
    seals, head = chain([{"n": 1}, {"n": 2}, {"n": 3}])
    earlier = Head(2, seals[1].hash)
    assert list(problems_in(KEY, seals, head, earlier)) == []
    assert [p.where for p in problems_in(KEY, seals[:2], head, earlier)] == ["seal 3"]
    assert [p.where for p in problems_in(KEY, seals, Head(2, head.hash), head)] == ["seal 2"]


@pytest.mark.parametrize(("gap", "found"), [(3500.0, []), (3700.0, ["entry 20"])])
def test_an_entry_written_long_before_one_sealed_earlier_shows(
    gap: float, found: list[str]
) -> None:
    written = 1_700_000_000.0
    seals, head = chain(
        [{"recorded_at": written}, {"recorded_at": written - gap}, {"recorded_at": written}]
    )
    assert [where for _code, where in codes(seals, head)] == found
