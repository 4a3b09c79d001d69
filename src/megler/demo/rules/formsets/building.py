"""Building a form set from its recipe: the texts of the edition, and its papers ready to be drawn."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from megler.demo.rules.books.common import House
from megler.demo.rules.formsets.library import Library, Recipe, Toml
from megler.demo.rules.formsets.states import Sold, sold_states
from megler.demo.rules.formsets.writing import questionnaire_file, section_file
from megler.demo.rules.papers.fields import MAP_HEADER, map_rows
from megler.demo.rules.papers.sheet import Look, Sheet, sheet
from megler.demo.rules.text import csv_file, toml_file
from megler.forms.rules.questionnaire import CONTEXT, Questionnaire
from megler.forms.rules.reading import read_questionnaire

ROLES = {
    "insured": "proposed insured",
    "owner": "owner, if not the proposed insured",
    "agent": "agent",
}


EARLIER_DAYS = 18
"""Days for which a carrier still takes its earlier forms: what is under way gets done with them."""


@dataclass(frozen=True, slots=True)
class Built:
    """A form set before its PDFs are drawn: texts by file name, and the sheet of each PDF."""

    texts: Mapping[str, bytes]
    sheets: Mapping[str, Sheet]


def build(
    library: Library,
    recipe: Recipe,
    house: House,
    *,
    edition: str,
    effective_from: date,
    sold: Sold,
) -> Built:
    """The form set `recipe` of the carrier `house` as the edition of that name.

    Raises ValueError when recipe and library do not fit: a mistake in the product.
    """
    states = sold_states(house, sold)
    papers = [_application(library, recipe), *_papers(library, recipe)]
    known = _known(library, recipe)
    until = {"earlier_until": effective_from + timedelta(days=EARLIER_DAYS)}
    found = [_form(recipe, paper, edition, states, known) for paper in papers]
    forms = [form | until for form in found if form]
    keys = {form["key"] for form in forms}
    taken = {paper["key"]: paper for paper in papers if paper["key"] in keys}
    sections = _sections(library, recipe, taken)
    texts = {
        "questionnaire.toml": questionnaire_file(_top(library, recipe, edition, forms, sections)),
        **{f"sections/{key}.toml": section_file(one) for key, one in sections.items()},
    }
    made = _read(recipe, texts)
    head = library.letterheads[recipe.carrier]
    sheets = {
        form.key: sheet(
            made, form, _look(library, recipe, taken[form.key], states, made), head, ROLES
        )
        for form in made.forms
    }
    maps = {
        f"maps/{key}.csv": csv_file(MAP_HEADER, map_rows(list(one.fills)))
        for key, one in sheets.items()
    }
    head_file = {"edition.toml": _edition_file(recipe, house, effective_from)}
    return Built(head_file | texts | maps | _languages(library, recipe, made), sheets)


def _top(
    library: Library,
    recipe: Recipe,
    edition: str,
    forms: list[Toml],
    sections: Mapping[str, Toml],
) -> Toml:
    """What stands in questionnaire.toml."""
    asked = {question["key"] for section in sections.values() for question in section["questions"]}
    return {
        "key": recipe.series,
        "name": forms[0]["name"],
        "edition": edition,
        "parts": list(sections),
        "forms": forms,
        "derived": [one for one in library.derived if _derivable(one, sections.values())],
        "rules": [*_rules(library, recipe, asked)],
        "receipt": dict(recipe.receipt),
    }


def _derivable(derived: Toml, sections: Iterable[Toml]) -> bool:
    """Whether its question is asked, with the field that it sums."""
    for section in sections:
        for question in section["questions"]:
            if question["key"] == derived["of"]:
                fields = {field["key"] for field in question.get("fields", ())}
                return "part" not in derived or derived["part"] in fields
    return False


def _read(recipe: Recipe, texts: Mapping[str, bytes]) -> Questionnaire:
    parts = {
        name.removeprefix("sections/").removesuffix(".toml"): text.decode()
        for name, text in texts.items()
        if name.startswith("sections/")
    }
    made, problems = read_questionnaire(texts["questionnaire.toml"].decode(), parts)
    if made is None:
        told = "; ".join(f"{p.where}: {p.code} {p.found} ({p.expected})" for p in problems)
        raise ValueError(f"{recipe.carrier}/{recipe.series}: {told}")
    return made


def _edition_file(recipe: Recipe, house: House, effective_from: date) -> bytes:
    head: Toml = {
        "kind": "form_set",
        "carrier": house.slug,
        "carrier_name": house.name,
        "series": recipe.series,
        "title": f"{recipe.title}, {effective_from:%B %Y}",
        "effective_from": effective_from,
        "source": "demo agency, fictional carrier",
        "products": list(recipe.products) or None,
    }
    return toml_file({"format": 1, "edition": head, "form_set": {"lines": list(recipe.lines)}})


def _application(library: Library, recipe: Recipe) -> Toml:
    """The application itself, as its kind of insurance words it."""
    kind = library.kinds[recipe.kind]
    return {
        "key": "application",
        "suffix": "100",
        "name": kind["application"],
        "purpose": "application",
        "signers": kind.get("signers", ["insured", "owner", "agent"]),
        "statements": kind["statements"],
    }


def _papers(library: Library, recipe: Recipe) -> Iterator[Toml]:
    """The papers that it names, then those of its kinds, in the library's order."""
    for key in recipe.papers:
        yield library.papers[key]
    for key, paper in library.papers.items():
        own = not set(paper["for"]).isdisjoint(recipe.kinds)
        if own and key not in recipe.papers and key not in recipe.without:
            yield paper


