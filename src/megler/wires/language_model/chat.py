"""Asking a language model that speaks the chat-completions protocol.

`POST {address}/chat/completions` with `{"model", "messages": [{"role", "content"}]}`, answered by
`{"choices": [{"message": {"content"}}]}`, as many servers of models do.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
from django.conf import settings

MOST_BYTES = 256 * 1024
"""An answer larger than this is none."""
_PATH = "/chat/completions"
_TOKENS_MAX = 500


class NoWord(Exception):
    """The model said nothing usable; the argument says why, without a word of what was asked."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message to the model: `role` is `system` or `user`."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A model: the server's address, a key (may be empty), the model's name there, seconds to wait."""

    address: str
    key: str = field(repr=False)
    name: str
    seconds: float

    def said(self, messages: Sequence[Message]) -> str:
        """What the model answers, as plain text. Raises `NoWord` whatever goes wrong.

        Each step of the request has the time limit, and so has the whole as soon as the answer
        begins. Redirects are not followed: the key is for this address only.
        """
        try:
            return _content_of(json.loads(self._posted(messages)))
        except httpx.TimeoutException:
            raise NoWord("no answer in time") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoWord(type(error).__name__) from None
        except (ValueError, RecursionError):
            raise NoWord("the answer is not JSON") from None

    def _posted(self, messages: Sequence[Message]) -> bytes:
        body = {
            "model": self.name,
            "messages": [{"role": one.role, "content": one.content} for one in messages],
            "temperature": 0,
            "max_tokens": _TOKENS_MAX,
            "stream": False,
        }
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        until = time.monotonic() + self.seconds
        address = self.address.rstrip("/").removesuffix(_PATH) + _PATH
        with (
            httpx.Client(timeout=self.seconds, follow_redirects=False) as client,
            client.stream("POST", address, json=body, headers=headers) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise NoWord(f"status {answer.status_code}")
            return _read(answer, until)


def _read(answer: httpx.Response, until: float) -> bytes:
    content = bytearray()
    for part in answer.iter_bytes():
        content += part
        if len(content) > MOST_BYTES:
            raise NoWord("the answer is too large")
        if time.monotonic() > until:
            raise NoWord("no answer in time")
    return bytes(content)


def _content_of(answer: Any) -> str:
    try:
        content = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        raise NoWord("the answer has another shape") from None
    if not isinstance(content, str) or not content.strip():
        raise NoWord("the answer is empty")
    return content.strip()


def connected() -> LanguageModel | None:
    """The model that the settings name; None when they name none."""
    if not settings.LANGUAGE_MODEL_URL:
        return None
    return LanguageModel(
        settings.LANGUAGE_MODEL_URL,
        settings.LANGUAGE_MODEL_KEY,
        settings.LANGUAGE_MODEL_NAME,
        settings.LANGUAGE_MODEL_SECONDS,
    )
