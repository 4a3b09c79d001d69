"""Nothing in the bytes does harm: entities, document types, encodings, sizes, depths."""

import tracemalloc
from collections.abc import Callable

import pytest

from megler.exchange.txlife.reading import read
from megler.exchange.txlife.safe import Limits, parsed
from tests.exchange.txlife.samples import new_business, prefixed

LAUGHS = b"""<?xml version="1.0"?>
<!-- <TXLife> --><!DOCTYPE TXLife [
<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
]><TXLife>&d;</TXLife>"""
OUTSIDE = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><TXLife>&f;</TXLife>'
PARAMETER = b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><TXLife/>'


def codes(data: bytes, limits: Limits | None = None) -> list[str]:
    root, problems = parsed(data, limits) if limits else parsed(data)
    assert (root is None) is bool(problems)
    return [p.code for p in problems]


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE, PARAMETER, b"<!ENTITY a 'b'><TXLife/>",
                                  b"\xef\xbb\xbf \n<?x?><!--y--><!doctype x><TXLife/>"])  # fmt: skip
def test_a_document_type_is_refused_before_it_is_parsed(data: bytes) -> None:
    assert codes(data) == ["txlife_doctype"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"])
def test_a_document_type_does_not_hide_in_an_encoding(encoding: str) -> None:
    told = LAUGHS.decode().replace("1.0", f'1.0" encoding="{encoding}', 1).encode(encoding)
    assert codes(told)[0] in {"txlife_doctype", "txlife_null_byte", "txlife_encoding"}


@pytest.mark.parametrize("name", ["utf-7", "cp037", "IBM1047", "utf-16", "hz", "x-nothing"])
def test_an_encoding_that_can_hide_something_is_refused_by_name(name: str) -> None:
    data = f'<?xml version="1.0" encoding="{name}"?><TXLife/>'.encode()
    _, (problem,) = parsed(data)
    assert (problem.code, problem.found) == ("txlife_encoding", name.lower())


@pytest.mark.parametrize(
    "recode",
    [
        lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace('"UTF-8"', '"ISO-8859-1"').encode("latin-1"),
        lambda text: text.replace('"UTF-8"', '"Windows-1252"').encode("cp1252"),
    ],
)
def test_the_usual_encodings_read_alike(recode: Callable[[str], bytes]) -> None:
    found, problems = read(recode(new_business().decode()))
    assert problems == []
    assert found is not None
    assert found.message.requests[0].parties[0].last_name == "Håkonsen O'Brien"


def test_a_byte_that_is_not_of_the_encoding_is_told_with_its_line() -> None:
    data = new_business().replace("Håkonsen".encode(), b"H\xe5konsen", 1)
    _, (problem,) = parsed(data)
    assert (problem.code, problem.found) == ("txlife_encoding", "byte 0xe5")
    assert problem.where == "message line 28"


def test_a_null_byte_is_told() -> None:
    assert codes(prefixed().replace(b"Ola", b"O\0la")) == ["txlife_null_byte"]
    assert codes(b"\xff\xfe" + "<TXLife>\0</TXLife>".encode("utf-16-le")) == ["txlife_null_byte"]


@pytest.mark.parametrize("data", [b"", b"   \n", b"\xef\xbb\xbf"])
def test_nothing_is_told(data: bytes) -> None:
    assert codes(data) == ["txlife_empty"]


@pytest.mark.parametrize(
    ("levels", "code"), [(40_000, "txlife_too_deep"), (100_000, "txlife_too_many")]
)
def test_thousands_of_levels_are_refused(levels: int, code: str) -> None:
    deep = b"<TXLife>" + b"<a>" * levels + b"</a>" * levels + b"</TXLife>"
    assert codes(deep) == [code]


def test_a_thousand_levels_are_refused() -> None:
    deep = b"<TXLife>" + b"<a>" * 1_000 + b"</a>" * 1_000 + b"</TXLife>"
    _, problems = read(deep)
    assert [p.code for p in problems][:1] == ["txlife_too_deep"]


def test_more_elements_or_attributes_than_any_message_has_are_not_parsed() -> None:
    few = Limits(marks=1000)
    assert codes(b"<TXLife>" + b"<a/>" * 1001 + b"</TXLife>", few) == ["txlife_too_many"]
    many = b" ".join(b'a%d=""' % i for i in range(1001))
    assert codes(b"<TXLife " + many + b"/>", few) == ["txlife_too_many"]


def test_one_element_with_thousands_of_attributes_is_not_parsed() -> None:
    named = b" ".join(b'a%d=">"' % i for i in range(1_001))
    assert codes(b"<TXLife " + named + b"/>") == ["txlife_too_many"]
    spread = b"".join(b'<a b="1"/>' for _ in range(2_000))
    assert codes(b"<TXLife>" + spread + b"</TXLife>") == []


def test_a_message_over_the_limit_is_not_parsed() -> None:
    assert codes(new_business(), Limits(message_bytes=100)) == ["txlife_too_large"]


@pytest.mark.parametrize("data", [b"<TXLife>", b"<TXLife></TXlife>", b"<TXLife>&x;</TXLife>",
                                  b"<TXLife a=1/>", b"%PDF-1.4", b"<TXLife/><TXLife/>"])  # fmt: skip
def test_what_is_not_xml_is_told_with_its_line(data: bytes) -> None:
    _, (problem,) = parsed(data)
    assert (problem.code, problem.where) == ("txlife_not_xml", "message line 1")


def test_a_document_type_in_a_comment_or_a_text_is_only_text() -> None:
    data = new_business(more="<!-- <!DOCTYPE x> --><Y><![CDATA[<!DOCTYPE html>]]></Y>")
    found, _ = read(data)
    assert found is not None
    assert [one.text for one in found.kept] == ["<!DOCTYPE html>"]


def test_a_large_file_in_a_message_takes_a_few_times_its_size() -> None:
    size = 4 * 1024 * 1024
    packed = "QUFB" * (size // 3)
    data = new_business(
        more="<Attachment><AttachmentData>" + packed + "</AttachmentData></Attachment>"
    )
    tracemalloc.start()
    found, problems = read(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert problems == []
    assert found is not None
    assert len(found.message.requests[0].attachments[0].content) == size // 3 * 3
    assert peak < 6 * size
