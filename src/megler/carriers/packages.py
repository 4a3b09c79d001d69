"""Editions as they travel: a folder, or a zip of one, to and from names and contents in memory."""

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from megler.carriers.rules.place import shown
from megler.vocabulary.problems import Problem, Refused

LARGEST_UNPACKED = 64 * 1024 * 1024
MOST_FILES = 500
HEAD = "edition.toml"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def read_files(path: Path | str) -> dict[str, bytes]:
    """Names in the folder -> contents, of a folder or a zip on disk. Raises `Refused`.

    Hidden files and what macOS adds to zips are left out; links are refused.
    """
    path = Path(path)
    try:
        if path.is_dir():
            return _from_folder(path)
        if path.stat().st_size > LARGEST_UNPACKED:
            raise Refused(_too_large(path.name))
        return from_zip(path.read_bytes())
    except OSError as error:
        found = error.strerror or type(error).__name__
        raise Refused(Problem("cannot_read", str(path), found, "a folder or a zip")) from error


def _from_folder(folder: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if _is_litter(name):
            continue
        if path.is_symlink():
            raise Refused(Problem("link_in_package", shown(name), "link", "a file"))
        if not path.is_file():
            continue
        total += path.stat().st_size
        if total > LARGEST_UNPACKED:
            raise Refused(_too_large(name))
        if len(files) >= MOST_FILES:
            raise Refused(Problem("too_many_files", shown(name), "", f"at most {MOST_FILES}"))
        files[name] = path.read_bytes()
    return files


def from_zip(content: bytes) -> dict[str, bytes]:
    """Names in the folder -> contents, of a zip. Raises `Refused` with everything wrong.

    The edition may stand at the top of the zip or in one folder of it.
    """
    if len(content) > LARGEST_UNPACKED:
        raise Refused(_too_large("zip"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = [e for e in package.infolist() if not (e.is_dir() or _is_litter(e.filename))]
            problems = _entry_problems(entries)
            if problems:
                raise Refused(problems)
            files = {e.filename: _unpacked(package, e) for e in entries}
    except Refused:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError) as error:
        raise Refused(Problem("broken_zip", "zip", shown(str(error)), "a zip file")) from error
    except (RuntimeError, NotImplementedError) as error:
        raise Refused(Problem("broken_zip", "zip", shown(str(error)), "plain deflate")) from error
    return _without_folder(files)


def _entry_problems(entries: list[zipfile.ZipInfo]) -> list[Problem]:
    problems = []
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        parts = PurePosixPath(name).parts
        if name.startswith("/") or ".." in parts or "\\" in name or ":" in name:
            problems.append(Problem("unsafe_name", "zip", shown(name), "a name inside the folder"))
        if name.lower() in seen:
            problems.append(Problem("duplicate_file", "zip", shown(name), "each name once"))
        seen.add(name.lower())
        if stat.S_ISLNK(entry.external_attr >> 16):
            problems.append(Problem("link_in_package", shown(name), "link", "a file"))
        if entry.flag_bits & 1:
            problems.append(Problem("encrypted_file", "zip", shown(name), "without password"))
    if len(entries) > MOST_FILES:
        found, expected = str(len(entries)), f"at most {MOST_FILES}"
        problems.append(Problem("too_many_files", "zip", found, expected))
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        problems.append(_too_large("zip"))
    return problems


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """An entry's content, never more than it declared: a lying header is refused."""
    with package.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise Refused(_too_large(entry.filename))
    return content


def _without_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    folders = {name.partition("/")[0] for name in files}
    if len(folders) == 1 and HEAD not in files:
        (folder,) = folders
        if f"{folder}/{HEAD}" in files:
            return {name.removeprefix(f"{folder}/"): data for name, data in files.items()}
    return files


def _is_litter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith(".") and part != ".." for part in parts) or "__MACOSX" in parts


def _too_large(name: str) -> Problem:
    return Problem("package_too_large", shown(name), "", f"{LARGEST_UNPACKED} bytes unpacked")


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 of names and contents, the same for a folder and any zip of it."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(hashlib.sha256(name.encode()).digest())
        total.update(hashlib.sha256(files[name]).digest())
    return total.hexdigest()


def to_zip(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files: the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, files[name])
    return buffer.getvalue()
