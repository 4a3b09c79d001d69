"""A whole form as it is drawn: head, sections, answers repeated, statements, signatures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from megler.demo.rules.papers.cells import Drawn
from megler.demo.rules.papers.fields import Fields, Place, Widget
from megler.demo.rules.papers.flowing import flow
from megler.forms.rules.questionnaire import (
    FieldFill,
    FormSpec,
    Question,
    Questionnaire,
    SignerRole,
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How a carrier's papers look: colour as `#rrggbb`, emblem round, square or soft.

    `code` is the bar code on each page: `qr`, `data_matrix`, `pdf417` or `code_128`.
    """

    carrier: str
    home: str
    colour: str = "#1f4e79"
    emblem: str = "soft"
    code: str = "qr"


@dataclass(frozen=True, slots=True)
class Look:
    """What a form's PDF shows beside its sections.

    `shows` are questions of other forms, printed again (`list:field,field` with some of its fields
    only); `rows` how many items of a list have a
    place; `notices` small print with a heading of its own; `has_head` whether insured, product and
    application number stand on top, `has_office` whether there is room for the carrier at the end;
    `small` prints statements small.
    """

    shows: tuple[str, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    notices: tuple[tuple[str, str], ...] = ()
    has_head: bool = True
    has_office: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form ready to be drawn: the document for the typesetter, the places of its fields, its map."""

    document: Mapping[str, object]
    places: Sequence[Place]
    fills: Sequence[FieldFill]
    number: str
    edition: str
    code: str


ROLE_NAMES = {
    SignerRole.INSURED: "proposed insured",
    SignerRole.OWNER: "owner",
    SignerRole.PAYOR: "payor",
    SignerRole.AGENT: "agent",
}
_HEAD = (
    ("insured_name", "Proposed insured", 4),
    ("product_name", "Product", 3.5),
    ("reference", "Application no.", 2),
)
_OFFICE = (("received", "Received", 2), ("policy_number", "Policy no.", 2.5), ("clerk", "By", 1.5))
_AGENT = (
    ("agent_name", "Agent's name", 4),
    ("agent_npn", "National producer no.", 2.5),
    ("agent_phone", "Telephone", 2.5),
    ("agent_email", "E-mail", 4),
)


def sheet(
    made: Questionnaire, form: FormSpec, look: Look, head: Letterhead, roles: Mapping[str, str]
) -> Sheet:
    """A form's sheet. `roles` are the names of signers where they are not the usual ones."""
    fields = Fields()
    blocks: list[Drawn] = []
    if look.has_head:
        blocks.append(_heads(fields, _HEAD, "head"))
    blocks += _sections(made, form, look, fields)
    if form.statements:
        size = 7.4 if look.small else 8.4
        blocks += [
            {"shape": "heading", "letter": "", "text": _agreeing(form)},
            {"shape": "statements", "texts": list(form.statements), "size": size},
        ]
    if look.notices:
        blocks += [
            {"shape": "heading", "letter": "", "text": "Notices required by states"},
            {"shape": "notices", "texts": [list(one) for one in look.notices]},
        ]
    if form.signers:
        blocks.append({"shape": "heading", "letter": "", "text": "Signatures"})
        blocks += [_signature(fields, role, roles) for role in form.signers]
    if SignerRole.AGENT in form.signers:
        blocks.append(_heads(fields, _AGENT, "agent"))
    if look.has_office:
        blocks.append(_heads(fields, _OFFICE, "office"))
    document = {
        "title": form.name, "carrier": head.carrier, "home": head.home, "colour": head.colour,
        "emblem": head.emblem, "initial": head.carrier[0], "number": form.number,
        "edition": form.edition, "blocks": blocks,
    }  # fmt: skip
    return Sheet(document, fields.places, fields.fills, form.number, form.edition, head.code)


def _agreeing(form: FormSpec) -> str:
    return "Statements and agreement" if form.signers else "Please read"


def _sections(made: Questionnaire, form: FormSpec, look: Look, fields: Fields) -> list[Drawn]:
    own = [section for section in made.sections if section.form == form.key]
    blocks: list[Drawn] = []
    groups: list[tuple[str, str, Sequence[Question]]] = []
    if look.shows:
        shown = [_shown(made, key) for key in look.shows]
        groups.append(("From the application", "", shown))
    groups += [(section.title, section.intro, section.questions) for section in own]
    for n, (title, intro, questions) in enumerate(groups):
        letter = chr(ord("A") + n) if len(groups) > 1 else ""
        blocks.append({"shape": "heading", "letter": letter, "text": title})
        if intro:
            blocks.append({"shape": "note", "text": intro})
        blocks += flow(made, questions, fields, dict(look.rows))
    return blocks


def _shown(made: Questionnaire, told: str) -> Question:
    """The question that is printed again; of a list, `existing_cover:company,amount`, those fields."""
    key, _, fields = told.partition(":")
    question = made.by_key[key]
    if not fields:
        return question
    return replace(question, fields=tuple(question.field(one) for one in fields.split(",")))


def _heads(fields: Fields, listed: Sequence[tuple[str, str, float]], kind: str) -> Drawn:
    """A row of boxes with what the application knows of itself; `office` is left to the carrier."""
    cells = []
    for key, caption, span in listed:
        name = f"office.{key}" if kind == "office" else f"{kind}.{key}"
        fill = None if kind == "office" else FieldFill(name, key)
        number = fields.text(name, caption, fill)
        words = f"Home office only: {caption.lower()}" if kind == "office" else caption
        cells.append(
            {"kind": "field", "caption": words, "span": span, "field": number, "height": 14.5}
        )
    return {"shape": "row", "cells": cells, "level": 0}


def _signature(fields: Fields, role: SignerRole, roles: Mapping[str, str]) -> Drawn:
    def text(key: str) -> int:
        name = f"{key}.{role}"
        return fields.text(name, f"{key} {role}", FieldFill(name, name))

    told = roles.get(role, ROLE_NAMES[role])
    name = f"signature.{role}"
    place = Place(name, Widget.SIGNATURE, f"Signature of {told}")
    return {
        "shape": "signature",
        "role": told,
        "signature": fields.add(place, FieldFill(name, name)),
        "name": text("signed_name"),
        "day": text("signed_on"),
        "place": text("signed_at"),
    }
