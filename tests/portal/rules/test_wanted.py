"""What may be asked to be changed, and in which words the change is made of it."""

import pytest

from megler.cases.rules.changes import KEYS, ChangeKind
from megler.portal.rules.wanted import FIELDS, Wanted, read_wanted, shown


def test_every_request_but_a_free_one_is_in_the_words_of_a_change() -> None:
    for kind in Wanted:
        if kind is Wanted.OTHER:
            continue
        needed, more = KEYS[ChangeKind(kind.value)]
        keys = {field.key for field in FIELDS[kind]}
        required = {field.key for field in FIELDS[kind] if field.required}
        assert needed <= required
        assert keys <= needed | more
    assert {kind.value for kind in Wanted} >= {kind.value for kind in ChangeKind}


@pytest.mark.parametrize(
    ("typed", "read"),
    [("$750,000", "750000"), (" 1 000 000 ", "1000000"), ("250000.50", "250000.50")],
)
def test_an_amount_is_read_as_people_write_it(typed: str, read: str) -> None:
    assert read_wanted(Wanted.AMOUNT, {"face_amount": typed}) == ({"face_amount": read}, ())


@pytest.mark.parametrize("typed", ["much", "-5", "0", "NaN", "1e99"])
def test_what_is_no_amount_is_told(typed: str) -> None:
    _values, problems = read_wanted(Wanted.AMOUNT, {"face_amount": typed})
    assert [(p.code, p.where, p.found) for p in problems] == [("wrong_value", "face_amount", typed)]


def test_people_are_read_one_a_line_and_shown_again() -> None:
    typed = "Ola Hope, son, 60 %\nEva Hope, daughter, 40\n\nRed Cross, 100%, contingent"
    values, problems = read_wanted(Wanted.BENEFICIARY, {"beneficiaries": typed})
    assert problems == ()
    people = values["beneficiaries"]
    assert [(one["name"], one["relationship"], one["class"], one["share"]) for one in people] == [
        ("Ola Hope", "son", "primary", "60"),
        ("Eva Hope", "daughter", "primary", "40"),
        ("Red Cross", "", "contingent", "100"),
    ]
    [(_key, text)] = shown(Wanted.BENEFICIARY, values)
    assert text.startswith("Ola Hope, son, 60 %; Eva Hope")


@pytest.mark.parametrize(
    ("line", "kind", "share"),
    [
        ("Ola Håp, sønn, 33,3 %, subsidiær", "contingent", "33.3"),
        ("Ola Håp; sønn; 33,3; Subsidiær", "contingent", "33.3"),
        ("Ola Håp,sønn,100", "primary", "100"),
        ("Ola Håp, sønn, primær, 50 %", "primary", "50"),
    ],
)
def test_bokmal_words_and_decimal_commas_are_understood(line: str, kind: str, share: str) -> None:
    values, problems = read_wanted(Wanted.BENEFICIARY, {"beneficiaries": line})
    assert problems == ()
    [one] = values["beneficiaries"]
    assert (one["name"], one["relationship"]) == ("Ola Håp", "sønn")
    assert (one["class"], one["share"]) == (kind, share)


def test_a_line_without_a_share_is_told_with_its_number() -> None:
    _values, problems = read_wanted(Wanted.BENEFICIARY, {"beneficiaries": "Ola, 100\nEva"})
    assert [(p.where, p.found) for p in problems] == [("beneficiaries 2", "Eva")]


def test_everything_missing_and_wrong_is_told() -> None:
    assert [p.code for p in read_wanted(Wanted.OWNER, {})[1]] == ["missing"]
    assert [p.code for p in read_wanted(Wanted.AGENT, {"agent": "x1"})[1]] == ["npn_shape"]
    assert [p.code for p in read_wanted(Wanted.OTHER, {"words": "x" * 3000})[1]] == ["too_long"]
