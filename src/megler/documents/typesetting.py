"""Typesetting: a template of ours and data make a PDF. The same data makes the same bytes."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import typst


@cache
def _fonts() -> typst.Fonts:
    """The typesetter's own fonts, read once a process."""
    return typst.Fonts(include_system_fonts=False)


def typeset(template: bytes, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template. `data` comes as JSON: nothing that a person typed is ever code.

    A picture in `data` is the list of its bytes, which the template reads with `bytes`.
    """
    pdf: bytes = typst.compile(
        template,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=0,
    )
    return pdf
