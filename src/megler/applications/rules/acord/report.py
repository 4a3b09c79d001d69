"""What somebody is told of a message: what it is, what was understood, what was not, what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass

from megler.exchange.txlife.checking import BENEFICIARIES, NEW_BUSINESS, Story, check
from megler.exchange.txlife.codes import label, numbers
from megler.exchange.txlife.dialects import ACORD, Dialect
from megler.exchange.txlife.reading import Read, read
from megler.exchange.txlife.records import Coded, Kept, Party, Requirement
from megler.vocabulary.problems import Problem, Severity

PROBLEMS_MAX = 500
OPEN = frozenset(
    {
        "txlife_date", "txlife_time", "txlife_amount", "txlife_base64", "txlife_shares",
        "txlife_file_too_large", "txlife_more", "txlife_code",
    }
)  # fmt: skip
"""Problems with single values: the question is asked again, and the rest is taken over."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what was understood: its name (a code for the page's words) and what it says."""

    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was made of some bytes. `found` is None when they are no TXLife message at all."""

    found: Read | None
    lines: tuple[Line, ...]
    kept: tuple[Kept, ...]
    kept_more: int
    problems: tuple[Problem, ...]

    @property
    def stories(self) -> list[Story]:
        """Every request and response of the message."""
        return [Story(one) for one in self.found.message.requests] if self.found else []

    @property
    def is_in_order(self) -> bool:
        return not any(p.severity is Severity.ERROR for p in self.problems)


def report_on(data: bytes, dialect: Dialect = ACORD) -> Report:
    """Everything there is to say of a message, whatever transaction it is."""
    found, problems = read(data, dialect.words)
    if found is None:
        return Report(None, (), (), 0, tuple(problems))
    problems += check(found, problems)
    if len(problems) > PROBLEMS_MAX:
        more = str(len(problems) - PROBLEMS_MAX)
        problems[PROBLEMS_MAX:] = [Problem("txlife_more", "message", more)]
    lines = [Line("sender", found.message.sender)] if found.message.sender else []
    for request in found.message.requests:
        lines += _told(Story(request))
    return Report(found, tuple(lines), found.kept, found.kept_more, tuple(problems))


def submission_in(
    report: Report, *, product_named: bool = False
) -> tuple[Story | None, list[Problem]]:
    """The one new-business submission of a message; and everything wrong, if any of it keeps the
    message from being imported. With `product_named` whoever imports names carrier and product."""
    if report.found is None:
        return None, list(report.problems)
    wrong = [p for p in report.problems if p.severity is Severity.ERROR]
    hard = wrong if any(not _is_open(p, product_named) for p in wrong) else []
    wanted = [
        one
        for one in report.stories
        if one.request.type.word == NEW_BUSINESS and not one.request.is_response
    ]
    if len(wanted) == 1:
        return wanted[0], hard
    typed = ", ".join(_type(one.request.type) for one in report.stories[:5])
    path = "TXLife/TXLifeRequest/TransType"
    if not any(p.where.startswith(path) for p in hard):
        hard.append(Problem("txlife_not_new_business", path, typed or "0", "103"))
    return None, hard


def _is_open(problem: Problem, product_named: bool) -> bool:
    if problem.code == "txlife_missing":
        named = ("/CarrierCode", "/ProductCode") if product_named else ()
        return problem.where.endswith(("/FaceAmt", *named))
    return problem.code in OPEN and "/TransType" not in problem.where


def _type(value: Coded) -> str:
    tc = numbers()["transaction"].get(value.word, value.tc)
    shown = label("transaction", value.word) if value.word else value.text
    return " ".join(str(part) for part in (tc, shown) if part) or "?"


def _told(story: Story) -> Iterable[Line]:
    """What a request says, in the order in which people ask."""
    request, policy = story.request, story.policy
    kind = "response" if request.is_response else "transaction"
    yield Line(kind, _type(request.type))
    when = " ".join(part for part in (request.executed_on, request.executed_at) if part)
    said = [("guid", request.guid), ("executed", when), ("inquiry", request.inquiry)]
    if policy is not None:
        product = " ".join(p for p in (policy.product_code, policy.plan_name) if p)
        mode = label("pay_mode", policy.mode.word)
        said += [
            ("policy_number", policy.number),
            ("tracking_id", policy.tracking_id),
            ("carrier", story.carrier_name or story.carrier_code),
            ("product", product or label("product", policy.product_type.word)),
            ("face_amount", story.face_amount),
            ("premium", " ".join(p for p in (policy.premium, mode) if p)),
        ]
    yield from (Line(name, text) for name, text in said if text)
    yield from _people(story)
    for holding in request.holdings:
        for one in holding.requirements:
            yield Line("requirement", _requirement(one))
        for message in holding.messages:
            yield Line("notice", message.subject or message.description)
    for form in request.forms:
        yield Line("form", f"{form.name or form.number}: {len(form.responses)}")
    for file in story.attachments():
        name = file.name or file.description or file.kind.shown or file.id
        kind = file.mime.word or file.mime.shown
        yield Line("file", ", ".join(p for p in (name, kind, f"{len(file.content):,} bytes") if p))


def _people(story: Story) -> Iterable[Line]:
    """Everybody by what they are to the policy, then whoever is nothing to it."""
    placed: set[str] = set()
    roles = ("insured", "owner", *BENEFICIARIES, "payor", "agent", "physician", "requestor")
    for role in roles:
        people = story.parties(role)
        if role == "insured" and not people and story.insured is not None:
            people = [story.insured]
        for party in people:
            placed.add(party.id)
            yield Line(role, _person(party))
    for party in story.request.parties:
        if party.id not in placed and party.name:
            yield Line("party", _person(party))


def _person(party: Party) -> str:
    also = party.full_name if party.full_name != party.name else ""
    return ", ".join(part for part in (party.name or party.id, also, party.born) if part)


def _requirement(one: Requirement) -> str:
    code = label("requirement", one.code.word) if one.code.word else one.code.shown
    status = label("requirement_status", one.status.word) if one.status.word else one.status.shown
    return ", ".join(part for part in (code, status, one.details, one.status_on) if part)
