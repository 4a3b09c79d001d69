"""Where a sheet's columns begin."""

from megler.feeds.rules.headers import called_like, find_head, heading_key
from megler.feeds.rules.words import Field

DATA = ("NL1", "HOPE", "KARI", "UW")


def test_titles_above_the_headings_are_passed_over() -> None:
    rows = [
        ("Pending Business Report",),
        ("As of 3/1/2026",),
        (),
        ("Policy #", "Insured", "Status"),
    ]
    head = find_head([*rows, ("NL1", "HOPE, KARI", "UW")])
    assert head is not None
    assert (head.first, head.count, head.headings[0]) == (3, 1, "Policy #")


def test_headings_over_two_rows_are_read_as_one() -> None:
    rows = [("Policy No", "Insured", "", "Status"), ("", "Last", "First", ""), DATA]
    head = find_head(rows)
    assert head is not None
    assert head.headings == ("Policy No", "Insured Last", "Insured First", "Status")
    assert head.body == 2


def test_a_sheet_without_headings_has_none() -> None:
    assert find_head([("1", "2"), ("3", "4")]) is None


def test_short_words_are_the_same_headings() -> None:
    assert heading_key("POL NBR") == heading_key("Policy No.")
    assert called_like("Insd Name")[0] is Field.INSURED


def test_headings_with_numbers_and_lines_are_headings() -> None:
    rows = [
        ("Contract\nNumber", "Insured's\nName", "Req 1", "Req 2", "Address 1", "Status", "Status")
    ]
    head = find_head([*rows, ("70001209", "Kari Hope", "APS", "", "1 Main St", "UW", "Open")])
    assert head is not None
    assert head.headings[:2] == ("Contract Number", "Insured's Name")
    assert head.headings[-2:] == ("Status", "Status (2)")


def test_titles_in_two_cells_are_not_read_into_the_headings() -> None:
    titles = [("Agency", "Fjord Brokerage"), ("Report Date", "11/17/2026"), ("Agent", "All")]
    head = find_head([*titles, ("Policy", "Client", "DOB", "Status"), ("N1", "A B", "", "UW")])
    assert head is not None
    assert (head.first, head.headings) == (3, ("Policy", "Client", "DOB", "Status"))


def test_merged_headings_go_over_their_columns_only() -> None:
    upper = ("Policy", "Policy", "Insured", "", "", "Requirements", "", "Owner", "Owner")
    lower = ("Number", "Plan", "Name", "Birth Dt", "Status", "Description", "Stat", "Name", "DOB")
    body = ("N1", "Level Term", "Hope, Kari", "", "UW", "APS", "Open", "Nils Berg", "")
    head = find_head([upper, lower, body])
    assert head is not None
    found = [called_like(heading)[0] for heading in head.headings]
    assert found == [
        Field.POLICY_NUMBER, Field.PRODUCT, Field.INSURED, Field.BORN, Field.STATUS,
        Field.REQUIREMENT, Field.REQUIREMENT_STATUS, None, None,
    ]  # fmt: skip
