"""What the demo agency shows of itself: its marks, an agent's proposals and quote link."""

import io
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from megler.accounts.models import User
from megler.insight.actions import ask_for_review
from megler.licensing.actions import present_agency
from megler.licensing.models import Agency, Agent
from megler.quoting.actions.links import Wanted, make_quote_link
from megler.quoting.actions.proposals import make_link, propose
from megler.quoting.models import Quote

PROPOSALS = 3
_MARK = 240
_SHOWN = {
    "name": "Fjord & Prairie Brokerage",
    "address": "1200 Harbor Street, Duluth, MN 55802",
    "phone": "+1 218 555 0100",
    "email": "quotes@megler-demo.example",
    "website": "https://www.megler-demo.example",
    "colour": "#14532d",
}


def show(administrator: User, agent: Agent, at: datetime) -> None:
    """Give the agency its marks, put some of the agent's quotes on paper, and review the book."""
    told = {**_SHOWN, "small_print_en": "", "small_print_nb": ""}
    logo = SimpleUploadedFile("mark.png", _mark(), content_type="image/png")
    present_agency(administrator, told, Agency.ours().version, logo=logo, at=at)
    person = agent.user
    if person is None:
        return
    site = f"https://www.{agent.email.partition('@')[0].replace('.', '-')}.example"
    wanted = Wanted(title=agent.name, sites=site, lines=("term_life", "whole_life"))
    make_quote_link(person, agent, wanted, at)
    for kept, name in zip(_worth_showing(agent), ("A. Lund", "The Nilsen family"), strict=False):
        proposal = propose(person, kept, prepared_for=name, language=person.language or "en", at=at)
        make_link(person, proposal, at=at)
    ask_for_review(None, at)


def _worth_showing(agent: Agent) -> list[Quote]:
    """The agent's latest quotes that have something to compare."""
    latest = Quote.objects.filter(agent=agent).order_by("-made_at")[: 4 * PROPOSALS]
    return [kept for kept in latest if len(kept.answer["offers"]) > 2][:PROPOSALS]


def _mark() -> bytes:
    """The agency's mark: water, a hill and a sun."""
    image = Image.new("RGB", (_MARK, _MARK), "#14532d")
    draw = ImageDraw.Draw(image)
    draw.ellipse((140, 40, 190, 90), fill="#f4a24c")
    draw.polygon([(20, 170), (95, 70), (150, 140), (180, 110), (220, 170)], fill="#e7efe9")
    draw.rectangle((20, 178, 220, 196), fill="#7fb7a0")
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()
