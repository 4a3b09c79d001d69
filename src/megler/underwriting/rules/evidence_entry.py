"""What is typed of evidence on file, read into the facts document and back."""

from collections.abc import Mapping
from typing import Any

from megler.underwriting.rules.typed import Document, Reader, without_unknown

ROWS = (1, 2, 3)
"""As many things on file can be typed."""


def evidence_of_entry(reader: Reader) -> list[Document] | None:
    """The evidence that was typed; None where nothing was. A day without a kind is a problem."""
    found = []
    for number in ROWS:
        kind, on = reader.text(f"evidence_kind_{number}"), reader.text(f"evidence_on_{number}")
        if kind:
            found.append(without_unknown({"kind": kind, "on": on or None}))
        elif on:
            reader.refuse(f"evidence_kind_{number}", "", "what is on file", "missing")
    return found or None


def entry_of_evidence(document: Mapping[str, Any]) -> dict[str, str]:
    """The fields that would be typed for the evidence of a facts document, the first of it."""
    typed = {}
    for number, one in zip(ROWS, document.get("evidence") or (), strict=False):
        typed[f"evidence_kind_{number}"] = str(one.get("kind") or "")
        typed[f"evidence_on_{number}"] = str(one.get("on") or "")
    return {key: text for key, text in typed.items() if text}
