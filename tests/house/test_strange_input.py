"""Whatever is typed into any address or form, nothing breaks and nothing typed becomes markup."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from tests.cast import person, signed_in
from tests.house.test_doors import objects, owner  # noqa: F401 - fixtures
from tests.house.walk import Place, places

MARKUP = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"
STRANGE = (
    MARKUP,
    "a\0b",
    "²",
    "٣",
    "9" * 40,
    "-1",
    "1e999",
    "NaN",
    "0001-01-01",
    "9999-12-31",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "o²",
    "before-99999999999999999999",
    "0001-01-01T00:00:00+14:00~00000000-0000-4000-8000-000000000000",
    "%27 OR 1=1 --\\",
    "\uffff\u202e\u0085 &:*!|()<->",
    "\r\nSet-Cookie: a=b",
    "x" * 5000,
)
ASKED = (
    *("q", "page", "state", "status", "holder", "agent", "carrier", "sort", "mine", "kind"),
    *("before", "since", "until", "verb", "actor", "subject_type", "subject_id", "role", "to"),
    *("section", "add", "change", "size", "download", "next", "tab"),
)
"""Every name that some page looks for in its address."""


class Forms(HTMLParser):
    """The forms of a page that change something: where each is sent, and (name, kind, value)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str, str]]]] = []
        self._choosing = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            is_sent = given.get("method", "").lower() == "post" or "hx-post" in given
            action = given.get("action") or given.get("hx-post", "")
            self.found.append((action if is_sent else "", []))
        elif not self.found:
            return
        elif tag == "select":
            self._choosing = given.get("name", "")
        elif tag == "option" and self._choosing and given.get("value"):
            self.found[-1][1].append((self._choosing, "select", given["value"]))
            self._choosing = ""
        elif tag in {"input", "textarea", "button"} and given.get("name"):
            field = (given["name"], given.get("type", tag), given.get("value", ""))
            self.found[-1][1].append(field)


def as_administrator() -> Client:
    client = signed_in(person("Ada Berg", Role.ADMINISTRATOR))
    client.raise_request_exception = False
    return client


def shown(objects: dict[str, str]) -> list[tuple[Place, str]]:  # noqa: F811
    """Pages of the product's own that can be looked at, with their addresses."""
    ours = [p for p in places() if not p.is_api and len(p.methods) > 1]
    return [(place, place.address(objects)) for place in ours]


def some(turn: int, many: int = 4) -> list[str]:
    """Markup, and a part of what else is strange; pages take turns, so that all is tried often."""
    others = STRANGE[1:]
    return [MARKUP, *(others[(turn * many + n) % len(others)] for n in range(many))]


def is_wrong(answer: Any) -> bool:
    if answer.status_code >= 500:
        return True
    body = b"" if answer.streaming else answer.content
    return b"<img src=x" in body or b"<script>alert" in body or answer.has_header("Set-Cookie: a")


@pytest.mark.django_db
def test_no_address_breaks_a_page(objects: dict[str, str]) -> None:  # noqa: F811
    client = as_administrator()
    wrong = [
        f"{address} {text[:40]!r}"
        for turn, (_place, address) in enumerate(shown(objects))
        for text in some(turn)
        if is_wrong(client.get(address, dict.fromkeys(ASKED, text)))
    ]
    assert wrong == []


_CHOSEN = {"select", "radio", "checkbox", "hidden", "button", "submit"}


def filled(fields: list[tuple[str, str, str]], text: str, everywhere: bool) -> dict[str, str]:
    """A form with `text` in every field that is typed in, or in those that are chosen from too."""
    kept = {"csrfmiddlewaretoken", "once", "version", "seen"}
    return {
        name: value if name in kept or (kind in _CHOSEN and not everywhere) else text
        for name, kind, value in fields
        if kind != "file"
    }


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["administrator", "owner"])
def test_no_form_breaks_a_page(
    role: str,
    owner: User,  # noqa: F811
    objects: dict[str, str],  # noqa: F811
) -> None:
    client = as_administrator() if role == "administrator" else signed_in(owner)
    client.raise_request_exception = False
    wrong, sent = [], set()
    for _place, address in shown(objects):
        page = client.get(address)
        if page.streaming or not page.headers.get("Content-Type", "").startswith("text/html"):
            continue
        read = Forms()
        read.feed(page.content.decode())
        for action, fields in read.found:
            if not action or action in sent or "logout" in action or "deactivate" in action:
                continue
            sent.add(action)
            typed = any(kind not in {*_CHOSEN, "file"} for _name, kind, _value in fields)
            for place, text in enumerate(some(len(sent)) if typed else (MARKUP,)):
                if is_wrong(client.post(action, filled(fields, text, everywhere=place == 0))):
                    wrong.append(f"{action} {text[:40]!r}")
        if is_wrong(client.get(address)):
            wrong.append(f"{address} afterwards")
    assert wrong == []
    assert len(sent) > 8, sent


def test_markup_would_be_found() -> None:
    from django.http import HttpResponse

    assert is_wrong(HttpResponse(f"<p>{MARKUP}</p>"))
    assert is_wrong(HttpResponse("", status=500))
    assert not is_wrong(HttpResponse(re.sub("<", "&lt;", MARKUP)))
