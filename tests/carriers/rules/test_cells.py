from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.cells import figure_fault, text_fault, whole_fault, zip_fault


@pytest.mark.parametrize("text", ["1", "0.01", "12.50", "999999999999", "0.000001"])
def test_plain_figures_are_taken(text: str) -> None:
    assert figure_fault(text) is None


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("", "empty_cell", "a figure"),
        ("0", "zero_figure", "above 0"),
        ("0.00", "zero_figure", "above 0"),
        ("-1", "negative_figure", "above 0"),
        ("\u22121.5", "negative_figure", "above 0"),
        ("–1.5", "negative_figure", "above 0"),
        ("(1.50)", "negative_figure", "above 0"),
        ("1,234.50", "thousands_separator", "1234.50"),
        ("1 234.50", "thousands_separator", "1234.50"),
        ("1\u00a0234.50", "thousands_separator", "1234.50"),
        ("1'234.50", "thousands_separator", "1234.50"),
        ("12,5", "decimal_comma", "12.5"),
        ("1.234,50", "decimal_comma", "1234.50"),
        ("$12.50", "currency_sign", "12.50"),
        ("12.50 USD", "currency_sign", "12.50"),
        ("€12,50", "currency_sign", "12.50"),
        ("1e3", "exponent", "digits written out"),
        ("1.5E-3", "exponent", "digits written out"),
        ("NaN", "text_in_number", "a figure such as 12.50"),
        ("inf", "text_in_number", "a figure such as 12.50"),
        ("#REF!", "text_in_number", "a figure such as 12.50"),
        ("=A1", "text_in_number", "a figure such as 12.50"),
        ("n/a", "text_in_number", "a figure such as 12.50"),
        ("O.50", "text_in_number", "a figure such as 12.50"),
        ("12.5O", "text_in_number", "a figure such as 12.50"),
        (" 12.50", "stray_space", "12.50"),
        ("12.50 ", "stray_space", "12.50"),
        ("\u200b12.50", "stray_space", "12.50"),
        ("12.5%", "percent_sign", "12.5"),
        ("012.50", "leading_zero", "12.50"),
        ("12.", "not_a_figure", "a figure such as 12.50"),
        (".5", "not_a_figure", "0.5"),
        ("+5", "not_a_figure", "a figure such as 12.50"),
        ("1.2.3", "not_a_figure", "a figure such as 12.50"),
        ("12..5", "not_a_figure", "a figure such as 12.50"),
        ("٣", "not_a_figure", "a figure such as 12.50"),
        ("½", "not_a_figure", "a figure such as 12.50"),
        ("1.1234567", "too_many_decimals", "at most six"),
        ("1234567890123", "figure_too_large", "at most twelve digits"),
    ],
)
def test_what_spreadsheets_make_of_figures_is_named(text: str, code: str, expected: str) -> None:
    assert figure_fault(text) == (code, expected)


def test_zero_is_taken_where_it_is_meant() -> None:
    assert figure_fault("0.00", zero=True) is None


@given(st.text(max_size=30))
def test_a_taken_figure_is_exact_and_positive(text: str) -> None:
    if figure_fault(text) is None:
        assert format(Decimal(text), "f") == text
        assert Decimal(text) > 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("18.0", "not_whole"),
        ("18.5", "not_whole"),
        ("018", "leading_zero"),
        ("-1", "negative_figure"),
        ("x", "text_in_number"),
        ("", "empty_cell"),
        (" 18", "stray_space"),
    ],
)
def test_ages_are_whole_numbers(text: str, code: str) -> None:
    fault = whole_fault(text)
    assert fault is not None
    assert fault[0] == code


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("01001", None),
        ("1001", ("zip_zeros_lost", "01001")),
        ("501", ("zip_zeros_lost", "00501")),
        ("1001.0", ("zip_zeros_lost", "01001")),
        ("01001-1234", ("bad_zip", "01001")),
        ("75001 ", ("stray_space", "75001")),
        ("", ("empty_cell", "five digits")),
    ],
)
def test_zip_codes_keep_their_zeros(text: str, fault: tuple[str, str] | None) -> None:
    assert zip_fault(text) == fault


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty_cell"), (" x", "stray_space"), ("a\x07", "bad_character")]
)
def test_texts_are_printable_and_trimmed(text: str, code: str) -> None:
    fault = text_fault(text)
    assert fault is not None
    assert fault[0] == code
    assert text_fault("Autauga") is None
