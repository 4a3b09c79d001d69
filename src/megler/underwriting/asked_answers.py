"""What the page of questions shows of an answer: each carrier's with its sources, in short, what is asked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from megler.underwriting.actions.questions import Reply
from megler.underwriting.question_words import words_for
from megler.underwriting.rules.asking.answers import AnswerKind, Says
from megler.underwriting.rules.question_edits import ASKABLE
from megler.underwriting.sentences_asking import INTENTS, asking_sentence
from megler.vocabulary.problems import Reason

Json = Mapping[str, Any]
FEW_LINES = 3
"""Lines of a carrier that are shown at once; the rest is folded."""
FEW_CARRIERS = 8


@dataclass(frozen=True)
class Line:
    """A sentence and the page that it stands on."""

    text: str
    page: str


@dataclass(frozen=True)
class Point:
    """What one edition of a carrier says."""

    headline: str
    tone: str
    icon: str
    page: str
    product: str
    edition: str
    lines: Sequence[Line]
    rest: Sequence[Line]
    improvements: Sequence[Line]


@dataclass
class Carrier:
    """All that a carrier says."""

    name: str
    points: list[Point] = field(default_factory=list)

    @property
    def sources(self) -> list[str]:
        """The products and editions that speak, each once."""
        told = (f"{p.product} · {p.edition}" if p.product else p.edition for p in self.points)
        return list(dict.fromkeys(told))


_YES, _NO, _MAYBE = ("good", "circle-check"), ("bad", "circle-x"), ("wait", "help-circle")
_TONES: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("person_yes", "says_yes", "says_nicotine_yes"), _YES),
    **dict.fromkeys(("person_no", "says_no", "says_nicotine_no", "person_not_open"), _NO),
    **dict.fromkeys(("person_maybe", "says_maybe", "says_nicotine_maybe"), _MAYBE),
    **dict.fromkeys(("says_wait", "says_wait_months"), ("wait", "clock")),
    **dict.fromkeys(("needs_exam_no", "needs_no"), ("good", "circle-check")),
    **dict.fromkeys(("needs_exam_yes", "needs_yes"), ("quiet", "stethoscope")),
    **dict.fromkeys(("needs_exam_perhaps", "needs_maybe"), _MAYBE),
    "needs_not_open": _NO,
}
_VERDICTS = {"says_yes": 0, "says_nicotine_yes": 0, "says_no": 2, "says_nicotine_no": 2}
_ENDS: Mapping[str, tuple[str, str]] = {
    "decline": _NO,
    "postpone": ("wait", "clock"),
    "individual_consideration": _MAYBE,
}


def _tone(headline: Reason) -> tuple[str, str]:
    if headline.code in _TONES:
        return _TONES[headline.code]
    to = headline.params.get("to", "")
    if to.startswith("table_"):
        return "attention", "stairs-up"
    return _ENDS.get(to, _YES if to else ("quiet", "book"))


def carriers_of(reply: Reply) -> list[Carrier]:
    """Each carrier once, in the order of the answer, with all that its editions say.

    Where the question is whether anybody does, those who do come first.
    """
    words = words_for(reply.facts, reply.answered.understood.chips)
    found: dict[str, Carrier] = {}
    for says in sorted(reply.answered.says, key=lambda one: _VERDICTS.get(one.headline.code, 1)):
        told = found.setdefault(says.carrier, Carrier(says.carrier_name))
        told.points.append(_point(says, lambda reason: asking_sentence(reason, words)))
    return list(found.values())


def _point(says: Says, sentence: Callable[[Reason], str]) -> Point:
    tone, icon = _tone(says.headline)
    every = _lines((*says.lines, *says.rest), sentence)
    product = says.product_name
    if product == says.product:
        product = capfirst(product.replace("-", " ").replace("_", " "))
    return Point(
        capfirst(sentence(says.headline)),
        tone,
        icon,
        says.headline.source.page,
        product,
        says.edition,
        every[:FEW_LINES],
        every[FEW_LINES:],
        _lines(says.improvements, sentence),
    )


def _lines(reasons: Iterable[Reason], sentence: Callable[[Reason], str]) -> list[Line]:
    return [Line(sentence(reason), reason.source.page) for reason in reasons]


def asked_text(reply: Reply) -> str:
    """What is asked, in words."""
    if reply.answered.kind in (AnswerKind.NOT_UNDERSTOOD, AnswerKind.DECLINED):
        return _("What is asked?")
    return "; ".join(str(INTENTS[one]) for one in reply.answered.understood.intents)


def intents_of(reply: Reply) -> list[tuple[str, str, bool]]:
    """What may be asked instead: code, words, and whether it is asked now."""
    now = reply.answered.understood.intents
    return [(one.value, str(INTENTS[one]), one in now) for one in ASKABLE]


def said_of(reply: Reply, told: Json) -> str:
    """The answer in a line, for whoever hears the page."""
    lines = [one["text"] for one in told["summary"]] or [told["kind_text"]]
    carriers = len({one.carrier for one in reply.answered.says})
    if carriers:
        lines.append(ngettext("%(n)s carrier.", "%(n)s carriers.", carriers) % {"n": carriers})
    if told["asks"]:
        lines.append(_("%(n)s questions are open.") % {"n": len(told["asks"])})
    return " ".join(lines)


def is_of_a_person(reply: Reply) -> bool:
    """Whether the facts are of somebody who can be assessed: an age is known."""
    return bool(reply.facts.get("age") or reply.facts.get("born"))
