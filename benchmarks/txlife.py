"""A 103 of a full application, written and read, beside lxml alone on the same message.

lxml alone, used: it builds the tree element by element and serialises it; parses the bytes and looks
at every element's name, text and attributes. Bare: it parses and serialises and looks at nothing.
Neither decodes a file. Megler makes bytes of records and records of bytes: every field placed, every
code a word, every file decoded, everything not understood listed. Before anything is timed, what was
written is read and must be the same message, and lxml must build the same bytes.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from lxml import etree

from benchmarks.report import Line, Report, duration, goal, times
from benchmarks.timing import seconds
from megler.applications.rules.acord.telling import submission
from megler.applications.rules.acord.told import Applied, Signed
from megler.applications.rules.acord.understanding import understand
from megler.applications.rules.questionnaires import questionnaire
from megler.exchange.txlife.checking import Story
from megler.exchange.txlife.reading import read
from megler.exchange.txlife.records import Attachment, Coded, Message
from megler.exchange.txlife.writing import write
from megler.forms.rules.answers import read_answer
from megler.forms.rules.questionnaire import Answer, AnswerType, Question, SignerRole

_GOAL = 3.0
_MB = 1024 * 1024
_SENT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Size:
    """What is sent along: so many files of so many bytes."""

    name: str
    files: int
    bytes: int
    rounds: int


WITHOUT = Size("answers alone", 0, 0, 300)
WITH = Size("with 4 files of 1 MB", 4, _MB, 15)
SMALL = (Size("answers alone", 0, 0, 5), Size("with a small file", 1, 20_000, 5))


def full() -> Iterator[Report]:
    """Every question answered, without files and with some megabytes of them."""
    for size in (WITHOUT, WITH):
        yield _report(size)


def quick() -> Iterator[Report]:
    """The same in small."""
    for size in SMALL:
        yield _report(size)


def _report(size: Size) -> Report:
    asked, answers = questionnaire("life"), _answers()
    data = write(_message(size, answers))
    root = _parsed(data)
    found, problems = read(data)
    again = None if found is None else read(write(found.message))[0]
    if problems or found is None or again is None or again.message != found.message:
        raise SystemExit("what was written is not read again")
    message = found.message
    story = Story(found.message.requests[0])
    back = understand(found, story, asked)
    lost = [key for key, one in answers.items() if back.answers[key].value != one.value]
    if lost:
        raise SystemExit(f"answers were lost: {', '.join(lost)}")
    plan = _seen(root)
    if _serialised(_built(plan)) != _serialised(root):
        raise SystemExit("lxml builds another message")
    took = _in_turns(
        {
            "lxml parses": partial(_parsed, data),
            "lxml looks at every element": partial(_seen, root),
            "lxml builds the tree": partial(_built, plan),
            "lxml serialises": partial(_serialised, root),
            "Megler reads": partial(read, data),
            "Megler writes": partial(write, message),
            "answers to message": partial(_message, size, answers),
            "message to answers": partial(understand, found, story, asked),
        },
        size.rounds,
    )
    bare = took["lxml parses"] + took["lxml serialises"]
    used = bare + took["lxml looks at every element"] + took["lxml builds the tree"]
    ours = took["Megler reads"] + took["Megler writes"]
    elements = sum(1 for _ in root.iter())
    lines = [Line(name, duration(one)) for name, one in took.items()]
    lines += [
        Line("lxml, bare", duration(bare), times(bare / ours)),
        Line("lxml, used", duration(used), times(used / ours)),
        Line("Megler", duration(ours)),
    ]
    title = (
        f"A 103 of {len(answers)} answers, {size.name}: {elements} elements, {len(data):,} bytes"
    )
    said = f"read and written within {_GOAL:.0f} times lxml"
    goals = [goal(f"{said}, {name}", _GOAL * one / ours, 1) for name, one in _both(used, bare)]
    return Report(title, lines, goals)


def _parsed(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))


def _both(used: float, bare: float) -> list[tuple[str, float]]:
    return [("used", used), ("bare", bare)]


Seen = tuple[int, Any, str | None, dict[Any, str], str | None]
"""An element: how deep it lies, its name, text, attributes and the text behind it."""


def _seen(root: Any) -> list[Seen]:
    """Every element with what it says."""
    found: list[Seen] = []
    waiting = [(root, 0)]
    while waiting:
        one, depth = waiting.pop()
        found.append((depth, one.tag, one.text, dict(one.attrib), one.tail))
        waiting += [(child, depth + 1) for child in reversed(one)]
    return found


def _built(plan: list[Seen]) -> Any:
    """The tree, element by element."""
    parents: list[Any] = []
    space = {None: str(plan[0][1])[1:].partition("}")[0]}
    for depth, tag, text, attributes, tail in plan:
        del parents[depth:]
        own = (tag, attributes)
        one = etree.SubElement(parents[-1], *own) if parents else etree.Element(*own, nsmap=space)
        one.text, one.tail = text, tail
        parents.append(one)
    return parents[0]


def _serialised(root: Any) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _in_turns(asked: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The best of so many rounds, in which all take turns."""
    best = dict.fromkeys(asked, float("inf"))
    for _ in range(rounds):
        for name, work in asked.items():
            best[name] = min(best[name], seconds(work))
    return best


