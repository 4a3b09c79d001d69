"""One assessment by every guide of the demo, with every reason: what an answer to one person costs."""

from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.lives import People, documents
from benchmarks.market import ON
from benchmarks.report import Line, Report, duration
from benchmarks.timing import medians
from megler.carriers.packages import read_files
from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.edition import Edition
from megler.demo.rules.guides import guide_edition
from megler.demo.rules.roster.every import CARRIERS
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.people import Person
from megler.vocabulary.problems import errors

_HISTORY = {
    "conditions": [
        {"name": "type 2 diabetes", "since": "2019-05", "details": {"a1c": 7.1}},
        {"name": "sleep apnea"},
        {"name": "high blood pressure"},
    ],
    "medications": [{"name": "metformin"}, {"name": "lisinopril"}],
}


def assessed(people: People, asked: int, rounds: int) -> Report:
    """Healthy lives, and the same with three conditions and two drugs."""
    guides = list(_demo_guides())
    well = [_person(document) for document in documents(people.some(slice(0, asked)))]
    ill = [_person(document | _HISTORY) for document in documents(people.some(slice(0, asked)))]
    questions: dict[str, Callable[[int], object]] = {
        "figures alone": lambda row: [assess(one, well[row], ON) for one in guides],
        "with three conditions and two drugs": lambda row: [
            assess(one, ill[row], ON) for one in guides
        ],
    }
    for ask in questions.values():
        ask(0)
    took = medians(questions, range(asked), rounds)
    return Report(
        f"One assessment by all {len(guides)} guides of the demo, with every reason",
        [
            Line(name, duration(seconds), remark=f"{duration(seconds / len(guides))} a guide")
            for name, seconds in took.items()
        ],
    )


def _person(document: dict[str, object]) -> Person:
    facts, problems = read_facts(document, ON)
    if facts is None or errors(problems):
        raise ValueError(f"a document that is refused: {problems[:3]}")
    return facts.insured


def _demo_guides() -> Iterator[Edition]:
    root = Path(__file__).parents[1] / "editions"
    for profile in CARRIERS:
        every = [guide_edition(profile.house, guide) for guide in profile.guides]
        if profile.guide_folder:
            every.append(read_files(root / profile.guide_folder))
        for files in every:
            guide, _, problems = check_edition(files)
            if guide is None:
                raise ValueError(f"a guide is faulty: {errors(problems)[:3]}")
            yield guide
