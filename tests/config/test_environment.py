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
