"""Where things lie on this machine, the same from a checkout, an installation and a one-folder build."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path, PurePath

from platformdirs import PlatformDirs

from caseapp.domain.errors import CaseAppError

_DIRS = PlatformDirs("caseapp", appauthor=False)

_SYNCED_NAMES = {
    "Dropbox": r"dropbox( \(.*\))?",
    "OneDrive": r"onedrive( - .*)?",
    "Google Drive": r"google ?drive.*|my drive|drivefs",
    "iCloud Drive": r"icloud ?drive|mobile documents|com~apple~clouddocs",
    "a cloud service": r"cloudstorage|pcloud ?drive|megasync|box sync|creative cloud files",
    "Nextcloud": r"nextcloud.*|owncloud.*",
}
"""How the services call their folders, wherever they lie."""

_SYNCED_MARKS = {
    "Dropbox": (".dropbox", ".dropbox.cache"),
    "Nextcloud": (".owncloudsync.log", ".sync_*.db", "._sync_*.db"),
    "Syncthing": (".stfolder",),
}
"""What the services leave in the folders that they look after."""

_SYNCED_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_NETWORK_KINDS = re.compile(
    r"nfs\d?|cifs|smb.*|afp.*|ncp.*|davfs|webdav|9p|ceph|glusterfs|afs|vboxsf|fuse\..*"
)
_WINDOWS_REMOTE = 4


class SyncedFolder(CaseAppError):
    """A service copies the files of this folder while they are open, which tears a database."""

    code = "place.synced"


class NetworkFolder(CaseAppError):
    """The folder is on another machine, where locks and flushes are not kept."""

    code = "place.network"


@cache
def _root() -> Path:
    bundled = getattr(sys, "_MEIPASS", None)
    return Path(bundled) if bundled else Path(__file__).resolve().parents[2]


def resource(*parts: str) -> Path:
    """A file of the `resources` folder."""
    return _root().joinpath("resources", *parts)


def database_assets(*parts: str) -> Path:
    """A file of the `db` folder: migrations, seed lists."""
    return _root().joinpath("db", *parts)


def data_folder() -> Path:
    """Where a new database goes unless the user says otherwise; on Windows never a roaming profile."""
    return Path(_DIRS.user_data_dir)


def state_folder() -> Path:
    """Window state, logs and other things that can be lost without harm."""
    return Path(_DIRS.user_state_dir)


def check_place(database: Path) -> None:
    """Raise SyncedFolder or NetworkFolder where a database would be torn (trust requirement R5)."""
    folder = database.resolve().parent
    service = synced_by(folder, os.environ)
    better = str(data_folder())
    if service:
        raise SyncedFolder(folder=folder.name, service=service, better=better)
    if _is_remote_drive(folder) or is_network(folder, _mounts()):
        raise NetworkFolder(folder=folder.name, better=better)


def synced_by(folder: Path, environment: Mapping[str, str]) -> str:
    """The service that synchronises a folder, by names, marks and variables; empty where none is seen."""
    for one in (folder, *folder.parents):
        for service, name in _SYNCED_NAMES.items():
            if re.fullmatch(name, one.name.casefold()):
                return service
        for service, marks in _SYNCED_MARKS.items():
            if any(next(one.glob(mark), None) for mark in marks):
                return service
    roots = [Path(environment[name]) for name in _SYNCED_VARIABLES if environment.get(name)]
    return "OneDrive" if any(folder.is_relative_to(root) for root in roots) else ""


def is_network(folder: PurePath, mounts: Iterable[tuple[str, str]]) -> bool:
    """Whether the innermost mount (its point and kind) that holds a folder is of another machine."""
    if folder.drive.startswith(("\\\\", "//")):
        return True
    holding = [(len(point), kind) for point, kind in mounts if folder.is_relative_to(point)]
    return bool(holding) and _NETWORK_KINDS.fullmatch(max(holding)[1].casefold()) is not None


def _mounts() -> list[tuple[str, str]]:
    """Mount points and kinds of file system; where they cannot be asked for, none."""
    try:
        if sys.platform == "linux":
            return [_mount(line) for line in Path("/proc/self/mountinfo").read_text().splitlines()]
        if sys.platform == "darwin":
            listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False)
            return re.findall(r"^.+? on (.+) \((\w+)", listed.stdout, re.MULTILINE)
    except (OSError, ValueError, IndexError, subprocess.SubprocessError):
        pass
    return []


def _mount(line: str) -> tuple[str, str]:
    """One line of Linux's list; blanks in a name are written as \\040."""
    before, _dash, after = line.partition(" - ")
    point = before.split(" ")[4].encode().decode("unicode_escape")
    return point, after.split(" ")[0]


def _is_remote_drive(folder: Path) -> bool:
    """Whether a letter of Windows stands for a share."""
    if sys.platform != "win32":
        return False
    import ctypes

    found: int = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)
    return found == _WINDOWS_REMOTE
