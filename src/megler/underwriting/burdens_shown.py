"""What the requirements page shows: each carrier's burden beside the others', and what it is made of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from megler.underwriting.names import KIND_NAMES, ORDERED_BY
from megler.underwriting.rules.answer_requirements import Called
from megler.underwriting.rules.effort import IN_PERSON, Effort, Exam
from megler.underwriting.rules.requirements import Requirement
from megler.underwriting.sentences import sentence
from megler.underwriting.wording import place_words
from megler.vocabulary.problems import Reason

Sourced = tuple[str, str]
"""A sentence, and the page or rule of the guide that it stands on."""
_WIDTH = 100


@dataclass(frozen=True)
class Need:
    """A requirement in words."""

    one: Requirement

    @property
    def name(self) -> str:
        """What it is."""
        return str(KIND_NAMES[self.one.kind])

    @property
    def is_seen(self) -> bool:
        """Whether somebody must see the client for it."""
        return self.one.kind in IN_PERSON

    @property
    def ordered_by(self) -> str:
        """Who orders it; empty where the guide does not say."""
        return str(ORDERED_BY[self.one.ordered_by]) if self.one.ordered_by else ""

    @property
    def reasons(self) -> list[Sourced]:
        """Why it is called for."""
        return [sourced(reason) for reason in self.one.reasons]

    @property
    def on_file(self) -> Sourced | None:
        """What on file serves for it."""
        return sourced(self.one.reuse.reason) if self.one.reuse else None

    @property
    def until(self) -> date | None:
        """The last day on which what is on file serves."""
        return self.one.reuse.until if self.one.reuse else None

    @property
    def not_reused(self) -> list[Sourced]:
        """Why other evidence on file does not serve."""
        return [sourced(reason) for reason in self.one.on_file]

    @property
    def decides(self) -> list[str]:
        """What would have to be known: the guide's question, or the fact."""
        return [each.question or place_words(each.fact) for each in self.one.open]


@dataclass
class Burden:
    """A carrier's burden for all its products that a guide treats alike.

    `bar` is the days, and `bar_at_most` the days with what may be asked for too, of 100 for the
    slowest carrier.
    """

    carrier: str
    edition: str
    effort: Effort
    needs: list[Need]
    assumptions: list[str]
    bar: int = 0
    bar_at_most: int = 0
    products: list[Called] = field(default_factory=list)
    closed: list[Called] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The products, as the carrier calls them."""
        return [name for one in self.products or self.closed if (name := product_name(one))]

    @property
    def why_closed(self) -> list[tuple[str, list[str]]]:
        """Products that are not open to the person, and why."""
        return [(product_name(one), [sentence(r) for r in one.why_not]) for one in self.closed]

    @property
    def exam(self) -> str:
        """Whether the client is examined: no, perhaps, yes."""
        return self.effort.exam.value

    @property
    def slowest(self) -> str:
        """What takes longest."""
        return str(KIND_NAMES[self.effort.slowest]) if self.effort.slowest else ""


def burdens_of(found: Iterable[Called]) -> list[Burden]:
    """Each carrier's burden once for all products treated alike, in the order found."""
    burdens: dict[int, Burden] = {}
    for one in found:
        key = id(one.needed)
        if key not in burdens:
            burdens[key] = _burden(one)
        (burdens[key].closed if one.why_not else burdens[key].products).append(one)
    every = sorted(burdens.values(), key=lambda burden: not burden.products)
    longest = max((burden.effort.days_at_most or 0 for burden in every), default=0) or 1
    for burden in every:
        burden.bar = round((burden.effort.days or 0) / longest * _WIDTH)
        burden.bar_at_most = round((burden.effort.days_at_most or 0) / longest * _WIDTH)
    return every


def counted(burdens: Sequence[Burden]) -> dict[str, int]:
    """How many carriers examine the client, and how many do not or may."""
    return {exam.value: sum(one.exam == exam.value for one in burdens) for exam in Exam}


def product_name(one: Called) -> str:
    """The product's name, or what the guide names."""
    return one.judged.product.name if one.judged.product else one.judged.code


def sourced(reason: Reason) -> Sourced:
    """A reason's sentence and where it stands."""
    return sentence(reason), reason.source.page


def _supposed(reasons: Sequence[Reason]) -> Iterator[str]:
    """What was supposed; answers that are supposed as usual in one sentence."""
    usual = []
    for reason in reasons:
        if reason.code == "usual_supposed":
            usual.append(place_words(reason.params["fact"]))
        else:
            yield sentence(reason)
    if usual:
        yield _("Supposed as usual: %(facts)s.") % {"facts": ", ".join(usual)}


def _burden(one: Called) -> Burden:
    guide = one.judged.guide
    return Burden(
        carrier=guide.carrier_name,
        edition=guide.name,
        effort=one.effort,
        needs=[Need(each) for each in one.needed.requirements],
        assumptions=list(_supposed(one.needed.assumptions)),
    )
