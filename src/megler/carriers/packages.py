"""Editions as they travel: a folder, or a zip of one, to and from names and contents in memory."""

import hashlib
import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from isal import isal_zlib

from megler.carriers.rules.place import shown
from megler.vocabulary.problems import Problem, Refused

LARGEST_UNPACKED = 64 * 1024 * 1024
MOST_FILES = 500
HEAD = "edition.toml"
CORES = os.cpu_count() or 1
_BLOCK = 2 * 1024 * 1024
"""Larger files are deflated in blocks of so much, and lightly: it is what publishing waits for."""
_ENTRY = struct.pack("<HHHHH", 20, 0x0800, zipfile.ZIP_DEFLATED, 0, 1 << 5 | 1)
"""Of every entry: version 2.0, name in UTF-8, deflated, on 1 January 1980."""
_MADE_BY, _PLAIN = struct.pack("<H", 3 << 8 | 20), 0o100644 << 16


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
        if not path.is_file():
            raise Refused(Problem("cannot_read", str(path), "no file", "a folder or a zip"))
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


@dataclass(frozen=True, slots=True)
class Packed:
    """An edition as it is stored: a zip of its files, and the digest that names them."""

    digest: str
    content: bytes


def pack(files: Mapping[str, bytes]) -> Packed:
    """The files as they are stored; large ones are hashed and deflated on every core."""
    with ThreadPoolExecutor(CORES) as pool:
        digests = pool.map(_digest, files.values())
        content = _zip(files, pool)
        return Packed(_joint_digest(dict(zip(files, digests, strict=True))), content)


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 of names and contents, the same for a folder and any zip of it."""
    return _joint_digest({name: _digest(content) for name, content in files.items()})


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _joint_digest(digests: Mapping[str, bytes]) -> str:
    total = hashlib.sha256()
    for name in sorted(digests):
        total.update(_digest(name.encode()))
        total.update(digests[name])
    return total.hexdigest()


def to_zip(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files: the same bytes for the same files."""
    return pack(files).content


def _zip(files: Mapping[str, bytes], pool: ThreadPoolExecutor) -> bytes:
    """A zip written by hand, because zipfile deflates on one core only (APPNOTE 4.3 and 4.4)."""
    names = sorted(files)
    sums = list(pool.map(isal_zlib.crc32, (files[name] for name in names)))
    blocks = [_Block(files[name], start) for name in names for start in _starts(files[name])]
    deflated = iter(list(pool.map(_deflated, blocks)))
    parts: list[bytes] = []
    listed: list[bytes] = []
    at = 0
    for name, checksum in zip(names, sums, strict=True):
        packed = b"".join(next(deflated) for _ in _starts(files[name]))
        encoded = name.encode()
        sizes = struct.pack("<IIIHH", checksum, len(packed), len(files[name]), len(encoded), 0)
        local = _ENTRY + sizes
        parts += [b"PK\3\4", local, encoded, packed]
        listed += [b"PK\1\2", _MADE_BY, local, struct.pack("<HHHII", 0, 0, 0, _PLAIN, at), encoded]
        at += 4 + len(local) + len(encoded) + len(packed)
    directory = b"".join(listed)
    end = struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(directory), at, 0)
    return b"".join([*parts, directory, b"PK\5\6", end])


@dataclass(frozen=True, slots=True)
class _Block:
    """A part of a file that is deflated by itself."""

    content: bytes
    start: int


def _starts(content: bytes) -> range:
    """Where the blocks of a file start; an empty file has one."""
    return range(0, max(len(content), 1), _BLOCK)


def _deflated(block: _Block) -> bytes:
    """A block as deflate writes it, so that all blocks of a file after each other are one stream."""
    stop = block.start + _BLOCK
    part, last = memoryview(block.content)[block.start : stop], stop >= len(block.content)
    ending = zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH
    if len(block.content) > _BLOCK:
        lightly = isal_zlib.compressobj(1, isal_zlib.DEFLATED, -zlib.MAX_WBITS)
        return lightly.compress(part) + lightly.flush(ending)
    packing = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packing.compress(part) + packing.flush(ending)
