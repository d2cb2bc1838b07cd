"""Print the path of a Chromium that runs; with ``--install``, get one if there is none.

The first that runs is taken, in this order: the one named in ``BIBFOLIO_CHROMIUM``, one on the
``PATH``, the one Playwright has downloaded. The path alone goes to standard output, everything
else to standard error, so that a shell can write ``path=$(python tools/find_chromium.py)``.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

VARIABLE = "BIBFOLIO_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome")

# Asked of a Python of its own: Playwright's synchronous interface refuses to start inside a running
# event loop, which is where a browser test would call `find` from.
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def say(message: str) -> None:
    """Write a line to standard error; standard output is for the path."""
    print(f"find_chromium: {message}", file=sys.stderr)


def succeeds(command: Sequence[str], environment: dict[str, str] | None = None) -> bool:
    """Run a command with its output on standard error; return whether it succeeded."""
    try:
        done = subprocess.run(command, stdout=sys.stderr, env=environment, check=False)
    except OSError as error:
        say(f"{command[0]}: {error.strerror}")
        return False
    return done.returncode == 0


def runs(path: str) -> bool:
    """Return whether this is a Chromium that starts, not a stub of the system."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def playwrights_own() -> str | None:
    """Return the path of Playwright's Chromium, downloaded or not; None without Playwright."""
    done = subprocess.run(
        [sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, encoding="utf-8", check=False
    )
    return done.stdout.strip() or None


def candidates() -> Iterator[str]:
    """Yield the places where a Chromium may be, those that are quick to check first."""
    for name in NAMES:
        if path := shutil.which(name):
            yield path
    if path := playwrights_own():
        yield path


def find() -> str | None:
    """Return the path of a Chromium that runs, or None.

    Raises:
        SystemExit: the Chromium that the user named does not run.
    """
    if named := os.environ.get(VARIABLE):
        if not (path := shutil.which(named)) or not runs(path):
            raise SystemExit(f"find_chromium: {VARIABLE} names {named!r}, which does not run")
        return path
    return next(filter(runs, candidates()), None)


def root_prefix() -> list[str] | None:
    """Return the words before a command that run it as root without a question, or None."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo") and succeeds(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def install_debian_package() -> bool:
    """Install Debian's ``chromium``; return whether that succeeded."""
    if not shutil.which("apt-get") or (prefix := root_prefix()) is None:
        return False
    say("none found; installing Debian's package: apt-get install chromium")
    # `env` on the command line, since sudo would drop the variable.
    apt_get = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return succeeds([*apt_get, "update"]) and succeeds([*apt_get, "install", "-y", "chromium"])


def install_playwrights_own() -> bool:
    """Let Playwright download its own Chromium; return whether that succeeded."""
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    say("none found; downloading Playwright's: python -m playwright install chromium")
    return succeeds(command)


def find_or_install() -> str | None:
    """Return the path of a Chromium that runs; install one if there is none."""
    if path := find():
        return path
    for install in (install_debian_package, install_playwrights_own):
        if install() and (path := find()):
            return path
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the path and return 0, or print what to do and return 1."""
    parser = argparse.ArgumentParser(description="Print the path of a Chromium that runs.")
    parser.add_argument("--install", action="store_true", help="get one if there is none")
    options = parser.parse_args(arguments)
    path = find_or_install() if options.install else find()
    if path is None:
        remedy = "install one" if options.install else "install one, run this with --install"
        say(f"no Chromium that runs; {remedy}, or name one in {VARIABLE}")
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