def _message(size: Size, answers: dict[str, Answer]) -> Message:
    chance = random.Random(103)  # noqa: S311 - only so that files differ
    files = tuple(
        Attachment(
            chance.randbytes(size.bytes), f"File_{i}", f"{i}.pdf", mime=Coded("application/pdf")
        )
        for i in range(size.files)
    )
    return submission(_applied(files), questionnaire("life"), answers, whole=True)


def _applied(files: tuple[Attachment, ...]) -> Applied:
    signed = tuple(Signed(role, "Kari Hope", _SENT) for role in SignerRole)
    offer = {"face_amount": "500000", "mode": "monthly", "premium": "37.71", "class": "preferred"}
    return Applied(
        guid="0c86e6a9-b001-4f7e-9a51-6f1d2f0a9d2f", reference="A-10001", carrier="fjord-life",
        carrier_name="Fjord Life", product="term", product_name="Fjord Term", line="term_life",
        offer=offer, agent_name="Anna Berg", agent_npn="1234567", agent_email="anna@example.com",
        agent_phone="5125550100", sent_at=_SENT, agency="Berg & Sønn", signatures=signed,
        files=files,
    )  # fmt: skip


def _answers() -> dict[str, Answer]:
    """Every question of the application for life insurance answered, three items in each list."""
    found = {}
    for _, question in questionnaire("life").questions():
        value, problems = read_answer(question, _typed(question))
        if value is not None and not problems:
            found[question.key] = Answer(
                value, "Kari Hope", "2026-03-02T09:00:00+00:00", "client", 1
            )
    return found


_TYPED: dict[AnswerType, Any] = {
    AnswerType.DATE: "1985-06-14",
    AnswerType.MONEY: "125000.50",
    AnswerType.HEIGHT: "65",
    AnswerType.YES_NO: "yes",
    AnswerType.SSN: "078051121",
    AnswerType.TAX_ID: "123456789",
    AnswerType.PHONE: "5125550142",
    AnswerType.EMAIL: "kari@example.com",
    AnswerType.PERCENT: "50",
    AnswerType.STATE: "TX",
    AnswerType.ROUTING: "021000021",
    AnswerType.ACCOUNT: "12345678",
    AnswerType.ADDRESS: {"street": "1 Oak St", "city": "Addison", "state": "TX", "zip": "75001"},
}


def _typed(question: Question) -> Any:
    if question.choices:
        return question.choices[0][0]
    if question.type is AnswerType.LIST:
        return [{field.key: _typed(field) for field in question.fields} for _ in range(3)]
    if question.type is AnswerType.WHOLE:
        return question.min or 20
    return _TYPED.get(question.type, "Since 2019, treated by Dr. Lund in Ålesund & well since")
