"""What a sheet that nobody has seen seems to be."""

from megler.feeds.rules.guessing import guess
from megler.feeds.rules.words import Field


def fields_of(*rows: tuple[str, ...]) -> list[str]:
    found = guess(rows)
    assert found is not None
    return [str(c.field or "") for c in found.columns]


def test_a_second_status_is_the_requirements_by_what_stands_there() -> None:
    assert fields_of(
        ("Pol #", "Last", "Status", "Status", "Requirement"),
        ("NL1", "Hope", "Approved", "Open", "APS"),
        ("NL2", "Berg", "UW", "Completed", "MVR"),
    ) == [Field.POLICY_NUMBER, Field.LAST_NAME, Field.STATUS, Field.REQUIREMENT_STATUS,
          Field.REQUIREMENT]  # fmt: skip


def test_columns_of_a_series_are_all_taken_and_others_of_the_same_thing_not() -> None:
    assert fields_of(
        ("Policy", "Status", "Req 1", "Req 2", "Requirement Type"),
        ("NL1", "UW", "APS", "MIB", "APS"),
    ) == [Field.POLICY_NUMBER, Field.STATUS, Field.REQUIREMENT, Field.REQUIREMENT, ""]


def test_a_column_without_a_heading_keeps_its_place_in_the_layout() -> None:
    found = guess([("Policy", "Status"), ("NL1", "UW", "Hope, Kari"), ("NL2", "UW", "Berg, Nils")])
    assert found is not None
    assert found.layout().columns["column 3"] == Field.INSURED


def test_others_names_are_not_the_insureds() -> None:
    assert fields_of(
        ("Policy", "Owner Name", "Insured's Name", "Underwriter Name", "Status"),
        ("NL1", "Hope Trust", "Kari Hope", "Ulla Rao", "UW"),
    ) == [Field.POLICY_NUMBER, "", Field.INSURED, "", Field.STATUS]
