"""A proposal in words: what the typesetter is given, in the language that is active.

Nothing of anybody's health but the class: reasons of underwriting are never printed, and what is
not known yet of health is told as one thing.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

from megler.carriers.models import Edition
from megler.carriers.names import LINE_NAMES, MODE_NAMES
from megler.carriers.templatetags.carriers import OUTCOMES, class_name
from megler.documents.models import Document
from megler.licensing.models import Agency, Agent
from megler.licensing.rules.colours import ink_on, readable_on_white
from megler.quoting.drawing import chart_data
from megler.quoting.rules.proposals.choice import Offer, Point, modes_of, points_for, sums
from megler.quoting.sentences import WORDS
from megler.quoting.wording import (
    amount_words,
    class_words,
    offer_name,
    paid_words,
    value_words,
    wish_words,
    years_words,
)
from megler.ui.templatetags.ui import NOTHING, cents
from megler.underwriting.sentences import REASONS as HEALTH
from megler.vocabulary.codes import JURISDICTIONS, Mode

WISHED = (
    "payout",
    "qualified",
    "elimination_days",
    "benefit_years",
    "inflation",
    "household",
)
"""Choices of a wish that stand in the table: those that make the product, none of health."""

LOGO_WIDE, LOGO_HIGH = 150, 36
"""Points."""

_OF_HEALTH = frozenset(HEALTH) | {"nicotine_assumed_none", "term_not_for_nicotine"}
"""Codes of reasons that tell, or ask, something of a person's health."""

SMALL_PRINT = gettext_lazy(
    "Prices are those that carriers publish. This is no offer of insurance, no contract and no "
    "advice on tax or law. The carrier decides on the class and the premium when it has seen "
    "the whole application; both may differ from what stands here.\n"
    "Prices hold for the age, the amount, the class and the editions named here and may change. "
    "What is covered, what is not, and what is guaranteed stands in the policy, which differs by "
    "state; every guarantee rests on the carrier's ability to pay. Read the carrier's own papers "
    "before you decide, and keep the cover you have until new cover is in force."
)
"""What stands under proposals and quote links until the agency writes its own."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that a proposal tells of: the priced answer, which offers, for whom, by whom."""

    answer: Mapping[str, Any]
    chosen: tuple[int, ...]
    prepared_for: str
    made_on: date
    language: str
    agency: Agency
    agent: Agent | None
    made_by: str
    editions: Sequence[Edition]

    @property
    def offers(self) -> list[Offer]:
        return [self.answer["offers"][place] for place in self.chosen]


def title_of(paper: Paper) -> str:
    """What the proposal is called: the lines it compares."""
    lines = list(dict.fromkeys(str(LINE_NAMES[offer["line"]]) for offer in paper.offers))
    return _("Proposal: %(lines)s") % {"lines": ", ".join(lines)}


def proposal_data(paper: Paper) -> dict[str, Any]:
    """What the typesetter is given."""
    agency, accent = paper.agency, readable_on_white(paper.agency.colour)
    return {
        "language": paper.language,
        "accent": accent,
        "accent_ink": ink_on(accent),
        "title": title_of(paper),
        "agency": {
            "name": agency.name,
            "logo": _picture(agency.logo),
            "lines": _lines(agency.address, agency.phone, agency.email, agency.website),
        },
        "agent": _agent(paper),
        "facts": _facts(paper),
        "table": _table(paper),
        "chart": chart_data(paper.answer["offers"], paper.chosen),
        "why": {
            "title": _("Why these"),
            "offers": [_why(paper, place) for place in paper.chosen],
        },
        "assumed": {"title": _("What is assumed"), "lines": assumptions(paper.answer)},
        "editions": {"title": _("Prices taken from"), "lines": _editions(paper)},
        "small": {
            "title": _("Please note"),
            "lines": small_print(agency, paper.language).split("\n"),
        },
        "footer": _("Prepared for %(name)s, %(day)s")
        % {"name": paper.prepared_for, "day": _day(paper.made_on)},
        "page_of": _("Page {page} of {pages}"),
    }


def small_print(agency: Agency, language: str) -> str:
    """The agency's own words, else the product's, one paragraph a line."""
    own = agency.small_print(language).strip() or str(SMALL_PRINT)
    return "\n".join(line.strip() for line in own.splitlines() if line.strip())


def assumptions(answer: Mapping[str, Any]) -> list[str]:
    """What the prices suppose; what is open of health as one sentence that tells nothing."""
    texts = {
        "class_assumed": _("The class is quoted as asked; the carrier has not assessed it."),
        **dict.fromkeys(
            _OF_HEALTH, _("What is not known yet of health and habits is taken at its best.")
        ),
    }
    told = answer["assumptions"]
    return list(dict.fromkeys(texts.get(one["code"], one["text"]) for one in told))


def _picture(logo: Document | None) -> dict[str, Any] | None:
    """A logo's bytes and its size in points, as large as fits."""
    if logo is None:
        return None
    content = logo.read()
    with Image.open(io.BytesIO(content)) as image:
        scale = min(LOGO_WIDE / image.width, LOGO_HIGH / image.height)
        size = image.width * scale, image.height * scale
    return {"bytes": list(content), "wide": size[0], "high": size[1]}


def _lines(*lines: str) -> list[str]:
    return [line for line in lines if line]