def _known(library: Library, recipe: Recipe) -> set[str]:
    """What a paper's condition may name: the application's questions, and what is derived of them."""
    asked = {q["key"] for part in recipe.parts for q in library.parts[part]["questions"]}
    asked -= recipe.leave_out
    return asked | {one["key"] for one in library.derived if one["of"] in asked} | set(CONTEXT)


def _usable(when: Toml, known: set[str]) -> Toml | None:
    """The condition without alternatives that name what is not asked; None where it cannot hold."""
    made = dict(when)
    if "any" in when:
        made["any"] = [one for group in when["any"] if (one := _usable(group, known)) is not None]
    holds = made.get("any", True) and all(key in known for key in made if key != "any")
    return made if holds else None


def _form(recipe: Recipe, paper: Toml, edition: str, sold: Sold, known: set[str]) -> Toml | None:
    """The paper as a form of the questionnaire.

    None where the carrier sells in none of its states, or does not ask what it depends on.
    """
    when: Toml = {}
    if "states" in paper or "family" in paper:
        line = "annuity" if "annuity" in recipe.kinds else "life"
        states = paper.get("states") or sold.family(line, paper["family"])
        here = [one for one in states if one in sold.states and one not in paper.get("except", ())]
        if not here:
            return None
        if set(sold.states) - set(here):
            when["signed_in"] = here
    usable = _usable(paper.get("when", {}), known)
    if usable is None or (when and "signed_in" not in known):
        return None
    when |= usable
    made: Toml = {
        "key": paper["key"],
        "number": f"{recipe.prefix}-{paper['suffix']}",
        "name": paper["name"],
        "edition": edition,
        "purpose": paper["purpose"],
        "signers": paper["signers"],
        "pdf": f"pdf/{paper['key'].replace('_', '-')}.pdf",
    }
    if when:
        made["when"] = when
    return made | {"statements": paper["statements"]}


def _sections(library: Library, recipe: Recipe, taken: Mapping[str, Toml]) -> dict[str, Toml]:
    """The sections in the order of asking: the application's, then those of each further paper.

    What belongs on a part 2 that this carrier does not have stands on the application.
    """
    names = [*recipe.parts, *(part for paper in taken.values() for part in paper.get("parts", ()))]
    found = {}
    for name in names:
        part = library.parts[name]
        form = part["form"] if part["form"] in taken else "application"
        questions = [q for q in part["questions"] if q["key"] not in recipe.leave_out]
        found[part["key"]] = part | {"form": form, "questions": questions}
    return found


def _rules(library: Library, recipe: Recipe, asked: set[str]) -> Iterator[Toml]:
    """Those whose questions are asked."""
    low, high = recipe.ages
    yield {"rule": "age_between", "question": "insured_born", "min": str(low), "max": str(high)}
    if recipe.income_times:
        yield {
            "rule": "amount_explained",
            "amount": "cover_face_amount",
            "income": "insured_income",
            "times": str(recipe.income_times),
        }
    for rule in library.rules:
        if all(rule[key] in asked for key in _NAMING if key in rule):
            yield rule


_NAMING = (
    "list", "question", "first", "second", "earlier", "later", "class", "born", "relationship",
    "height", "weight", "gate", "reason",
)  # fmt: skip


def _look(library: Library, recipe: Recipe, paper: Toml, sold: Sold, made: Questionnaire) -> Look:
    is_application = paper["key"] == "application"
    shows = paper.get("shows", ())
    return Look(
        shows=tuple(key for key in shows if key.partition(":")[0] in made.by_key),
        rows=_ROWS | dict(recipe.rows),
        notices=tuple(_notices(library, sold)) if is_application else (),
        has_office=is_application,
        small=is_application,
    )


_ROWS = {
    "beneficiaries": 4, "existing_cover": 3, "medications": 6, "doctors": 4, "hospital_stays": 4,
}  # fmt: skip


def _notices(library: Library, sold: Sold) -> Iterable[tuple[str, str]]:
    for notice in library.notices:
        here = [one for one in notice["states"] if one in sold.states]
        if here:
            yield f"{', '.join(here)}:", notice["text"]


def _languages(library: Library, recipe: Recipe, made: Questionnaire) -> dict[str, bytes]:
    """A table of translations for each language of the recipe, of the texts that have one."""
    files = {}
    for language in recipe.languages:
        said = library.said.get(language, {})
        rows = [(text, said[text]) for text in texts_of(made) if text in said]
        if rows:
            files[f"languages/{language}.csv"] = csv_file(("text", "translation"), rows)
    return files


def texts_of(made: Questionnaire) -> list[str]:
    """Every text that people read in the questions, and the forms' names, each once."""
    found: dict[str, None] = dict.fromkeys(form.name for form in made.forms)
    for section, question in made.questions():
        for one in (question, *question.fields):
            told: tuple[Any, ...] = (
                one.text,
                one.short,
                one.help,
                *(label for _, label in one.choices),
            )
            found |= dict.fromkeys((section.title, section.intro, *told))
    return [text for text in found if text]
