"""What a guide's impairments make of a life's history, and what of it stays unsaid or unjudged."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import Impairment, Listed, OutcomeKind
from megler.carriers.rules.when.tree import facts_in
from megler.underwriting.rules.assessment import OpenFact
from megler.underwriting.rules.burdens import NOTHING, Burden, burden_of, weight
from megler.underwriting.rules.impairments import Judged, judge, judged
from megler.underwriting.rules.knowledge import TRIVIAL, Knowledge, Life
from megler.underwriting.rules.mentions import HISTORY, Mention, mention_of
from megler.underwriting.rules.people import Entry, Person
from megler.underwriting.rules.subjects import facts_of, of_everybody, touched
from megler.vocabulary.conditions import conditions, drug
from megler.vocabulary.problems import Reason, Source


@dataclass(frozen=True, slots=True)
class Suggested:
    """A drug that nothing told explains: what it is usually for, judged as if it were so."""

    place: str
    drug: str
    conditions: tuple[str, ...]
    worst: Burden


@dataclass(frozen=True, slots=True)
class History:
    """A life's history judged. `unjudged` are entries that the guide knows nothing of; `rates`: it rates any.

    `supposed` are keys of the facts document of which nothing was told, `untold` the names of what
    the guide judges by further answers and was told nothing of.
    """

    judged: tuple[Judged, ...] = ()
    suggested: tuple[Suggested, ...] = ()
    unjudged: tuple[Mention, ...] = ()
    incomplete: tuple[tuple[str, Burden], ...] = ()
    supposed: tuple[OpenFact, ...] = ()
    assumptions: tuple[Reason, ...] = field(default=())
    rates: bool = False
    untold: tuple[str, ...] = ()

    def burdens(self, end: str) -> list[tuple[str, Burden]]:
        """The group and burden of each impairment at one end: `best`, `likely` or `worst`.

        What a guide that rates impairments says nothing of is likely left to an underwriter.
        """
        found = [(one.impairment.group, getattr(one, end)) for one in self.judged]
        if end == "worst":
            found += [("suggested", one.worst) for one in self.suggested]
            found += [(listed, burden) for listed, burden in self.incomplete]
        if self.unjudged and (end == "worst" or (end == "likely" and self.rates)):
            found.append(("unjudged", Burden(end=OutcomeKind.INDIVIDUAL_CONSIDERATION)))
        return found


def history_of(life: Life, edition: str) -> History:
    """The history of a life as its guide judges it."""
    subjects = touched(life)
    found = tuple(judged(life, subjects))
    unjudged, suggested = [], []
    for mention in life.mentions:
        if mention.listed is Listed.MEDICATIONS and not mention.impairments:
            taken = drug(mention.entry.name or "")
            if taken is None:
                unjudged.append(mention)
            elif not _explained(taken.likely, life):
                suggested.append(_suggested(life, mention, taken.name, taken.likely))
        elif not _is_judged(mention, life.guide):
            unjudged.append(mention)
    return History(
        found,
        tuple(suggested),
        tuple(unjudged),
        tuple(_incomplete(life)),
        tuple(_supposed(life, subjects)) if life.guide.impairments else (),
        tuple(_assumptions(found, edition)),
        bool(life.guide.impairments),
        tuple(_untold(life, subjects)),
    )


def _is_judged(mention: Mention, guide: Guide) -> bool:
    """Whether an impairment, or a rule of a class by its code, judges an entry."""
    if mention.impairments or mention.listed is Listed.OCCUPATION:
        return True
    return bool(mention.codes & guide.once("codes of rules", _codes_of_rules))


def _codes_of_rules(guide: Guide) -> frozenset[str]:
    """What the rules of classes judge by its code: `count("dui", 60) == 0`."""
    whens = (when for rule in guide.rules for when in (rule.when, rule.requires))
    return frozenset(arg for when in whens for fact in facts_in(when) for arg in fact.arguments[:1])


def _explained(likely: Sequence[str], life: Life) -> bool:
    """Whether any told condition is what a drug is usually taken for, or a kind of it.

    So does a pressure or cholesterol that is told to be treated.
    """
    told = {code for mention in life.mentions for code in mention.codes}
    held = (
        ("hypertension", life.person.blood_pressure),
        ("hyperlipidemia", life.person.cholesterol),
    )
    told |= {code for code, figures in held if figures is not None and figures.treated}
    return not likely or bool(told & set(likely))


def _suggested(life: Life, mention: Mention, name: str, likely: Sequence[str]) -> Suggested:
    worst = NOTHING
    for code in likely:
        known = conditions().get(code)
        if known is None:
            continue
        supposed = mention_of(
            life.guide, mention.place, Listed(known.listed), Entry(name=known.name)
        )
        for impairment in supposed.impairments:
            worst = max(worst, judge(life, impairment, supposed).worst, key=weight)
    if worst == NOTHING:
        worst = Burden(end=OutcomeKind.INDIVIDUAL_CONSIDERATION)
    return Suggested(mention.place, name, tuple(likely), worst)


def _incomplete(life: Life) -> Iterator[tuple[str, Burden]]:
    """Lists that may lack entries: anything may be among those, up to the guide's worst."""
    for listed in HISTORY:
        if listed.value in life.person.incomplete:
            yield listed.value, worst_of(life.guide, listed)


