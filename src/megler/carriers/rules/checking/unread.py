"""What only echoes a file of a guide of which nothing could be read: told once, where it is."""

from collections.abc import Mapping, Sequence

from megler.carriers.rules.place import split_place
from megler.carriers.rules.reading.parts import GuideFiles
from megler.vocabulary.problems import Problem, Severity

_ECHOES: Mapping[str, frozenset[str]] = {
    "impairments": frozenset({"unknown_impairment", "word_taken"}),
    "questions": frozenset({"unknown_fact", "impairment_without_outcome", "rule_gap"}),
    "ratings": frozenset({"question_not_used", "impairment_without_outcome"}),
    "evidence": frozenset({"evidence_missing"}),
    "triggers": frozenset({"question_not_used"}),
    "rules": frozenset({"question_not_used"}),
    "nicotine": frozenset({"question_not_used", "limit_missing"}),
    "criteria": frozenset({"limit_missing", "class_asks_more"}),
}
"""What is said of other parts where nothing of one was read."""


def without_unread(problems: Sequence[Problem], parts: GuideFiles) -> list[Problem]:
    """The problems without those that stand only because a whole file of the guide was refused."""
    read = set(parts.origins.values())
    refused = {split_place(p.where)[0] for p in problems if p.severity is Severity.ERROR}
    echoes = {
        code
        for part, codes in _ECHOES.items()
        if any(file not in read and file in refused for file in parts.of(part))
        for code in codes
    }
    return [p for p in problems if (p.expected if p.code == "and_more" else p.code) not in echoes]
