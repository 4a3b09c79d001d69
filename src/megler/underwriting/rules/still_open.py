"""What is not known and could change an assessment, and what was supposed of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from megler.carriers.rules.guide import Guide, Nicotine
from megler.carriers.rules.ratings import Listed
from megler.underwriting.rules.assessment import OpenFact
from megler.underwriting.rules.build import rounding_assumptions
from megler.underwriting.rules.burdens import Burden
from megler.underwriting.rules.final import Final, final, harshest_final, sum_of
from megler.underwriting.rules.history import History
from megler.underwriting.rules.ladder import Ladder
from megler.underwriting.rules.mentions import Mention
from megler.underwriting.rules.nicotine import use_not_told
from megler.underwriting.rules.people import Person
from megler.underwriting.rules.verdicts import State, Subject
from megler.vocabulary.countries import country_names
from megler.vocabulary.problems import Reason, Source

_NAMED = 4
"""So many subjects of a guide are named that nothing was told of."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The ladders of the nicotine statuses that are possible, and which of them the best end is on.

    `by_use`: what was told of nicotine leaves more than one status open.
    """

    ladders: Sequence[tuple[Nicotine, Ladder]]
    best: tuple[Nicotine, Ladder]
    by_use: bool

    def of(self, as_user: bool) -> tuple[Nicotine, Ladder]:
        """The best end's ladder, or that of nicotine users."""
        users = (each for each in self.ladders if each[0] is Nicotine.USER)
        return next(users, self.best) if as_user else self.best


def open_facts(guide: Guide, edition: str, ends: Ends, history: History) -> list[OpenFact]:
    """Facts not known that could change the answer, each once, with the worst it alone could lead to.

    What may lead to the worst comes first.
    """
    worst: dict[str, tuple[Final, str, Source]] = {}
    found = (
        *_of_figures(guide, edition, ends, history),
        *_of_history(guide, edition, ends, history),
    )
    for fact, end, question, source in found:
        if fact not in worst or end.rank > worst[fact][0].rank:
            asked = worst[fact][1] if fact in worst else ""
            worst[fact] = end, question or asked, source
    return [
        OpenFact(fact, end.code, question, source=source, flat_extra=sum_of(end.extras))
        for fact, (end, question, source) in sorted(
            worst.items(), key=lambda each: each[1][0].rank, reverse=True
        )
    ]


def in_full(asked: Iterable[OpenFact], subject: Subject) -> list[OpenFact]:
    """Open facts by the keys that are to be filled in: of a use of nicotine what it lacks, of a build
    of which nothing is known height and weight."""
    found: dict[str, OpenFact] = {}
    for one in asked:
        places = [one.fact]
        if one.fact == "nicotine" and not one.supposed:
            places = use_not_told(subject)
        if one.fact == "height_in" and subject.person.weight_lb is None:
            places = ["height_in", "weight_lb"]
        for place in places:
            found.setdefault(place, replace(one, fact=place))
    return list(found.values())


_Found = Iterator[tuple[str, Final, str, Source]]


def _of_figures(guide: Guide, edition: str, ends: Ends, history: History) -> _Found:
    """What classes turn on: the build, vitals, family and nicotine."""
    (status, ladder), (last_status, last) = ends.ladders[0], ends.ladders[-1]
    facts: dict[str, Source] = {}
    for candidate in ladder.candidates[: ladder.worst + 1]:
        if candidate.state is State.OPEN:
            for verdict in candidate.verdicts:
                if verdict.state is State.OPEN:
                    facts.setdefault(verdict.fact, verdict.source or Source(edition))
    for fact, source in facts.items():
        if fact != "nicotine":
            burdens, _user = _answered(history, fact)
            end = harshest_final(guide, ladder, ladder.worst_by(fact), status, burdens)
            yield fact, end, "", source
    if ends.by_use or "nicotine" in facts:
        at = last.best if ends.by_use else last.worst_by("nicotine")
        source = facts.get("nicotine") or Source(edition, rule="nicotine")
        burdens, _user = _answered(history, "nicotine")
        yield "nicotine", harshest_final(guide, last, at, last_status, burdens), "", source