def worst_of(guide: Guide, listed: Listed) -> Burden:
    """The worst that any impairment of a list may be."""
    every: Mapping[Listed, Burden] = guide.once("worst of lists", _worst_of_lists)
    return every.get(listed, Burden(end=OutcomeKind.INDIVIDUAL_CONSIDERATION))


def _worst_of_lists(guide: Guide) -> Mapping[Listed, Burden]:
    found: dict[Listed, Burden] = {}
    for one in guide.impairments:
        worst = worst_of_impairment(guide, one.code)
        found[one.listed] = max(found.get(one.listed, NOTHING), worst, key=weight)
    return found


def _supposed(life: Life, touched_on: Sequence[Impairment]) -> Iterator[OpenFact]:
    """Lists and subjects that were never touched on: supposed good, and said."""
    for listed in HISTORY:
        if getattr(life.person, listed.value) is None and listed in life.guide.once(
            "lists", _lists
        ):
            yield OpenFact(listed.value, worst_word(life, listed), supposed=True)
    told = {one.code for one in touched_on}
    yield from _untouched(life, [one for one in of_everybody(life.guide) if one.code not in told])


def _untouched(life: Life, subjects: Sequence[Impairment]) -> Iterator[OpenFact]:
    """Each key of the facts document that nothing was said of; all further answers as one."""
    places: Mapping[str, tuple[str, Burden]] = life.guide.once("subjects' places", _places)
    told = {"nicotine"} if life.person.nicotine is not None else set()
    by_place: dict[str, Burden] = {}
    for impairment in subjects:
        place, worst = places.get(impairment.code, ("", NOTHING))
        if place and place not in told:
            by_place[place] = max(by_place.get(place, NOTHING), worst, key=weight)
    for place, worst in by_place.items():
        yield OpenFact(place, _burden_word(worst, life.guide), supposed=True)


def _untold(life: Life, touched_on: Sequence[Impairment]) -> Iterator[str]:
    """The names of what is judged by further answers, of which none was told."""
    places: Mapping[str, tuple[str, Burden]] = life.guide.once("subjects' places", _places)
    told = {one.code for one in touched_on}
    for one in of_everybody(life.guide):
        if one.code not in told and places.get(one.code, ("",))[0] == "details":
            yield one.name


def _places(guide: Guide) -> Mapping[str, tuple[str, Burden]]:
    """Where each impairment of everybody begins to be asked, and the worst that it may be."""
    nobody = Life(guide, Person(), date.min, None, None, frozenset(), ())
    found = {}
    for impairment in of_everybody(guide):
        known = Knowledge(nobody, impairment)
        asked = (f for f in facts_of(guide, impairment) if f.name not in TRIVIAL)
        own = [f for f in asked if not f.arguments or known.place(f) == "nicotine"]
        places = [known.place(fact).partition(".")[0] for fact in own]
        if places:
            place = next((one for one in places if one != "details"), "details")
            found[impairment.code] = place, worst_of_impairment(guide, impairment.code)
    return found


def worst_of_impairment(guide: Guide, code: str) -> Burden:
    """The worst that any row of an impairment may be."""
    every: Mapping[str, Burden] = guide.once("worst of impairments", _worst_of_impairments)
    return every.get(code, NOTHING)


def _worst_of_impairments(guide: Guide) -> Mapping[str, Burden]:
    found: dict[str, Burden] = {}
    for row in guide.ratings:
        worst = burden_of(row.worst, guide)
        found[row.impairment] = max(found.get(row.impairment, NOTHING), worst, key=weight)
    return found


def worst_word(life: Life, listed: Listed) -> str:
    """The worst of a list as a range names it."""
    return _burden_word(worst_of(life.guide, listed), life.guide)


def _burden_word(worst: Burden, guide: Guide) -> str:
    if worst.end is not None:
        return worst.end.value
    per = guide.combination.points_per_table
    return f"table_{-(-worst.points // per)}" if worst.points > 0 else guide.classes[-1].code


def _lists(guide: Guide) -> set[Listed]:
    return {one.listed for one in guide.impairments}


def _assumptions(found: Sequence[Judged], edition: str) -> Iterator[Reason]:
    for one in found:
        for place, answer in one.supposed:
            params = {"fact": place, "answer": answer, "impairment": one.impairment.name}
            yield Reason("usual_supposed", params, Source(edition, one.impairment.page))
        for place, said, expected in one.misread:
            params = {"fact": place, "found": said, "expected": expected}
            yield Reason("answer_not_understood", params, Source(edition))
