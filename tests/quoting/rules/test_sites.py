"""Sites that may show a quote link."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.quoting.rules.sites import SITES_MAX, origin_of, read_sites


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://www.example.com", "https://www.example.com"),
        ("https://www.example.com/about us?x=1#y", "https://www.example.com"),
        ("HTTPS://EXAMPLE.com:8443", "https://example.com:8443"),
        ("http://localhost:4000/", "http://localhost:4000"),
        ("https://blåbær.example", "https://xn--blbr-roah.example"),
    ],
)
def test_an_address_is_read_as_its_origin(written: str, origin: str) -> None:
    assert origin_of(written) == origin


@pytest.mark.parametrize(
    "written",
    [
        "", "https://", "*", "https://*", "https://*.example.com", "'self'", "data:text/html,x",
        "javascript:alert(1)", "https://a.example; script-src *", "https://a b.example",
        "https://a.example:99999", "https://ada:pw@a.example", "https://-a.example", "null",
        "https://a..example", "https://[::1", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_what_names_no_site_is_none(written: str) -> None:
    assert origin_of(written) is None


def test_sites_are_read_a_line_each_and_every_wrong_one_is_named() -> None:
    origins, problems = read_sites("www.a.example\n\n https://www.a.example/x \n*\nftp://b.example")
    assert origins == ["https://www.a.example"]
    assert [(p.where, p.found) for p in problems] == [
        ("sites 4", "*"),
        ("sites 5", "ftp://b.example"),
    ]


def test_too_many_sites_are_refused() -> None:
    text = "\n".join(f"a{n}.example" for n in range(SITES_MAX + 1))
    assert [p.code for p in read_sites(text)[1]] == ["sites_too_many"]
    assert read_sites("\n".join(text.splitlines()[1:]))[1] == []


@given(st.text(max_size=80))
def test_whatever_is_written_no_origin_can_leave_its_place_in_a_header(text: str) -> None:
    for written in (text, f"https://{text}"):
        origin = origin_of(written)
        assert origin is None or re.fullmatch(r"https?://[a-z0-9.-]+(:\d+)?", origin)
