"""What Megler fills into a carrier's own forms comes back whole when a stranger drops them here."""

from collections.abc import Callable
from pathlib import Path

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.holding import missing, papers, today
from megler.applications.actions.scrubbing import scrub
from megler.applications.actions.starting import start_from_quote
from megler.carriers.actions import publish_edition
from megler.carriers.models import Carrier, Product
from megler.carriers.packages import read_files
from megler.documents.actions import Sent
from megler.journal.rules.actors import SYSTEM
from megler.quoting.models import Quote
from tests.applications.complete import COMPLETE, FACTS, OFFER
from tests.documents.sheets import bound, scan

EDITIONS = Path(__file__).parents[2] / "editions"
TUNDRA = {
    **OFFER,
    "carrier": "tundra-life",
    "carrier_name": "Tundra Life",
    "product": "tundra-term",
    "product_name": "Tundra Term",
}


def test_every_answer_of_a_filled_packet_is_read_back_and_the_same_is_missing(
    agent_user: User, make_quote: Callable[..., Quote]
) -> None:
    publish_edition(SYSTEM, read_files(EDITIONS / "tundra-life/term-forms"))
    carrier = Carrier.objects.get(slug="tundra-life")
    Product.objects.create(
        carrier=carrier, code="tundra-term", name="Tundra Term", line="term_life"
    )
    started = start_from_quote(agent_user, make_quote(FACTS, TUNDRA), 0)
    known = {key: raw for key, raw in COMPLETE.items() if key in started.questionnaire.by_key}
    held = answer(agent_user, started, known, started.version).application
    packet = bound(*(paper.document.read() for paper in papers(held, agent_user.actor())))
    found = scrub(agent_user, [Sent("packet.pdf", packet)])
    assert found.application
    assert found.opened
    back = found.application.given
    filled = {key: one.value for key, one in held.given.items() if one.value is not None}
    assert len(filled) > 60
    assert {key: back[key].value for key in filled if key in back} == filled
    assert found.opened.read.leftovers == ()
    assert (found.pages_wrong, found.differ, found.by_eye) == ((), (), ())
    lacking = {(one.question, one.problem.code) for one in missing(held, today(None))}
    assert {(one.question, one.problem.code) for one in found.answers_wrong} == lacking
    pictured = scrub(agent_user, [Sent("scan.pdf", scan(packet))])
    assert pictured.pages_wrong == ()
    assert [one.code for one in pictured.unsigned] == [one.code for one in found.unsigned]
