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
from concurrent.futures import ThreadPoolExecutor
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

TEST_TOOLS = {"Xvfb": "xvfb", "pdftoppm": "poppler-utils"}
"""Program -> Debian's package; a test that finds none of them is skipped."""

FREE_BYTES_WANTED = 1_000_000_000

PIP_SAYS = (
    ("No space left", "The disk is full. Make 1 GB free, then run this again."),
    ("Errno 28", "The disk is full. Make 1 GB free, then run this again."),
    (
        "DO NOT MATCH THE HASHES",
        "A download is not the file that was locked. Nothing of it was installed. Run this again; if it "
        "happens again, tell whoever runs your network.",
    ),
    (
        "No matching distribution",
        "A library could not be found. Check that the network is up, then run this again. If it is up, this "
        "version of Python may be too new: caseapp is tried with Python 3.11.",
    ),
)
"""What pip writes -> what to do; the first that is found counts."""
PIP_SAYS_ELSE = (
    "A library could not be installed. Check the network, then run this again: it goes on where it stopped."
)


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
    except KeyboardInterrupt:
        print("Stopped. Run it again to go on.", file=sys.stderr)
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
        check_disk()
        make_environment()
        for old in VENV.glob(".installed-*"):
            old.unlink()
        install(name)
        stamp.write_text(wanted)
        if for_tests:
            (VENV / ".installed-runtime").write_text(fingerprint("runtime"))
    if sys.platform == "linux":
        check_libraries(for_display=has_display())
        if for_tests:
            offer_test_tools()


def fingerprint(name: str) -> str:
    """What the environment depends on, as one hash."""
    digest = hashlib.sha256(sys.version.encode())
    for file in (REQUIREMENTS / f"{name}.txt", ROOT / "pyproject.toml"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def check_disk() -> None:
    """Say before the download that there is no room for it."""
    if shutil.disk_usage(ROOT).free < FREE_BYTES_WANTED:
        raise Refused("The disk has less than 1 GB free. Make room, then run this again.")


def make_environment() -> None:
    """Make `.venv`; what is left of a broken one is put right in place."""
    if PYTHON.exists() and works([str(PYTHON), "-m", "pip", "--version"]):
        return
    print("Making .venv ...", file=sys.stderr)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if works(command):
        return
    if not os.access(ROOT, os.W_OK):
        raise Refused(f"This folder cannot be written to: {ROOT}. Copy the program to a folder of your own.")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    raise Refused(
        "Python's part for environments is missing. On Debian and Ubuntu run: "
        f"sudo apt-get install python{version}-venv. Then run this again."
    )


def install(name: str) -> None:
    """Install the pinned libraries by their hashes, then the program itself from this folder."""
    print("Installing the libraries (about 300 MB the first time) ...", file=sys.stderr)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pinned = [*pip, "--require-hashes", "-r", str(REQUIREMENTS / f"{name}.txt")]
    program = [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    for command in (pinned, program):
        ended = subprocess.run(command, cwd=ROOT, check=False, stderr=subprocess.PIPE, text=True)
        if ended.returncode:
            print("\n".join(line for line in ended.stderr.splitlines() if "ERROR" in line), file=sys.stderr)
            raise Refused(what_to_do(ended.stderr))
    compile_program()


def compile_program() -> None:
    """Compile our own modules once: each start would do it again where Python may not write beside them."""
    folders = [str(ROOT / name) for name in ("caseapp", "db")]
    subprocess.run([str(PYTHON), "-m", "compileall", "-q", *folders], cwd=ROOT, check=False)


def what_to_do(pip_wrote: str) -> str:
    """The sentence for what pip wrote as it failed."""
    return next((sentence for mark, sentence in PIP_SAYS if mark in pip_wrote), PIP_SAYS_ELSE)


def check_libraries(*, for_display: bool) -> None:
    """Look for the system libraries of Qt; install them as root on Debian, else name the line to type."""
    wanted = {**LIBRARIES, **(DISPLAY_LIBRARIES if for_display else {})}
    missing = missing_packages(wanted)
    if not missing or apt_install([debian for debian, _ in missing]):
        return
    raise Refused(line_to_type(missing))


def missing_packages(libraries: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Debian's and Fedora's packages of the libraries that do not load."""
    return [packages for library, packages in libraries.items() if not is_loadable(library)]


def line_to_type(missing: list[tuple[str, str]]) -> str:
    """The exact command that brings the missing libraries."""
    if shutil.which("dnf"):
        command = "dnf install " + " ".join(fedora for _, fedora in missing)
    else:
        command = "apt-get install " + " ".join(debian for debian, _ in missing)
    return f"The windows need libraries of the system. Run: sudo {command}. Then run this again."


def offer_test_tools() -> None:
    """As root on Debian, bring what lets every test run; elsewhere those tests are skipped."""
    tools = [package for program, package in TEST_TOOLS.items() if not shutil.which(program)]
    apt_install([*tools, *(debian for debian, _ in missing_packages(DISPLAY_LIBRARIES))])


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages where that is ours to do; whether it was done."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not packages or not is_root or not shutil.which("apt-get"):
        return False
    print(f"Installing system packages: {' '.join(packages)}", file=sys.stderr)
    works(["apt-get", "update", "-q"])
    return works(["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages])


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
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        return subprocess.run(command, capture_output=True, check=False, env=quiet).returncode == 0
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


CHECKS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "lint-imports": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
}
TYPES = ["-m", "mypy"]
"""Takes a minute of one core, so it runs beside the tests, which often wait for windows and disks."""
TESTS = ["-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal"]
"""Take longest, so that their closing line stands near the end."""


def run_tests() -> int:
    """Every check and every test; all of them run, and one that fails fails the whole."""
    compile_program()
    broken = [name for name, command in CHECKS.items() if not holds(name, command)]
    with ThreadPoolExecutor() as pool:
        types = pool.submit(holds_beside, "mypy", TYPES)
        broken += [] if holds("pytest", TESTS) else ["pytest"]
        broken += [] if types.result() else ["mypy"]
    for name in broken:
        print(f"--- {name} does not hold", file=sys.stderr, flush=True)
    return 1 if broken else 0


def holds(name: str, command: list[str]) -> bool:
    """Run one check, which writes as it goes."""
    print(f"--- {name}", file=sys.stderr, flush=True)
    return subprocess.run([str(PYTHON), *command], cwd=ROOT, check=False).returncode == 0


def holds_beside(name: str, command: list[str]) -> bool:
    """Run one check while others write, and tell in one piece what it wrote."""
    ended = subprocess.run([str(PYTHON), *command], cwd=ROOT, check=False, capture_output=True, text=True)
    print(f"\n--- {name}\n{ended.stdout}{ended.stderr}", file=sys.stderr, flush=True)
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