def _agent(paper: Paper) -> dict[str, Any]:
    agent = paper.agent
    if agent is None:
        return {"name": paper.made_by, "logo": None, "lines": []}
    firm = agent.firm.name if agent.firm else ""
    npn = _("National Producer Number %(npn)s") % {"npn": agent.npn}
    return {
        "name": agent.name,
        "logo": _picture(agent.mark),
        "lines": _lines(firm, agent.phone, agent.email, npn),
    }


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _facts(paper: Paper) -> list[list[str]]:
    """For whom, when, where and at what age: nothing else of the person."""
    lives = [life for offer in paper.offers for life in offer.get("lives") or (offer,)]
    ages = sorted({one["age_used"] for one in lives if one.get("age_used") is not None})
    home = str(paper.answer["facts"].get("jurisdiction") or "")
    rows = [
        (_("Prepared for"), paper.prepared_for),
        (_("Date"), _day(paper.made_on)),
        (_("Prices of"), _day(date.fromisoformat(paper.answer["on"]))),
        (_("Age"), ", ".join(str(age) for age in ages)),
        (_("State"), JURISDICTIONS.get(home, home)),
    ]
    return [[label, value] for label, value in rows if value]


def _table(paper: Paper) -> dict[str, Any]:
    offers = paper.offers
    rows: list[tuple[str | Promise, Callable[[Offer], str]]] = [
        (_("Line of business"), lambda one: str(LINE_NAMES[one["line"]])),
        (_("Amount"), amount_words),
        (
            _("Term"),
            lambda one: years_words(one["term_years"]) if one.get("term_years") else NOTHING,
        ),
        (_("Plan"), lambda one: one.get("plan") or NOTHING),
        *((WORDS[f"wants.{key}"], partial(_wished, paper, key)) for key in WISHED),
        (_("Class"), class_words),
        (_("Flat extra per 1,000"), lambda one: paid_words(one, one.get("flat_extra"))),
        (_("Riders"), _riders),
    ]
    shown = [_row(label, offers, cell) for label, cell in rows]
    for mode in modes_of(offers, Mode):
        cells = [paid_words(offer, sums(offer).get(mode)) for offer in offers]
        strong = any(offer["mode"] == mode for offer in offers)
        shown.append({"label": _mode_label(offers, mode), "cells": cells, "strong": strong})
    shown.append(_row(_("Value at the end"), offers, value_words))
    shown.append(_row(_("Price holds until"), offers, _holds_until))
    return {
        "title": _("Side by side"),
        "heads": [[offer["carrier_name"], offer["product_name"]] for offer in offers],
        "rows": [row for row in shown if any(cell != NOTHING for cell in row["cells"])],
    }


def _wished(paper: Paper, key: str, offer: Offer) -> str:
    """What the offer's wish says under `key`."""
    wants = paper.answer["facts"].get("wants") or {}
    wish = wants[offer["wants"]] if isinstance(wants, list) else wants
    return wish_words(key, wish.get(key))


def _row(
    label: str | Promise, offers: Sequence[Offer], cell: Callable[[Offer], str]
) -> dict[str, Any]:
    return {"label": str(label), "cells": [cell(offer) for offer in offers], "strong": False}


def _mode_label(offers: Sequence[Offer], mode: str) -> str:
    kind = _("Premium") if any(offer.get("premium") for offer in offers) else _("Income paid out")
    return _("%(what)s, %(mode)s") % {"what": kind, "mode": MODE_NAMES[mode]}


def _riders(offer: Offer) -> str:
    names = [str(one.get("name") or one.get("code")) for one in offer.get("riders") or ()]
    return ", ".join(names) or NOTHING


def _holds_until(offer: Offer) -> str:
    until = offer.get("age_changes_on")
    return _day(date.fromisoformat(until)) if until else NOTHING


def _why(paper: Paper, place: int) -> dict[str, Any]:
    offers = paper.answer["offers"]
    offer = offers[place]
    points = [_point(offer, point) for point in points_for(place, offers, paper.chosen)]
    if offer.get("class"):
        points.insert(0, _("Quoted as %(class)s.") % {"class": class_words(offer)})
    return {"name": offer_name(offer), "points": points}


def _point(offer: Offer, point: Point) -> str:
    texts = {
        "lowest": _("The lowest premium of %(number)s offers for this term."),
        "more_a_year": _("%(amount)s more a year than the lowest premium found."),
        "least_here": _("Costs the least in a year of those compared here: %(amount)s."),
        "level_for": _("The premium stays the same for %(number)s years."),
        "class_open": _("The carrier decides on the class; it could be %(word)s."),
        "age_until": _("Priced at age %(number)s, which changes on %(day)s."),
    }
    if point.code == "class_open" and point.word in OUTCOMES:
        return _("The carrier decides on the class, perhaps case by case.")
    return texts[point.code] % {
        "number": point.number,
        "amount": cents(point.amount, offer["currency"]),
        "day": _day(point.day) if point.day else "",
        "word": class_name(point.word),
    }


def _editions(paper: Paper) -> list[str]:
    titles = {edition.reference: edition for edition in paper.editions}
    lines = []
    for reference in dict.fromkeys(offer["edition"] for offer in paper.offers):
        edition = titles[reference]
        lines.append(
            _("%(carrier)s: %(title)s, in effect from %(day)s")
            % {
                "carrier": edition.carrier.name,
                "title": edition.title,
                "day": _day(edition.effective_from),
            }
        )
    return lines
