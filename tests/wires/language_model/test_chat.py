"""A model over HTTP: what is sent, what comes back, and everything that may go wrong on the way."""

import json
import time
from typing import Any

import pytest

from megler.wires.language_model.chat import (
    MOST_BYTES,
    LanguageModel,
    Message,
    NoWord,
    connected,
)
from tests.wires.language_model.server import model_server

ASKED = (Message("system", "Say it again."), Message("user", "Tundra Life: Preferred."))


def model(url: str, seconds: float = 2, key: str = "k-1") -> LanguageModel:
    return LanguageModel(url, key, "small-model", seconds)


def test_what_the_model_says_comes_back() -> None:
    with model_server(says=lambda body: f" {body['messages'][1]['content']} \n") as server:
        assert model(server.url).said(ASKED) == "Tundra Life: Preferred."
    (sent,) = server.asked
    assert sent["model"] == "small-model"
    assert sent["stream"] is False
    assert [one["role"] for one in sent["messages"]] == ["system", "user"]
    assert server.paths == ["/v1/chat/completions"]
    assert server.headers[0]["Authorization"] == "Bearer k-1"


def test_the_whole_address_may_be_named_and_no_key_sends_none() -> None:
    with model_server() as server:
        model(f"{server.url}/chat/completions", key="").said(ASKED)
        model(f"{server.url}/", key="").said(ASKED)
    assert server.paths == ["/v1/chat/completions"] * 2
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ({"status": 500}, "status 500"),
        ({"status": 401}, "status 401"),
        ({"status": 307, "location": "http://127.0.0.1:9/elsewhere"}, "status 307"),
        ({"raw": b"<html>busy</html>"}, "not JSON"),
        ({"raw": b"\xff\xfe\x00"}, "not JSON"),
        ({"raw": b""}, "not JSON"),
        ({"raw": b"[" * 100_000}, "not JSON"),
        ({"raw": b"[]"}, "another shape"),
        ({"raw": b'{"choices": []}'}, "another shape"),
        ({"raw": b'{"choices": [{"message": null}]}'}, "another shape"),
        ({"raw": b'{"choices": [{"message": {"content": 7}}]}'}, "empty"),
        ({"raw": b'{"choices": [{"message": {"content": "  "}}]}'}, "empty"),
        ({"raw": b'"' + b"x" * MOST_BYTES + b'"'}, "too large"),
    ],
)
def test_whatever_else_comes_back_is_no_word(does: dict[str, Any], told: str) -> None:
    with model_server(**does) as server, pytest.raises(NoWord, match=told):
        model(server.url).said(ASKED)


@pytest.mark.parametrize("does", [{"waits": 30}, {"drips": 0.05}])
def test_a_slow_model_is_waited_for_no_longer_than_its_time(does: dict[str, float]) -> None:
    began = time.monotonic()
    with model_server(**does) as server, pytest.raises(NoWord, match="in time"):
        model(server.url, seconds=0.3).said(ASKED)
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/v1", "http://[bad", "http://:0", "x"])
def test_nobody_at_the_address_is_no_word(address: str) -> None:
    with pytest.raises(NoWord):
        model(address).said(ASKED)


def test_why_there_is_no_word_tells_nothing_of_what_was_asked() -> None:
    with model_server(raw=json.dumps({"error": ASKED[1].content}).encode()) as server:
        with pytest.raises(NoWord) as refused:
            model(server.url).said(ASKED)
        assert "Tundra" not in str(refused.value)
    assert "k-1" not in repr(model(server.url))


def test_without_a_setting_no_model_is_connected(settings: Any) -> None:
    assert connected() is None
    settings.LANGUAGE_MODEL_URL = "https://model.example.com/v1"
    settings.LANGUAGE_MODEL_NAME = "small-model"
    found = connected()
    assert found is not None
    assert (found.address, found.name) == ("https://model.example.com/v1", "small-model")
