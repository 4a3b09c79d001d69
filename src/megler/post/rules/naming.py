"""Under which names files may travel."""

import unicodedata
from collections.abc import Sequence

from megler.vocabulary.problems import Problem

NAME_MAX = 120
"""Characters; with the hidden names on its way, still under the 255 bytes of a file's name."""
NAME_BYTES_MAX = 200
FILES_MAX = 50
_FORBIDDEN = frozenset('/\\:*?"<>|')


def name_problems(names: Sequence[str]) -> list[Problem]:
    """What keeps files from travelling under these names: one part of a path, none twice.

    Names that differ only in capitals are one name on many servers.

    >>> [(p.code, p.found) for p in name_problems(["A-1.pdf", "a-1.PDF", "../x"])]
    [('delivery_name', '../x'), ('delivery_name_twice', 'a-1.PDF')]
    """
    problems = []
    if not names:
        problems.append(Problem("delivery_empty", "files", "0", f"1 to {FILES_MAX}"))
    if len(names) > FILES_MAX:
        problems.append(Problem("delivery_empty", "files", str(len(names)), f"1 to {FILES_MAX}"))
    problems += [
        Problem("delivery_name", "files", name[:NAME_MAX], "a plain name such as A-10001.pdf")
        for name in names
        if not _is_plain(name)
    ]
    seen: set[str] = set()
    for name in names:
        same = unicodedata.normalize("NFC", name).casefold()
        if same in seen:
            problems.append(Problem("delivery_name_twice", "files", name[:NAME_MAX]))
        seen.add(same)
    return problems


def _is_plain(name: str) -> bool:
    return (
        0 < len(name) <= NAME_MAX
        and len(name.encode("utf-8", "replace")) <= NAME_BYTES_MAX
        and name.isprintable()
        and name == name.strip()
        and not name.startswith(".")
        and not _FORBIDDEN & set(name)
    )
