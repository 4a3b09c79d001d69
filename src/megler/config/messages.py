"""The product's texts in other languages: extracted, completed and compiled with Babel.

One catalogue a language: `src/megler/locale/<language>/LC_MESSAGES/django.po`. Texts stand in code,
in templates, and in the files and tables of the rooms' rules, which know nothing of translation:
`DATA` names the functions that list those.
"""

import io
import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

SOURCES = Path(__file__).resolve().parents[1]
LOCALE = SOURCES / "locale"
DATA = ("applications.rules.questionnaires", "forms.rules.signing")
"""Modules whose `texts()` lists what people read and no call of gettext names."""
_KEYWORDS = {
    "_": None,
    "_lazy": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def catalogues(locale: Path = LOCALE) -> list[Path]:
    """The catalogues that exist."""
    return sorted(locale.glob("*/LC_MESSAGES/django.po"))


def compile_messages(locale: Path = LOCALE) -> list[Path]:
    """Compiles the catalogues that are newer than their .mo file, and names them."""
    compiled = []
    for po in catalogues(locale):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        from babel.messages.mofile import write_mo

        new = mo.with_name(f"{mo.name}.{os.getpid()}")
        with new.open("wb") as file:
            write_mo(file, read_catalogue(po))
        new.replace(mo)
        compiled.append(po)
    return compiled


def extract(sources: Path = SOURCES) -> "Catalog":
    """Every text of the code, the templates and the rooms' data."""
    from babel.messages.catalog import Catalog

    catalog = Catalog(project="Megler", charset="utf-8")
    for path in _files(sources):
        place = path.relative_to(sources.parent).as_posix()
        for _, message, comments, context in _texts(path):
            catalog.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    for room in DATA if sources == SOURCES else ():
        place = f"megler/{room.replace('.', '/')}.py"
        for text in import_module(f"megler.{room}").texts():
            catalog.add(text, None, [(place, 0)])
    return catalog


def update(languages: list[str], locale: Path = LOCALE, sources: Path = SOURCES) -> list[Path]:
    """Brings each language's catalogue up to the texts of today; keeps what is translated."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    written = []
    template = extract(sources)
    for language in languages:
        po = locale / language / "LC_MESSAGES" / "django.po"
        fresh = Catalog(locale=language, project="Megler", header_comment="# Megler", fuzzy=False)
        catalog = read_catalogue(po) if po.exists() else fresh
        template.creation_date = catalog.creation_date
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        po.parent.mkdir(parents=True, exist_ok=True)
        text = io.BytesIO()
        write_po(
            text, catalog, width=100, sort_output=True, include_lineno=False, omit_header=False
        )
        new = po.with_suffix(".po.new")
        new.write_bytes(text.getvalue())
        new.replace(po)
        written.append(po)
    return written


def missing(locale: Path = LOCALE, sources: Path = SOURCES) -> list[str]:
    """What keeps the catalogues from being whole, one line each."""
    template = extract(sources)
    return [
        f"{po.parent.parent.name}: {line}"
        for po in catalogues(locale)
        for line in lacks(read_catalogue(po), template)
    ]


def lacks(catalog: "Catalog", template: "Catalog") -> Iterator[str]:
    """What of the texts in `template` a catalogue lacks or says wrongly, one line each."""
    for wanted in template:
        if not wanted.id:
            continue
        found = catalog.get(wanted.id, wanted.context)
        shown = wanted.id if isinstance(wanted.id, str) else wanted.id[0]
        if found is None:
            yield f"not in the catalogue: {shown!r}; run ./megler messages"
        elif not found.string or (not isinstance(found.string, str) and not all(found.string)):
            yield f"not translated: {shown!r}"
        elif found.fuzzy:
            yield f"translation in doubt (fuzzy): {shown!r}"
        else:
            yield from (f"{shown!r}: {error}" for error in found.check(catalog))


def read_catalogue(po: Path) -> "Catalog":
    """The catalogue in a .po file of `<language>/LC_MESSAGES/`."""
    from babel.messages.pofile import read_po

    with po.open("rb") as file:
        return read_po(file, locale=po.parent.parent.name, domain="django")


def _files(sources: Path) -> list[Path]:
    code = [p for p in sources.rglob("*.py") if "migrations" not in p.parts]
    templates = [p for p in sources.rglob("templates/**/*") if p.suffix in {".html", ".txt"}]
    return sorted(code + templates)


def _texts(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    from babel.messages.extract import extract as babel_extract

    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = _as_python(text, path)
    yield from babel_extract(
        "python", io.BytesIO(text.encode()), _KEYWORDS, ["Translators:"], {"encoding": "utf-8"}
    )


def _as_python(template: str, path: Path) -> str:
    """A template's texts as calls of gettext, without the indents that would upset Python."""
    from django.utils.translation.template import templatize

    return "\n".join(line.strip() for line in templatize(template, origin=str(path)).split("\n"))
