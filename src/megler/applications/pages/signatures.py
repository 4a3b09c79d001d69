"""A signature as a page sends it, and as it is shown again when it was refused."""

from typing import Any

from django.http import HttpRequest

from megler.forms.rules.signing import Signature
from megler.forms.rules.strokes import Strokes, read_strokes
from megler.vocabulary.problems import Problem, Refused


def signature_in(request: HttpRequest) -> Signature:
    """The signature as it was typed or drawn. Raises `Refused` when a drawing cannot be read."""
    post = request.POST
    strokes: Strokes = []
    if post.get("method") == "drawn":
        strokes, problems = read_strokes(post.get("strokes", ""))
        if problems or not strokes:
            raise Refused(problems or Problem("drawing_too_small", "strokes"))
    return Signature(
        typed_name=post.get("typed_name", "")[:200],
        consented=post.get("consent") == "yes",
        seen_hash=post.get("seen", "")[:64],
        strokes=strokes,
        signed_in=post.get("signed_in", "")[:120],
    )


def typed_signature(request: HttpRequest, home: Any = None) -> dict[str, Any]:
    """What was typed, drawn and ticked, for the form shown again.

    Where nothing was said yet, they sign in the city and state of the address `home`.
    """
    post = request.POST
    return {
        "typed_name": post.get("typed_name", "")[:200],
        "ticked": post.get("consent") == "yes",
        "draws": post.get("method") == "drawn",
        "strokes": post.get("strokes", "")[:40_000],
        "signed_in": post.get("signed_in", _place(home))[:120],
    }


def _place(home: Any) -> str:
    """City and state of an address, as far as they are known."""
    parts = (home.get("city"), home.get("state")) if isinstance(home, dict) else ()
    return ", ".join(part for part in parts if part)
