"""E-mails as mail programs send them, and as nobody should."""

import struct
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.papers.rules.mail import (
    DEPTH_MAX,
    MailFile,
    address_of,
    case_in,
    read_mail,
    read_tnef,
)

PDF = b"%PDF-1.4 a paper"


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    told = {"From": "Siri Aas <Siri@agents.example>", "To": "office@agency.example", **headers}
    for name, value in told.items():
        made[name] = value
    made.set_content("Here they are.")
    return made


def tnef(*files: tuple[bytes, bytes]) -> bytes:
    """A winmail.dat that carries files, by title and content."""

    def attribute(number: int, data: bytes) -> bytes:
        return struct.pack("<BII", 2, number, len(data)) + data + b"\0\0"

    made = struct.pack("<IH", 0x223E9F78, 1)
    for title, data in files:
        made += attribute(0x00069002, b"\0" * 14)
        made += attribute(0x00018010, title + b"\0") + attribute(0x0006800F, data)
    return made


def test_files_sender_and_recipients_are_read() -> None:
    made = message(
        Cc="case-10001-abcdefgh01234567@x.example", Subject="Hope, =?utf-8?q?APS_=C3=A5?="
    )
    made.add_attachment(PDF, maintype="application", subtype="pdf", filename="APS Hope.pdf")
    mail, problems = read_mail(made.as_bytes())
    assert problems == []
    assert mail is not None
    assert (mail.sender, mail.sender_name) == ("siri@agents.example", "Siri Aas")
    assert mail.files == (MailFile("APS Hope.pdf", PDF),)
    assert case_in(mail.to[1]) == (10001, "abcdefgh01234567")
    assert "Here they are." in mail.text


def test_files_of_a_forwarded_message_and_of_winmail_dat_are_found() -> None:
    inner = message(Subject="inner")
    inner.add_attachment(PDF, maintype="application", subtype="pdf", filename="in.pdf")
    outer = message()
    outer.add_attachment(inner)
    packed = tnef((b"packed.pdf", PDF), (b"two.pdf", b"%PDF two"))
    outer.add_attachment(packed, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    mail, _problems = read_mail(outer.as_bytes())
    assert mail is not None
    assert [one.name for one in mail.files] == ["in.pdf", "packed.pdf", "two.pdf"]


def test_a_logo_in_the_text_is_no_paper_but_a_photo_is() -> None:
    made = message()
    for size, name in ((900, "logo.png"), (90_000, "photo.png")):
        made.add_attachment(
            b"x" * size, maintype="image", subtype="png", filename=name, cid=f"<{name}>"
        )
    mail, _problems = read_mail(made.as_bytes())
    assert mail is not None
    assert [one.name for one in mail.files] == ["photo.png"]


def test_messages_in_messages_without_end_are_said() -> None:
    made = message()
    for _ in range(DEPTH_MAX + 3):
        outer = message()
        outer.add_attachment(made)
        made = outer
    _mail, problems = read_mail(made.as_bytes())
    assert [one.code for one in problems] == ["paper_mail_deep"]


def test_more_parts_than_anybody_sends_are_said() -> None:
    made = message()
    for _ in range(300):
        made.add_attachment(b"x", maintype="application", subtype="pdf", filename="x.pdf")
    mail, problems = read_mail(made.as_bytes())
    assert [one.code for one in problems] == ["paper_mail_many"]
    assert mail is not None
    assert len(mail.files) <= 200


def test_a_cases_address_is_read_back() -> None:
    address = address_of(10001, "0123456789abcdef", "papers.agency.example")
    assert case_in(address.upper()) == (10001, "0123456789abcdef")


@pytest.mark.parametrize("raw", [b"", b"hello", b"Subject: x\r\n\r\ny", b"From: nobody\n\n"])
def test_what_has_no_sender_is_no_message(raw: bytes) -> None:
    mail, problems = read_mail(raw)
    assert mail is None
    assert [one.code for one in problems] == ["paper_mail_broken"]


@given(st.binary(max_size=400))
def test_nothing_that_is_sent_breaks_it(raw: bytes) -> None:
    for given_raw in (
        raw,
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n" + raw,
    ):
        mail, problems = read_mail(given_raw)
        assert (mail is None) <= bool(problems)
    read_tnef(raw)
    read_tnef(struct.pack("<IH", 0x223E9F78, 1) + raw)
