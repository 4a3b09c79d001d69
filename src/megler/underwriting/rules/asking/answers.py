"""The answer to a question in plain words: codes with their sources, by carrier."""

from dataclasses import dataclass
from enum import StrEnum

from megler.underwriting.rules.asking.understood import Understood
from megler.vocabulary.problems import Reason


class AnswerKind(StrEnum):
    """What became of a question.

    `silent`: understood, but nothing that stands here answers it. `asks`: something that decides is
    not known. `handed_over`: another part of the agency answers it, told in `place`.
    """

    ANSWERED = "answered"
    ASKS = "asks"
    SILENT = "silent"
    NOT_UNDERSTOOD = "not_understood"
    HANDED_OVER = "handed_over"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Ask:
    """A fact that decides: its key, the guide's question, what it could change, how many ask."""

    fact: str
    question: str = ""
    would_change_to: str = ""
    carriers: int = 0


@dataclass(frozen=True, slots=True)
class Says:
    """What one carrier's edition says: the answer in a line, what it stands on, and how to do better.

    `product` is empty where all products are alike; `rest` are lines for whoever wants more.
    """

    carrier: str
    carrier_name: str
    product: str
    product_name: str
    edition: str
    headline: Reason
    lines: tuple[Reason, ...] = ()
    improvements: tuple[Reason, ...] = ()
    rest: tuple[Reason, ...] = ()

    @property
    def more(self) -> int:
        """How many lines are left out of `lines`."""
        return len(self.rest)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question answered. `summary` is the answer in a line or two, `says` what it rests on.

    `place` is where a question belongs that is not answered here, or `underwriter`: who may know.
    """

    understood: Understood
    kind: AnswerKind
    summary: tuple[Reason, ...] = ()
    says: tuple[Says, ...] = ()
    asks: tuple[Ask, ...] = ()
    assumptions: tuple[Reason, ...] = ()
    place: str = ""
