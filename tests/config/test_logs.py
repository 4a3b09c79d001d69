"""No line of the log lets anybody in or tells a private number."""

import io
import logging

import pytest
from django.test import Client

from megler.config.environment import logging as settings_of_logging
from megler.config.logs import Discreet, struck

TOKEN = "q8Zr3_kXwLm-0aB4cD5eF6gH7iJ8kL9mN0oP1qR2sT3"


@pytest.mark.parametrize(
    ("line", "without"),
    [
        (f"Gone: /sign/{TOKEN}/", TOKEN),
        (f"Not Found: /sign/{TOKEN}/papers/1/", TOKEN),
        (f"Not Found: /p/{TOKEN}/pages/1/", TOKEN),
        (f"Forbidden (CSRF cookie not set.): /setup/{TOKEN}/", TOKEN),
        (f"Not Found: /account/password/reset/key/4-{TOKEN}/", TOKEN),
        (f"Authorization: Bearer mk_{TOKEN}", TOKEN),
        (f"key mk_{TOKEN} of Ada", TOKEN),
        ("DETAIL: Key (ssn)=(078-05-1121)", "078-05-1121"),
    ],
)
def test_what_lets_somebody_in_is_struck(line: str, without: str) -> None:
    assert without in line
    assert without not in struck(line)
    assert "…" in struck(line) or "•" in struck(line)


def test_tracebacks_are_struck_too() -> None:
    try:
        raise ValueError(f"/sign/{TOKEN}/")
    except ValueError as error:
        about = (ValueError, error, error.__traceback__)
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "%s", ("078-05-1121",), about)
    told = Discreet("{message}", style="{").format(record)
    assert "Traceback" in told
    assert TOKEN not in told
    assert "1121" not in told


def test_every_handler_writes_so() -> None:
    found = settings_of_logging()
    for handler in found["handlers"].values():
        assert found["formatters"][handler["formatter"]]["()"] == "megler.config.logs.Discreet"


@pytest.mark.django_db
def test_a_private_link_that_is_refused_leaves_no_token() -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Discreet("{message}", style="{"))
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        assert Client().get(f"/sign/{TOKEN}/").status_code == 404
    finally:
        logger.removeHandler(handler)
    assert written.getvalue() == "Not Found: /sign/…/\n"
