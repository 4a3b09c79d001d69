"""Secrets that the environment does not give are made once, in `var/secrets.json`."""

import base64
import fcntl
import json
import os
import secrets
from pathlib import Path

from megler.config.trouble import Trouble


def ensure_secrets(var: Path) -> dict[str, str]:
    """Every secret by its setting's name; those missing in `var/secrets.json` are made and written.

    `MEGLER_FIELD_KEYS` is one base64 AES-256 key (a person may put newer ones before it, after a
    comma), the others are random text. The file is replaced whole, so a crash leaves the old one.
    """
    place = var / "secrets.json"
    found = _read(place)
    if set(_MAKE) <= set(found):
        return found
    var.mkdir(parents=True, exist_ok=True)
    with (var / "secrets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = _read(place)
        made = {name: make() for name, make in _MAKE.items()} | found
        if made != found:
            _replace(place, json.dumps(made, indent=2) + "\n")
        return made


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _words() -> str:
    return secrets.token_urlsafe(48)


_MAKE = {"MEGLER_SECRET_KEY": _words, "MEGLER_FIELD_KEYS": _key, "MEGLER_JOURNAL_KEY": _words}


def _read(place: Path) -> dict[str, str]:
    try:
        found = json.loads(place.read_text())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        found = error
    if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
        raise Trouble(
            f"{place} is damaged: bring it back from a backup, because without its keys nothing "
            "that is encrypted can be read"
        )
    return found


def _replace(place: Path, text: str) -> None:
    new = place.with_suffix(".new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(place)
