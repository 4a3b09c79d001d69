"""A trading partner's way, as data."""

import pytest

from megler.exchange.txlife.dialects import ACORD, AnswersIn, Around, Slot, read_dialect
from megler.exchange.txlife.reading import read
from megler.exchange.txlife.records import Coded, Holding, Message, Request
from megler.exchange.txlife.writing import write

FJORD = """
dialect = 1
name = "Fjord Life new business"
carrier = "fjord-life"
version = "2.20.00"
namespace = false

[identifiers]
login = "BGA0417"
vendor = "Berg Brokerage"
vendor_code = "417"
carrier_code = "86231"

[answers]
in = "extension"
extension_code = "AppAnswers"

[products]
fjord-term = "FT-20"

[extensions]
nicotine_last_used = "insured/LastTobaccoUse"

[codes.pay_mode]
monthly = 26
"""


def test_a_dialect_is_read() -> None:
    found, problems = read_dialect(FJORD)
    assert problems == []
    assert found is not None
    assert (found.name, found.carrier, found.namespace) == (
        "Fjord Life new business", "fjord-life", False,
    )  # fmt: skip
    assert (found.carrier_code, found.vendor_code) == ("86231", "417")
    assert found.answers_in is AnswersIn.EXTENSION
    assert found.slots == {"nicotine_last_used": Slot(Around.INSURED, "LastTobaccoUse")}
    assert found.product_code("fjord-term") == "FT-20"
    assert found.our_product("FT-20") == "fjord-term"
    assert found.our_product("other") == "other"


def test_their_number_is_written_and_read_back() -> None:
    found, _ = read_dialect(FJORD)
    assert found is not None
    message = Message(requests=(Request(holdings=(Holding(mode=Coded("monthly")),)),))
    data = write(message, found.numbers, namespace=found.namespace)
    assert b'<PaymentMode tc="26">' in data
    again, _ = read(data, found.words)
    assert again is not None
    assert again.message == message


def test_acords_own_number_is_still_understood() -> None:
    found, _ = read_dialect(FJORD)
    assert found is not None
    assert found.words["pay_mode"][4] == "monthly"
    assert found.words["pay_mode"][26] == "monthly"
    assert ACORD.words["pay_mode"].get(26) is None


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (("dialect = 1", "dialect = 2"), "wrong_value", "dialect"),
        (('carrier = "fjord-life"', ""), "missing", "carrier"),
        (("namespace = false", 'namespace = "no"'), "wrong_value", "namespace"),
        (("[identifiers]", "[identifiers]\ncolour = 'x'"), "unknown_key", "identifiers"),
        (('in = "extension"', 'in = "envelope"'), "wrong_value", "answers.in"),
        (("insured/LastTobaccoUse", "cat/Last Use"), "wrong_value",
         "extensions.nicotine_last_used"),
        (("monthly = 26", 'monthly = "26"'), "wrong_type", "codes.pay_mode.monthly"),
        (("monthly = 26", "monthly = 26\nannual = 26"), "duplicate_key", "codes.pay_mode.annual"),
        (("[codes.pay_mode]", "[codes.cats]"), "unknown_key", "codes"),
        (('fjord-term = "FT-20"', "fjord-term = 20"), "wrong_type", "products.fjord-term"),
        (("dialect = 1", "dialect ="), "not_toml", "dialect"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_dialect_is_told(
    change: tuple[str, str], code: str, where: str
) -> None:
    found, problems = read_dialect(FJORD.replace(*change))
    assert found is None
    assert (code, where) in {(p.code, p.where) for p in problems}
