"""Reading a guide: its classes from the head, its parts from their files."""

from collections.abc import Mapping

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.keys import Keys
from megler.carriers.rules.ratings import Impairment, Listed, Question
from megler.carriers.rules.reading import classes as heads
from megler.carriers.rules.reading import evidence, impairments, limits
from megler.carriers.rules.reading.parts import COLUMNS, GuideFiles, Reader, is_metric, part_files
from megler.carriers.rules.rows import Row
from megler.carriers.rules.when.names import Names, names_of
from megler.vocabulary.conditions import conditions

__all__ = ["GuideFiles", "read_guide"]


def read_guide(head: Keys, content: Mapping[str, bytes]) -> tuple[Guide, GuideFiles]:
    """The guide that the head describes; problems go to the head's list."""
    classes, combination = heads.classes(head), heads.combination(head)
    codes = [c.code for c in classes]
    files = GuideFiles(part_files(head), metric=is_metric(head))
    if not files.files:
        parts = list(COLUMNS)
        head.tell("empty_guide", "", "", f"{', '.join(parts[:-1])} or {parts[-1]}")
    reader = Reader(content, files, head.problems)
    words = _Words(reader)
    guide = Guide(
        classes=classes,
        build=reader.part("build", lambda row: limits.build_row(row, codes, files.metric)),
        criteria=reader.part("criteria", lambda row: limits.criterion(row, codes)),
        family=reader.part("family", lambda row: limits.family_rule(row, codes)),
        requirements=reader.part("requirements", evidence.requirement),
        rules=reader.part("rules", lambda row: heads.class_rule(row, codes, words.person)),
        nicotine=reader.part("nicotine", lambda row: heads.nicotine_rule(row, codes, words.person)),
        questions=words.questions,
        impairments=words.impairments,
        ratings=reader.part("ratings", lambda row: impairments.rating(row, codes, words.entries)),
        combination=combination,
        triggers=reader.part("triggers", lambda row: evidence.trigger(row, words.person)),
        evidence=reader.part("evidence", evidence.evidence_rule),
        substitutes=reader.part("substitutes", evidence.substitute),
    )
    return guide, files


class _Words:
    """The impairments and questions of a guide, and what its conditions may name by them.

    Names of refused rows are doubtful: nothing is told of conditions that use them.
    """

    def __init__(self, reader: Reader) -> None:
        self._refused: list[str] = []
        self.impairments: tuple[Impairment, ...] = reader.part(
            "impairments", impairments.impairment, lambda row: self._refuse(row, "impairment")
        )
        own = [one.code for one in self.impairments]
        known = [*own, *self._refused]
        self.questions: tuple[Question, ...] = reader.part(
            "questions",
            lambda row: impairments.question(row, known),
            lambda row: self._refuse(row, "key"),
        )
        codes = {*own, *conditions()}
        asked = [q for q in self.questions if q.impairment is None]
        self.person = names_of(codes, False, self._refused).with_questions(asked)
        entry = names_of(codes, True, self._refused).with_questions(asked)
        of_person = {one.code for one in self.impairments if one.listed is Listed.PERSON}
        self.entries: Mapping[str, Names] = {
            code: (self.person if code in of_person else entry).with_questions(
                q for q in self.questions if q.impairment == code
            )
            for code in known
        }

    def _refuse(self, row: Row, column: str) -> None:
        name = row.cell(column)
        self._refused += [name, f"months_since_{name}", f"years_since_{name}"]
