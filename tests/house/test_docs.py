"""The documents tell of every command, room and setting, and their links lead somewhere."""

import re
from pathlib import Path

import click

from megler.cli import megler

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)")
_SETTING = re.compile(r'"(MEGLER_[A-Z_]+|DATABASE_URL)"')


def told() -> str:
    return "\n".join(document.read_text() for document in DOCUMENTS)


def missing(words: set[str], text: str) -> set[str]:
    return {word for word in words if word not in text}


def commands(group: click.Group, before: str = "./megler") -> set[str]:
    """Every command that people run, as they type it."""
    context = click.Context(group)
    found = set()
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        if isinstance(command, click.Group):
            found |= commands(command, f"{before} {name}") or {f"{before} {name}"}
        else:
            found.add(f"{before} {name}")
    return found


def broken_links(document: Path) -> list[str]:
    return [to for to in _LINK.findall(document.read_text()) if not (document.parent / to).exists()]


def test_every_command_is_told_of() -> None:
    assert missing(commands(megler), told()) == set()


def test_every_room_is_told_of() -> None:
    rooms = {f"`{room.parent.name}`" for room in (ROOT / "src/megler").glob("*/__init__.py")}
    assert missing(rooms, (ROOT / "docs/architecture.md").read_text()) == set()


def test_every_setting_is_told_of() -> None:
    source = (ROOT / "src/megler/config/settings.py").read_text()
    assert (
        missing(set(_SETTING.findall(source)), (ROOT / "docs/operations.md").read_text()) == set()
    )


def test_every_link_leads_somewhere() -> None:
    assert {d.name: broken for d in DOCUMENTS if (broken := broken_links(d))} == {}


def test_what_is_not_told_would_be_found(tmp_path: Path) -> None:
    assert missing({"./megler dance"}, told()) == {"./megler dance"}
    page = tmp_path / "page.md"
    page.write_text("see [this](nowhere.md)")
    assert broken_links(page) == ["nowhere.md"]
