"""Sets the program up on a new machine and opens it: `python3 installer/start.py [setup | test]`.

Standard library only. It makes `.venv` in the checkout, installs the hash-pinned dependencies and the
program, checks what Qt needs of the system, and opens the sample agency. A stamp in `.venv` says what was
installed, so that a second run starts at once; an interrupted one is repaired by the next.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
REQUIREMENTS = ROOT / "installer" / "requirements"

LIBRARIES = {
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libEGL.so.1": ("libegl1", "mesa-libEGL"),
    "libGL.so.1": ("libgl1", "mesa-libGL"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
}
DISPLAY_LIBRARIES = {
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
"""Shared library -> Debian's and Fedora's package, found by adding until Qt ran on a bare system."""


def main() -> int:
    """Do what the one argument says."""
    wish = sys.argv[1] if len(sys.argv) > 1 else "open"
    if wish not in ("open", "setup", "test"):
        print("Usage: python3 installer/start.py [setup | test]", file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):
        print("caseapp needs Python 3.11 or later. Install it, then run this again.", file=sys.stderr)
        return 2
    try:
        set_up(for_tests=wish == "test")
    except Refused as error:
        print(error, file=sys.stderr)
        return 2
    if wish == "setup":
        print(f"Ready: {BIN.relative_to(ROOT) / 'caseapp'}")
        return 0
    return run_tests() if wish == "test" else open_sample()


class Refused(Exception):
    """Something of this machine is missing; the text says what to do."""


def set_up(*, for_tests: bool) -> None:
    """Make the environment and install what is not yet there."""
    name = "development" if for_tests else "runtime"
    stamp, wanted = VENV / f".installed-{name}", fingerprint(name)
    if not (stamp.is_file() and stamp.read_text() == wanted and PYTHON.exists()):
        make_environment()
        install(name)
        stamp.write_text(wanted)
        if for_tests:
            (VENV / ".installed-runtime").write_text(fingerprint("runtime"))
    if sys.platform == "linux":
        check_libraries(for_display=bool(os.environ.get("DISPLAY")))


def fingerprint(name: str) -> str:
    """What the environment depends on, as one hash."""
    digest = hashlib.sha256(sys.version.encode())
    for file in (REQUIREMENTS / f"{name}.txt", ROOT / "pyproject.toml"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    """Make `.venv`; what is left of a broken one is put right in place."""
    if PYTHON.exists() and works([str(PYTHON), "-m", "pip", "--version"]):
        return
    print("Making .venv ...", file=sys.stderr)
    try:
        venv.EnvBuilder(with_pip=True, clear=VENV.exists()).create(VENV)
    except (OSError, subprocess.CalledProcessError):
        raise Refused(
            "The environment could not be made. Check that the disk has 1 GB free; "
            "on Debian and Ubuntu also run: apt-get install python3-venv"
        ) from None


def install(name: str) -> None:
    """Install the pinned libraries by their hashes, then the program itself from this folder."""
    print("Installing the libraries ...", file=sys.stderr)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pinned = [*pip, "--require-hashes", "-r", str(REQUIREMENTS / f"{name}.txt")]
    program = [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    for command in (pinned, program):
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            raise Refused(
                "A library could not be installed. Check the network and that the disk has 1 GB free, "
                "then run this again: it goes on where it stopped."
            )


def check_libraries(*, for_display: bool) -> None:
    """Look for the system libraries of Qt; install them as root on Debian, else name the line to type."""
    wanted = {**LIBRARIES, **(DISPLAY_LIBRARIES if for_display else {})}
    missing = [packages for library, packages in wanted.items() if not is_loadable(library)]
    if not missing:
        return
    debian = " ".join(packages[0] for packages in missing)
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"Installing system libraries: {debian}", file=sys.stderr)
        works(["apt-get", "update", "-q"])
        if works(["apt-get", "install", "-y", "-q", "--no-install-recommends", *debian.split()]):
            return
    if shutil.which("dnf"):
        raise Refused(f"Qt needs: sudo dnf install {' '.join(packages[1] for packages in missing)}")
    raise Refused(f"Qt needs: sudo apt-get install {debian}")


def is_loadable(library: str) -> bool:
    """Whether the system finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def works(command: list[str]) -> bool:
    """Run quietly; whether it ended well."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def has_display() -> bool:
    """Whether a window can be shown."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_sample() -> int:
    """The desk on the sample agency; without a display the tour, into `demo`."""
    if has_display():
        return subprocess.run([str(PYTHON), "-m", "caseapp", "demo"], cwd=ROOT, check=False).returncode
    print("There is no display here, so the tour runs instead.", file=sys.stderr)
    status = subprocess.run([str(PYTHON), "-m", "caseapp", "tour", "demo"], cwd=ROOT, check=False).returncode
    for made in sorted((ROOT / "demo").glob("[!.]*")):
        print(made.relative_to(ROOT))
    return status


def run_tests() -> int:
    """Every check and every test; all of them run, and one that fails fails the whole."""
    if sys.platform == "linux" and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        tools = [
            name
            for name, program in (("xvfb", "Xvfb"), ("poppler-utils", "pdftoppm"))
            if not shutil.which(program)
        ]
        if tools:
            works(["apt-get", "update", "-q"])
            works(["apt-get", "install", "-y", "-q", "--no-install-recommends", *tools])
    commands = (
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        ["-m", "pytest", "-q"],
    )
    statuses = [
        subprocess.run([str(PYTHON), *command], cwd=ROOT, check=False).returncode for command in commands
    ]
    return 1 if any(statuses) else 0


if __name__ == "__main__":
    sys.exit(main())
