"""A few informal enquiries of the demo agency: one being asked, one answered, one taken up."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from megler.accounts.models import User
from megler.carriers.models import Product
from megler.carriers.rules.guide import Nicotine
from megler.enquiries.actions.answering import Saying, record_answer
from megler.enquiries.actions.enclosing import record_evidence, want_evidence
from megler.enquiries.actions.ending import choose
from megler.enquiries.actions.making import Draft, start_enquiry
from megler.enquiries.actions.pricing import classes_for
from megler.enquiries.actions.sending import Contact, send_enquiry
from megler.enquiries.models import Enquiry, EnquiryCarrier
from megler.enquiries.names import AnswerWay
from megler.enquiries.rules.answers import Answer, Outcome
from megler.licensing.models import Agent
from megler.quoting.actions.quotes import quote
from megler.vocabulary.codes import RequirementKind

LINE = "term_life"
ASKED = 4
_FACTS = (
    {
        "age": 52, "sex": "male", "jurisdiction": "TX", "height_in": 70, "weight_lb": 214,
        "nicotine": [], "blood_pressure": {"systolic": 138, "diastolic": 86, "treated": True},
        "conditions": [{"name": "sleep apnea", "since": "2019-04", "details": {"cpap": "nightly"}}],
        "occupation": "owns a machine shop",
        "wants": {"line": LINE, "face_amount": "1500000", "term_years": 20, "mode": "monthly"},
    },
    {
        "age": 44, "sex": "female", "jurisdiction": "MN", "height_in": 65, "weight_lb": 141,
        "nicotine": [], "conditions": [{"name": "melanoma in situ", "since": "2022-09"}],
        "family": [{"relation": "mother", "condition": "breast cancer", "onset_age": 61}],
        "wants": {"line": LINE, "face_amount": "750000", "term_years": 20, "mode": "monthly"},
    },
    {
        "age": 39, "sex": "male", "jurisdiction": "FL", "height_in": 72, "weight_lb": 188,
        "nicotine": [], "avocations": [{"name": "scuba", "details": {"max_depth_ft": 130}}],
        "wants": {"line": LINE, "face_amount": "500000", "term_years": 30, "mode": "monthly"},
    },
)  # fmt: skip
_WHO = ("Nils Aamodt", "Ragna Foss", "Eirik Moen")
_WORDS = (
    "Compliance with CPAP and the last sleep study decide it.",
    "Would like to see the pathology; otherwise as quoted.",
    "Recreational, within limits: no extra.",
)


def enquire(manager: User, agent: Agent, at: datetime) -> None:
    """Ask several carriers about three people; some have answered by now."""
    for number, (facts, who) in enumerate(zip(_FACTS, _WHO, strict=True)):
        begun = at - timedelta(days=9 - 3 * number, hours=3)
        draft = Draft(agent, facts, known_as=who, purpose="family and mortgage")
        made = start_enquiry(manager, draft, _to_ask(facts, timezone.localdate(begun)), begun)
        children = list(made.carriers.select_related("carrier", "product__carrier"))
        to = {
            one.pk: Contact(f"underwriting@{one.carrier.slug}.example", "Underwriting")
            for one in children
        }
        send_enquiry(manager, made, to, at=begun)
        _answered(manager, made, children, number, begun)


def _to_ask(facts: Mapping[str, object], on: date) -> list[Product]:
    """A product each of the cheapest carriers that have one for these facts."""
    first: dict[str, str] = {}
    for offer in quote(facts, on).offers:
        first.setdefault(offer.carrier, offer.product)
    wanted = list(first.items())[:ASKED]
    known = Product.objects.filter(carrier__slug__in=first).select_related("carrier")
    by_code = {(one.carrier.slug, one.code): one for one in known}
    return [by_code[key] for key in wanted]


def _answered(
    manager: User, made: Enquiry, children: list[EnquiryCarrier], number: int, begun: datetime
) -> None:
    """One offers its second class, one a table, one declines; of the last nobody has answered yet."""
    said = begun + timedelta(days=1, hours=2)
    until = timezone.localtime(begun).date() + timedelta(days=30)
    answers = [
        Answer(Outcome.OFFER, valid_until=until, words=_WORDS[number]),
        Answer(Outcome.OFFER, table=2, valid_until=until, conditions="Current labs"),
        Answer(Outcome.DECLINE if number else Outcome.NEEDS_MORE, words="APS first"),
    ]
    kept = []
    for child, answer in list(zip(children, answers, strict=False))[: 3 - number]:
        classes = classes_for(child.product, made.on)
        codes = [one.code for one in classes if one.nicotine is not Nicotine.USER]
        given = answer
        if answer.outcome is Outcome.OFFER:
            place = min(1, len(codes) - 1) if answer.table is None else len(codes) // 2
            extra = Decimal("2.50") if answer.table and number == 1 else None
            given = Answer(
                Outcome.OFFER, codes[place], table=answer.table, flat_extra=extra,
                valid_until=until, words=answer.words, conditions=answer.conditions,
            )  # fmt: skip
        saying = Saying(AnswerWay.EMAIL, "Underwriting", said)
        kept.append(record_answer(manager, child, given, saying, at=said))
    if number == 0:
        want_evidence(manager, made, RequirementKind.APS, detail="sleep clinic", at=said)
        day = timezone.localtime(begun).date()
        record_evidence(manager, made, RequirementKind.PARAMEDICAL_EXAM, day, at=said)
    if number == 1:
        choose(manager, children[0], at=said + timedelta(hours=4))
