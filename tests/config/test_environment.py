"""A setting that cannot be used stops the start, with its name and what was expected."""

import pytest

from megler.config import environment as env

NAME = "MEGLER_LANGUAGE_MODEL_URL"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://model.example.com/v1",
        "http://localhost:8080/v1",
        "http://[::1]:80",
        "http://127.0.0.1",
    ],
)
def test_a_private_address_is_encrypted_or_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv(NAME, address)
    assert env.private_address(NAME) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://model.example.com",
        "model.example.com",
        "ftp://localhost",
        "https://",
        "https://[",
        "https://a:x",
    ],
)
def test_any_other_address_stops_the_start(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv(NAME, address)
    with pytest.raises(env.BadSetting, match=f"{NAME} is .* expected an https:// address"):
        env.private_address(NAME)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("", ""),
        ("tcp://127.0.0.1:3310", "tcp://127.0.0.1:3310"),
        ("tcp://[::1]:3310", "tcp://[::1]:3310"),
        ("/run/clamav/clamd.ctl", "unix:///run/clamav/clamd.ctl"),
        ("unix:///run/clamav/clamd.ctl", "unix:///run/clamav/clamd.ctl"),
    ],
)
def test_a_daemon_listens_at_a_port_or_a_path(
    monkeypatch: pytest.MonkeyPatch, given: str, read: str
) -> None:
    monkeypatch.setenv("MEGLER_CLAMAV", given)
    assert env.socket_address("MEGLER_CLAMAV") == read


@pytest.mark.parametrize(
    "given",
    ["localhost:3310", "tcp://localhost", "tcp://:3310", "tcp://a:x", "unix://run/x", "http://a:1"],
)
def test_a_daemon_listens_nowhere_else(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("MEGLER_CLAMAV", given)
    with pytest.raises(env.BadSetting, match=r"MEGLER_CLAMAV is .* expected tcp://host:port"):
        env.socket_address("MEGLER_CLAMAV")
