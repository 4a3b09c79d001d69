"""What is written is read again as it was."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from megler.exchange.txlife.reading import NAMESPACE, read
from megler.exchange.txlife.records import (
    NOTHING,
    Coded,
    Extension,
    Form,
    Holding,
    Message,
    Party,
    Request,
    Response,
)
from megler.exchange.txlife.writing import write
from megler.vocabulary.problems import errors
from tests.exchange.txlife.made import messages
from tests.exchange.txlife.samples import attached, new_business, prefixed, status


@given(messages())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_any_message_comes_back_as_it_was(message: Message) -> None:
    message = _as_sent(message)
    found, problems = read(write(message))
    assert errors(problems) == []
    assert found is not None
    assert found.message == message


def _as_sent(record: Any) -> Any:
    """Without what has no element of its own: the vendor's code stands at the vendor's name."""
    return record if record.vendor else replace(record, vendor_code="")


@pytest.mark.parametrize("data", [new_business(more=attached()), prefixed(), status()])
def test_what_others_wrote_is_written_and_read_alike(data: bytes) -> None:
    first, _ = read(data)
    assert first is not None
    again, _ = read(write(_simple(first.message)))
    assert again is not None
    assert again.message == _simple(first.message)


def _simple(message: Message) -> Message:
    """Without extensions that hold elements in elements."""
    requests = [
        replace(r, holdings=tuple(replace(h, extensions=()) for h in r.holdings))
        for r in message.requests
    ]
    return replace(message, requests=tuple(requests))


def message_of(**fields: Any) -> Message:
    return Message(requests=(Request(**fields),))


def test_it_is_in_acords_namespace_unless_a_partner_wants_none() -> None:
    assert etree.fromstring(write(Message())).tag == f"{{{NAMESPACE}}}TXLife"
    assert etree.fromstring(write(Message(), namespace=False)).tag == "TXLife"


def test_a_word_without_a_number_is_written_as_other_with_its_text() -> None:
    data = write(message_of(holdings=(Holding(purpose=Coded("other", "a boat")),)))
    assert b'<Purpose tc="2147483647">a boat</Purpose>' in data
    unknown = write(message_of(holdings=(Holding(purpose=Coded("yacht", "a yacht")),)))
    assert b'<Purpose tc="2147483647">a yacht</Purpose>' in unknown


def test_a_dialects_number_is_written() -> None:
    data = write(message_of(type=Coded("new_business")), {"transaction": {"new_business": 9103}})
    assert b'<TransType tc="9103">' in data


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    found, _ = read(write(message_of(parties=(Party(full_name="Ka\x00r\x0bi\ufffe\x1f"),))))
    assert found is not None
    assert found.message.requests[0].parties[0].full_name == "Kari"


def test_nothing_that_is_not_said_is_written() -> None:
    data = write(message_of(parties=(Party(id="p", first_name="Kari"),)))
    root = etree.fromstring(data)
    assert [e.tag.partition("}")[2] for e in root.iter()] == [
        "TXLife", "TXLifeRequest", "OLifE", "Party", "Person", "FirstName",
    ]  # fmt: skip


def test_neighbouring_extensions_of_one_vendor_stand_together() -> None:
    ones = (Extension("A", "1", "V", "C"), Extension("B", "2", "V", "C"), Extension("D", "3", "W"))
    data = write(message_of(extensions=ones))
    assert data.count(b"<OLifEExtension") == 2


def test_a_name_that_is_none_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="element's name"):
        write(message_of(extensions=(Extension("a b", "1"),)))


def test_an_answer_is_written_with_its_question() -> None:
    form = Form("f", responses=(Response(key="insured_name", question="Name?", text="Å & Ø"),))
    data = write(message_of(forms=(form,)))
    assert "<ResponseText>Å &amp; Ø</ResponseText>".encode() in data
    assert NOTHING.shown == ""
