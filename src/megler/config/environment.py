"""Reads settings from the environment, typed; a bad value raises `BadSetting` with its name."""

import base64
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class BadSetting(SystemExit):
    """A setting that cannot be used; says its name, what was found and what was expected."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        super().__init__(f"megler: {name} is {found!r}; expected {expected}")


def text(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def path(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).expanduser().resolve()


def words(name: str, default: list[str]) -> list[str]:
    found = os.environ.get(name, "").replace(",", " ").split()
    return found or default


def flag(name: str, default: bool = False) -> bool:
    found = text(name, str(int(default))).lower()
    if found in {"1", "true", "yes", "on"}:
        return True
    if found in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(name, found, "1 or 0")


def number(name: str, default: int) -> int:
    found = text(name, str(default))
    if not found.isdigit():
        raise BadSetting(name, found, "a whole number")
    return int(found)


def choice(name: str, default: str, allowed: list[str]) -> str:
    found = text(name, default)
    if found not in allowed:
        raise BadSetting(name, found, "one of " + ", ".join(allowed))
    return found


def time_zone(name: str, default: str) -> str:
    found = text(name, default)
    try:
        ZoneInfo(found)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadSetting(name, found, "a time zone such as Europe/Oslo") from None
    return found


def private_address(name: str) -> str:
    """An https:// address for what others may not read, or http:// on this machine; may be empty."""
    found = text(name, "")
    if found and not _is_private(found):
        raise BadSetting(name, found, "an https:// address, or http:// on this machine")
    return found


def _is_private(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    here = host in {"localhost", "127.0.0.1", "::1"}
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and here))


def socket_address(name: str) -> str:
    """Where a daemon listens, `tcp://host:port` or `unix:///path` (a bare path is one); may be empty."""
    found = text(name, "")
    if found.startswith("/"):
        found = f"unix://{found}"
    if found and not _is_socket(found):
        raise BadSetting(name, found, "tcp://host:port or the path of a unix socket")
    return found


def _is_socket(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if parts.scheme == "tcp":
        return bool(host and port) and parts.path in {"", "/"}
    return parts.scheme == "unix" and not parts.netloc and len(parts.path) > 1


def database(name: str, var: Path) -> dict[str, Any]:
    """A PostgreSQL connection from `postgresql://user:password@host:port/name`.

    Host may be a socket folder as `?host=/path`. Without the variable the embedded server's
    usual place under `var` is named; the launcher sets the variable before anything connects.
    The server plans a statement once that a connection sends often: MEGLER_PREPARE_AFTER says how
    often, 0 never.
    """
    url = text(name, "postgresql://postgres@/megler?host=" + str(var / "postgres"))
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(name, parts.scheme + "://…", "a postgresql:// address")
    query = dict(parse_qsl(parts.query))
    try:
        port = query.pop("port", None) or parts.port or ""
    except ValueError:
        raise BadSetting(name, parts.netloc.rpartition("@")[2], "a port number") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "megler",
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(port),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 10,
            "server_side_binding": True,
            "prepare_threshold": number("MEGLER_PREPARE_AFTER", 5) or None,
            **query,
        },
    }


class Secrets:
    """Secrets from `NAME`, from the file that `NAME_FILE` names, or made once under `var`."""

    def __init__(self, var: Path) -> None:
        self._var = var

    def optional(self, name: str) -> str:
        if file := os.environ.get(name + "_FILE"):
            try:
                return Path(file).read_text().strip()
            except OSError as error:
                raise BadSetting(name + "_FILE", file, f"a readable file ({error})") from None
        return os.environ.get(name, "").strip()

    def text(self, name: str) -> str:
        if given := self.optional(name):
            return given
        from megler.config.secrets import ensure_secrets

        return ensure_secrets(self._var)[name]

    def keys(self, name: str) -> tuple[bytes, ...]:
        """AES-256 keys, base64 and comma-separated; the first encrypts, all decrypt."""
        keys = []
        for part in self.text(name).split(","):
            try:
                key = base64.b64decode(part, validate=True)
            except ValueError:
                key = b""
            if len(key) != 32:
                raise BadSetting(
                    name, "…", "base64 keys of 32 bytes, comma-separated, newest first"
                )
            keys.append(key)
        return tuple(keys)


def rooms(src: Path) -> list[str]:
    """The rooms that are Django apps: those with models, pages, templates or template tags."""
    parts = ("models.py", "models", "pages.py", "pages", "templates", "templatetags")
    return sorted(
        f"megler.{room.name}"
        for room in src.iterdir()
        if room.is_dir() and any((room / part).exists() for part in parts)
    )


def jobs(src: Path) -> list[str]:
    """The modules whose jobs the worker runs."""
    return sorted(f"megler.{found.parent.name}.jobs" for found in src.glob("*/jobs.py"))


def logging() -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "megler.config.logs.Discreet",
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            }
        },
        "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["err"], "level": text("MEGLER_LOG_LEVEL", "WARNING").upper()},
        "loggers": {"axes": {"level": "ERROR"}, "procrastinate": {"level": "WARNING"}},
    }
