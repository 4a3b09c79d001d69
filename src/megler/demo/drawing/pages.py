"""A sheet as a PDF with empty fields. The same sheet makes the same bytes.

The typesetter makes a link `f:<number>` of every place; here each becomes a widget of that size.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

import typst

from megler.demo.drawing.codes import code_drawn
from megler.demo.drawing.syntax import objects_of, stream, whole_file
from megler.demo.drawing.widgets import Widgets
from megler.demo.rules.papers.sheet import Sheet
from megler.forms.rules.marks import Mark, bar_code

_LINK = re.compile(
    rb"/Subtype/Link/Rect\[([-0-9.]+) ([-0-9.]+) ([-0-9.]+) ([-0-9.]+)\].*/URI\(f:(\d+)\)"
)
_ANNOTS = re.compile(rb"/Annots\[([0-9 R]*)\]")
_CONTENTS = re.compile(rb"/Contents (\d+ 0 R)")
_UNUSED = re.compile(rb"/Metadata (\d+) 0 R")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


@cache
def _template() -> bytes:
    return resources.files("megler.demo").joinpath("typst", "form.typ").read_bytes()


def draw(sheet: Sheet) -> bytes:
    """The form as a PDF with empty fields."""
    typeset = typst.compile(
        _template(),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(sheet.document, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=0,
        pdf_tags=False,
    )
    objects, root = objects_of(typeset)
    links = {
        number: found
        for number, body in objects.items()
        if (found := _LINK.search(body)) and b"/Type/Annot" in body
    }
    widgets = Widgets(max(objects) + 1)
    pages = list(_pages(objects, _number(rb"/Pages (\d+) 0 R", objects[root])))
    for n, page in enumerate(pages, 1):
        body = objects[page]
        marked = _ANNOTS.search(body)
        own = sorted(
            (int(links[number][5]), number)
            for number in (
                int(one) for one in re.findall(rb"(\d+) 0 R", marked[1] if marked else b"")
            )
        )
        here = [
            widgets.widget(sheet.places[place], links[number].groups()[:4], page)
            for place, number in own
        ]
        code = widgets.add(
            stream(
                code_drawn(sheet.code, bar_code(Mark(sheet.number, sheet.edition, n, len(pages))))
            )
        )
        body = _ANNOTS.sub(b"", body)
        body = _CONTENTS.sub(rb"/Contents[\1 %d 0 R]" % code, body)
        named = b" ".join(b"%d 0 R" % one for one in here)
        objects[page] = body.rstrip()[:-2] + b"/Annots[%b]>>" % named
    form = widgets.close()
    catalog = _UNUSED.sub(b"", objects[root])
    objects[root] = catalog.rstrip()[:-2] + b"/AcroForm %d 0 R>>" % form
    left = {
        number: body
        for number, body in objects.items()
        if number not in links and b"/Type/Metadata" not in body and b"/Creator(" not in body
    }
    return whole_file(left | widgets.objects, root)


def _pages(objects: Mapping[int, bytes], top: int) -> Iterator[int]:
    """The numbers of all pages below a node of the page tree, in order."""
    kids = re.search(rb"/Kids\[([0-9 R]*)\]", objects[top])
    if kids is None:
        yield top
        return
    for one in re.findall(rb"(\d+) 0 R", kids[1]):
        yield from _pages(objects, int(one))


def _number(pattern: bytes, body: bytes) -> int:
    found = re.search(pattern, body)
    if found is None:
        raise ValueError("a PDF written in another way than expected")
    return int(found[1])
