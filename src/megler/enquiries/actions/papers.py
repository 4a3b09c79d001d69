"""The summary as a paper and as an e-mail, and the names under which papers travel."""

from datetime import datetime
from functools import cache
from importlib import resources

from django.utils import timezone

from megler.documents.actions import store
from megler.documents.models import Document
from megler.documents.typesetting import typeset
from megler.enquiries.models import Enquiry, EnquiryCarrier, SharedEvidence
from megler.enquiries.rules.summary import Summary
from megler.journal.rules.actors import Actor
from megler.licensing.models import Agency
from megler.post.actions.messages import Enclosure

LEAD = "An informal enquiry: nobody has applied, and no name is told."
CLOSING = (
    "Please tell us your tentative class, table or flat extra, what you would need to confirm it, "
    "and until when it stands. This summary was made without names, birth dates, addresses and "
    "numbers; words that might tell who it is stand as [withheld]."
)


@cache
def template() -> bytes:
    return resources.files("megler.enquiries").joinpath("typst", "enquiry.typ").read_bytes()


def paper_of(held: Enquiry, summary: Summary, actor: Actor, at: datetime) -> Document:
    """The summary typeset and stored, under a name that tells nothing."""
    content = typeset(template(), paper_data(held, summary, at))
    return store(content, f"{held.reference}.pdf", actor, at)


def paper_data(held: Enquiry, summary: Summary, at: datetime) -> dict[str, object]:
    """What the typesetter is given."""
    agency = Agency.ours()
    told = [agency.name or "Megler", agency.address, agency.phone, agency.email]
    return {
        "title": f"Informal enquiry {held.reference}",
        "lead": LEAD,
        "from": [line for line in told if line],
        "day": f"{timezone.localtime(at):%B %d, %Y}",
        "parts": [
            {"title": part.title, "lines": [[line.label, line.text] for line in part.lines]}
            for part in summary.parts
        ],
        "closing": CLOSING,
        "footer": held.reference,
        "page": "Page",
    }


def enclosures(held: Enquiry, paper: Document, enclosed: list[SharedEvidence]) -> list[Enclosure]:
    """The summary and what goes along, under names that tell nothing: `E-10001-1-aps.pdf`."""
    found = [Enclosure(paper, f"{held.reference}.pdf")]
    for number, one in enumerate(enclosed, start=1):
        if one.document is not None:
            kind = one.kind.replace("_", "-")
            ending = one.document.name.rpartition(".")[2].lower()
            ending = ending if ending in {"pdf", "png", "jpg", "jpeg"} else "pdf"
            found.append(Enclosure(one.document, f"{held.reference}-{number}-{kind}.{ending}"))
    return found


def letter(held: Enquiry, child: EnquiryCarrier, summary: Summary, link: str, days: int) -> str:
    """The e-mail to an underwriter, in English as the summary is."""
    agency = Agency.ours()
    greeting = f"Dear {child.to_name}," if child.to_name else "Dear underwriter,"
    answer = f"Answer here, without an account; the link is yours alone and works for {days} days:\n{link}"
    return "\n\n".join(
        [
            greeting,
            f"What would you tentatively offer for {child.product.name}? {LEAD}",
            answer,
            summary.as_text(),
            CLOSING,
            f"{held.reference}\n{agency.name or 'Megler'}",
        ]
    )
