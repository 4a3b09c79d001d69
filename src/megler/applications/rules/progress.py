"""How far a part of an application is: what is needed of it, and what is answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from megler.applications.rules.parts import is_needed
from megler.forms.rules.good_order import Missing
from megler.forms.rules.questionnaire import Question


@dataclass(frozen=True, slots=True)
class Progress:
    """Of `needed` questions `answered` are whole; `wrong` counts what must be put right besides."""

    answered: int
    needed: int
    wrong: int

    @property
    def left(self) -> int:
        return self.needed - self.answered

    @property
    def is_done(self) -> bool:
        return not self.left and not self.wrong

    @property
    def percent(self) -> int:
        """Whole percent answered; 100 only when nothing is left."""
        return 100 if not self.needed else self.answered * 100 // self.needed


def progress(asked: Iterable[Question], missing: Iterable[Missing]) -> Progress:
    """The progress of questions that are asked, by what good order says of them."""
    questions = {question.key: question for question in asked}
    mine = [one for one in missing if one.is_error and one.question in questions]
    gaps = {one.question for one in mine if one.problem.code == "answer_missing"}
    needed = [key for key, q in questions.items() if is_needed(q) or key in gaps]
    wrong = sum(one.problem.code != "answer_missing" for one in mine)
    return Progress(sum(key not in gaps for key in needed), len(needed), wrong)


def together(parts: Iterable[Progress]) -> Progress:
    """Several parts as one."""
    found = list(parts)
    return Progress(
        sum(one.answered for one in found),
        sum(one.needed for one in found),
        sum(one.wrong for one in found),
    )
