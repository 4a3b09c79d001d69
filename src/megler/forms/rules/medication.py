"""A medication that is taken without the condition it is taken for."""

from collections.abc import Iterable, Mapping
from typing import Any

from megler.forms.rules.questionnaire import Questionnaire
from megler.vocabulary.conditions import conditions, drug, recognised, wider
from megler.vocabulary.problems import Problem, Severity

MEDICATION_EXPLAINED = "medication_explained"
"""The rule's name; unlike the others it looks at what the questions themselves ask for."""


def medication_explained(
    questionnaire: Questionnaire, values: Mapping[str, Any], keys: Mapping[str, str]
) -> Iterable[Problem]:
    """Each drug `field` of `list` is usually taken for something that the answers tell of.

    Told is what a question with `conditions` was answered yes to, what stands in a CONDITION answer, and what
    the item itself names in any of its texts (a drug's reason). A drug that the vocabulary does
    not know contradicts nothing. A warning: doctors prescribe for other things, too.
    """
    items = values.get(keys["list"]) or []
    told: frozenset[str] | None = None
    for i, item in enumerate(items):
        name = str(item.get(keys["field"]) or "")
        known = drug(name)
        if known is None or not known.likely:
            continue
        if told is None:
            told = frozenset(_told(questionnaire, values, keys["list"]))
        of_item = _named(str(text) for key, text in item.items() if key != keys["field"])
        if not _covered(known.likely, told | of_item):
            names = ", ".join(conditions()[code].name for code in known.likely[:3])
            where = f"{keys['list']}[{i}].{keys['field']}"
            yield Problem("medication_unexplained", where, name, names, Severity.WARNING)


def _told(questionnaire: Questionnaire, values: Mapping[str, Any], drugs: str) -> Iterable[str]:
    for _, question in questionnaire.questions():
        value = values.get(question.key)
        if question.key == drugs or value is None:
            continue
        if question.conditions and value == "yes":
            yield from question.conditions
        elif isinstance(value, str) and len(value) > 3:
            yield from _named([value])
        elif isinstance(value, list):
            texts = (
                str(text) for item in value if isinstance(item, dict) for text in item.values()
            )
            yield from _named(texts)


def _named(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(code for text in texts for code in recognised(text))


def _covered(likely: Iterable[str], told: frozenset[str]) -> bool:
    """Whether one of the likely conditions is told, or a wider or narrower one of the same kind."""
    wide = {one for code in told for one in wider(code)} | told
    return any(code in wide or not told.isdisjoint(wider(code)) for code in likely)
