"""An answer said again by a language model, where a setting names one and what it says may stand."""

import logging
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, override

from megler.carriers.names import CLASS_NAMES
from megler.underwriting.actions.answers import standing_on
from megler.underwriting.rules.rephrasing import grounds_of, known_of, may_stand, to_say_again
from megler.wires.language_model.chat import Message, NoWord, connected

log = logging.getLogger(__name__)
_LANGUAGES = {"nb": "Norwegian bokmål"}
_MARKS = re.compile(r"[*_`#]+")
_SAID_AGAIN = {"answered", "asks"}


def is_connected() -> bool:
    """Whether a language model is connected."""
    return connected() is not None


def rephrased_by_model(_question: str, answer: Mapping[str, Any]) -> str:
    """The answer in the model's words, as plain text; empty where there is none that may stand.

    The question's own text is not sent. Whatever goes wrong is one line of the log.
    """
    model = connected()
    if model is None or answer["kind"] not in _SAID_AGAIN:
        return ""
    on = date.fromisoformat(str(answer["on"]))
    language = _LANGUAGES.get(get_language() or "", "English")
    told = to_say_again(answer, known_of(answer["understood"]["facts"], on), language)
    try:
        said = model.said([Message("system", told[0]), Message("user", told[1])])
    except NoWord as why:
        log.warning("The language model gave no word: %s.", why)
        return ""
    said = _MARKS.sub("", said).strip()
    if may_stand(said, grounds_of(answer, *_names(on))):
        return said
    log.warning("What the language model said was refused: it says more than the answer.")
    return ""


def _names(on: date) -> tuple[set[str], set[str]]:
    """The names of carriers and of classes that are known on a day, in every language here."""
    guides = {one.guide.name: one.guide for one in standing_on(on).products}
    carriers = {guide.carrier_name for guide in guides.values()}
    classes = {one.name for g in guides.values() if g.guide for one in g.guide.classes}
    for language in ("en", "nb"):
        with override(language):
            classes |= {str(name) for name in CLASS_NAMES.values()}
    return carriers, classes
