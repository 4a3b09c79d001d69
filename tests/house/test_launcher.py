"""`./megler`, the shell script: set-up once, quick afterwards, one sentence when it cannot."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

LAUNCHER = Path(__file__).parents[2] / "megler"
# Stands in for uv, the program of others: writes down each call and makes a working environment.
UV = """#!/bin/sh
echo "$1 $2" >>"$CALLS"
sleep 0.2
if [ "$1" = venv ]; then
    for last; do :; done
    mkdir -p "$last/bin" "$last/lib/python3.11/site-packages"
    printf '#!/bin/sh\\nexec "%s" "$@"\\n' "$REAL" >"$last/bin/python"
    chmod +x "$last/bin/python"
fi
[ -z "${UV_SAYS:-}" ] || { echo "$UV_SAYS" >&2; exit 1; }
"""
CLI = "import sys; print('called with', sys.argv[1:])"


class Checkout:
    """A checkout with a space in its path, the real launcher, and uv as the only tool beside sh."""

    def __init__(self, folder: Path) -> None:
        self.here = folder / "my checkout"
        self.calls = folder / "calls"
        tools = folder / "tools"
        for path in (self.here, tools, folder / "home"):
            path.mkdir()
        shutil.copy(LAUNCHER, self.here / "megler")
        (self.here / "requirements.lock").write_text("click==8\n")
        (tools / "uv").write_text(UV)
        (tools / "uv").chmod(0o755)
        self.tools = tools
        self.environment = {
            "PATH": f"{tools}:/usr/bin:/bin",
            "HOME": str(folder / "home"),
            "CALLS": str(self.calls),
            "REAL": sys.executable,
            "MEGLER_PYTHON": sys.executable,
        }
        # The stand-in environment has no site-packages: `-P -m megler.cli` is found from here.
        stub = self.here / "stub"
        (stub / "megler").mkdir(parents=True)
        (stub / "megler" / "__init__.py").write_text("")
        (stub / "megler" / "cli.py").write_text(CLI)

    def start(self, *arguments: str, **changes: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.here / "megler"), *arguments],
            env={k: v for k, v in (self.environment | changes).items() if v},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
        )

    def run(self, *arguments: str, **changes: str) -> tuple[int, str, str]:
        process = self.start(*arguments, **changes)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def installs(self) -> int:
        return self.calls.read_text().count("pip sync") if self.calls.exists() else 0


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    # What the launcher runs at the end: the stand-in Python with our stub instead of site-packages.
    wrapper = tmp_path / "python"
    stub = made.here / "stub"
    wrapper.write_text(
        f'#!/bin/sh\nPYTHONPATH="{stub}"\nexport PYTHONPATH\nexec "{sys.executable}" "$@"\n'
    )
    wrapper.chmod(0o755)
    made.environment["REAL"] = str(wrapper)
    return made


def test_the_first_start_sets_up_and_the_second_only_runs(checkout: Checkout) -> None:
    status, out, err = checkout.run("quote", "two words")
    assert (status, out) == (0, "called with ['quote', 'two words']\n")
    assert "setting up" in err
    assert checkout.installs() == 1
    begun = time.monotonic()
    status, out, err = checkout.run()
    assert time.monotonic() - begun < 2
    assert (status, out, err) == (0, "called with []\n", "")
    assert checkout.installs() == 1


def test_a_changed_lock_installs_again(checkout: Checkout) -> None:
    checkout.run()
    (checkout.here / "requirements.lock").write_text("click==9\n")
    checkout.run()
    checkout.run()
    assert checkout.installs() == 2


def test_a_set_up_that_was_cut_short_is_done_again(checkout: Checkout) -> None:
    assert checkout.run(UV_SAYS="something odd")[0] == 2
    assert checkout.installs() == 0
    assert checkout.run()[0] == 0
    (checkout.here / "requirements.lock").write_text("click==9\n")
    assert checkout.run(UV_SAYS="something odd")[0] == 2
    (checkout.here / "requirements.lock").write_text("click==8\n")
    assert checkout.run()[0] == 0
    assert checkout.installs() == 3, (
        "half-installed for another lock, so this one is installed anew"
    )


def test_two_copies_started_at_once_set_up_once(checkout: Checkout) -> None:
    first, second = checkout.start("a"), checkout.start("b")
    assert first.communicate(timeout=60)[0] == "called with ['a']\n"
    assert second.communicate(timeout=60)[0] == "called with ['b']\n"
    assert checkout.installs() == 1


def test_it_works_through_a_link_and_after_the_checkout_moved(checkout: Checkout) -> None:
    checkout.run()
    link = checkout.tools / "megler"
    link.symlink_to(checkout.here / "megler")
    done = subprocess.run(
        [link, "x"], env=checkout.environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "called with ['x']\n"
    packages = checkout.here / ".venv" / "lib" / "python3.11" / "site-packages"
    assert (packages / (packages / "megler.pth").read_text().strip()).resolve() == (
        checkout.here / "src"
    ).resolve()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("error: No space left on device (os error 28)", "the disk is full"),
        ("error sending request for url", "needs a network the first time"),
        ("Hash mismatch for click==8", "is not the one that requirements.lock names"),
        ("failed to create directory: Permission denied", "is not writable"),
        ("something odd", "something odd\nmegler: making the environment failed"),
    ],
)
def test_what_stops_the_set_up_is_told_in_a_sentence(
    checkout: Checkout, said: str, told: str
) -> None:
    status, out, err = checkout.run(UV_SAYS=said)
    assert status == 2
    assert out == ""
    assert told in err
    assert "Traceback" not in err


def only_sh(checkout: Checkout, python3: str = "") -> dict[str, str]:
    tools = checkout.tools.with_name("bare")
    tools.mkdir()
    for name in ("sh", "cmp"):
        (tools / name).symlink_to(str(shutil.which(name)))
    if python3:
        (tools / "python3").write_text(python3)
        (tools / "python3").chmod(0o755)
    return {"PATH": str(tools), "MEGLER_PYTHON": ""}


def test_a_missing_python_is_told(checkout: Checkout) -> None:
    status, _, err = checkout.run(**only_sh(checkout))
    assert status == 2
    assert err.startswith("megler: Python 3.11 or newer was not found")
    assert err.count("\n") == 1


def test_a_python_that_is_too_old_is_told(checkout: Checkout) -> None:
    old = "#!/bin/sh\ncase $2 in *fcntl*) exit 1 ;; *) echo 3.9 ;; esac\n"
    status, _, err = checkout.run(**only_sh(checkout, old))
    assert status == 2
    assert err.startswith("megler: Python 3.9 is too old")


def test_a_named_python_that_is_none_is_told(checkout: Checkout) -> None:
    status, _, err = checkout.run(MEGLER_PYTHON="/bin/ls")
    assert status == 2
    assert err.startswith("megler: MEGLER_PYTHON names /bin/ls")


def test_the_script_is_plain_sh() -> None:
    subprocess.run([shutil.which("dash") or "sh", "-n", LAUNCHER], check=True)
    assert os.access(LAUNCHER, os.X_OK)
