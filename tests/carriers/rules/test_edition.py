from megler.carriers.rules.checks import check_edition
from tests.carriers.books import guide, replaced


def test_an_edition_is_named_by_carrier_series_and_first_day() -> None:
    edition, _, _ = check_edition(replaced(guide(), "edition.toml", "2026-01-01", "2026-02-03"))
    assert edition is not None
    assert edition.name == "sognelife/underwriting@2026-02-03"