def _of_history(guide: Guide, edition: str, ends: Ends, history: History) -> _Found:
    """What ratings turn on and nobody told, every other open answer turning out the best."""
    for one in history.judged:
        for answer in one.open:
            others, as_user = _answered(history, answer.place)
            status, ladder = ends.of(as_user)
            end = final(guide, ladder, ladder.best, status, others)
            source = Source(edition, answer.page, one.impairment.code)
            yield answer.place, end, answer.question, source
    burdens = history.burdens("best")
    status, ladder = ends.best
    besides = [("conditions", "suggested", drug.worst) for drug in history.suggested]
    besides += [(listed, listed, burden) for listed, burden in history.incomplete]
    for place, group, burden in besides:
        end = final(guide, ladder, ladder.best, status, [*burdens, (group, burden)])
        yield place, end, "", Source(edition)


def _answered(history: History, place: str) -> tuple[list[tuple[str, Burden]], bool]:
    """The burdens where one answer turns out the worst for all that wait for it, the rest the best;
    and whether that makes a user of nicotine."""
    burdens = history.burdens("best")
    as_user = False
    for i, one in enumerate(history.judged):
        for answer in one.open:
            if answer.place == place:
                burdens[i] = one.impairment.group, answer.worst
                as_user = as_user or answer.worst.as_user
    return burdens, as_user


def assumptions(
    edition: str, rules: Guide, person: Person, history: History, asked: Sequence[OpenFact]
) -> Iterator[Reason]:
    """What was supposed: of what is open, of what was never touched on, and of drugs taken."""
    usual = {reason.params["fact"]: reason for reason in history.assumptions if _is_usual(reason)}
    heads = {one.fact.partition(".")[0] for one in asked if not one.supposed}
    for one in asked:
        if one.supposed and one.fact in heads:
            yield Reason("ratings_supposed", {"fact": one.fact}, Source(edition))
        elif one.supposed:
            yield _untold(one, edition, history.untold)
        elif one.fact in usual:
            params = usual[one.fact].params
            yield Reason("fact_unknown_usual", params, one.source)
        else:
            yield Reason("fact_unknown", {"fact": one.fact}, one.source)
    if rules.build:
        yield from rounding_assumptions(person, rules)
    yield from _rest(history.assumptions, {one.fact for one in asked})
    for drug in history.suggested:
        params = {"drug": drug.drug, "at": drug.place, "condition": ", ".join(drug.conditions)}
        yield Reason("medication_suggests", params, Source(edition))


def not_judged(edition: str, history: History) -> Iterator[Reason]:
    """What was told that the guide does not know: it leaves the decision to an underwriter."""
    lists: dict[str, list[str]] = {}
    for mention in history.unjudged:
        lists.setdefault(mention.listed.value, []).append(_called(mention))
    for listed, names in lists.items():
        params = {"fact": listed, "count": str(len(names)), "names": ", ".join(filter(None, names))}
        yield Reason("not_judged", params, Source(edition))


def _called(mention: Mention) -> str:
    """What an entry calls itself: its name or code; a country by its name."""
    name = mention.entry.name or mention.entry.icd10 or ""
    return country_names().get(name, name) if mention.listed is Listed.TRAVEL else name


def _untold(one: OpenFact, edition: str, subjects: Sequence[str]) -> Reason:
    if one.fact != "details":
        return Reason("history_supposed", {"fact": one.fact}, Source(edition))
    names, more = subjects[:_NAMED], len(subjects) - _NAMED
    params = {"fact": one.fact, "names": ", ".join(names), "count": str(max(more, 0))}
    return Reason("subjects_supposed", params, Source(edition))


def _rest(told: Iterable[Reason], open_ones: set[str]) -> Iterator[Reason]:
    """What else was supposed or not understood, each thing once.

    Usual answers of an entry matter only where they are open, and are told there.
    """
    seen = set()
    for reason in told:
        fact = reason.params["fact"]
        idle = fact in open_ones or not fact.startswith("details.")
        if (reason.code, fact) not in seen and not (_is_usual(reason) and idle):
            yield reason
        seen.add((reason.code, fact))


def _is_usual(reason: Reason) -> bool:
    return reason.code == "usual_supposed"
