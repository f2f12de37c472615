"""Puts the program together: the only module that sees every layer.

Steps: the gate's window asks for a sign-in and starts a process of its own for the data (`run_gate`); that
process opens the file (`services.session`), builds the services on it (`services.desk`), hands them to the
window (`ui.main_window` with the screens of `ui.places`) and ends when the desk is locked
(`run_desk_process`). The sample agency and the tour are made here too, from the same parts.
"""

import json
import locale
import os
import sys
import threading
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from caseapp.services import creation, session
from caseapp.services.context import utc_now
from caseapp.services.desk import build_services
from caseapp.services.session import SignedIn
from caseapp.system import files, hardening, keys, logs, paths
from caseapp.ui.errors import sentence
from caseapp.ui.main_window import MainWindow
from caseapp.ui.places import PLACES
from caseapp.ui.theme import Look, load
from caseapp.ui.window_state import WindowState
from db.demo import agency as sample

LOCK_PATIENCE = 2.0
"""Seconds after which a lock ends the process even where a dialog holds it."""

SAMPLE_LASTS = timedelta(days=7)

SAMPLE_HINT = f"Sign in as {sample.MAIN_LOGIN} with the password “{sample.PASSWORD}”."


def has_display() -> bool:
    """Whether a window can be shown here."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def make_sample(path: Path | None, *, people: int = 200, seed: int = 7, fresh: bool = False) -> Path:
    """Make the sample agency; without a file, the one in the data folder, kept while its days still fit.

    What is due is planned around the day of its making, so one older than a week is made anew.
    """
    if path is None:
        size = "" if (people, seed) == (200, 7) else f"-{people}-{seed}"
        path = files.private_folder(paths.data_folder()) / f"sample{size}.caseapp"
        _keep_or_make(path, people=people, seed=seed, fresh=fresh)
    else:
        sample.make(path, people=people, seed=seed, now=utc_now())
    return path


def _keep_or_make(path: Path, *, people: int, seed: int, fresh: bool) -> None:
    if fresh or not _is_recent(path):
        creation.forget(path)
        sample.make(path, people=people, seed=seed, now=utc_now())


def _is_recent(path: Path) -> bool:
    """Whether a sample is there whole: its key file is written at its making, and by new passwords only."""
    try:
        age = utc_now().timestamp() - keys.key_file(path).stat().st_mtime
    except OSError:
        return False
    return path.is_file() and 0 <= age < SAMPLE_LASTS.total_seconds()


def last_database() -> Path | None:
    """The database that was opened last on this machine, if it is still there."""
    try:
        path = Path((paths.state_folder() / "last-database").read_text(encoding="utf-8").strip())
    except OSError:
        return None
    return path if path.is_file() else None


def run_gate(*, database: Path | None, sample_is_open: bool = False) -> int:
    """Show the window at the gate; the desk runs in a process of its own."""
    from caseapp.ui.gate.window import GateWindow

    application = _application()
    gate = GateWindow(
        Look(load("light")),
        database=database,
        hint=SAMPLE_HINT if sample_is_open else "",
        make_sample=lambda path: _sample_hint(path),
    )
    gate.show()
    if sample_is_open:
        gate.sign_in(sample.MAIN_LOGIN, sample.PASSWORD)
    return application.exec()


def run_desk_process(database: Path) -> int:
    """Hold the data of one sign-in: read it from standard input, show the desk, end with a lock."""
    application = _application()
    line = sys.stdin.readline()
    if not line:
        return 0
    try:
        signed_in = _enter(database, **json.loads(line))
    except Exception as error:
        logs.start(paths.state_folder())
        _tell("refused", sentence(error))
        return 0
    _remember(database)
    window = desk_window(signed_in, _remembered_look(signed_in, application))

    locking = threading.Timer(LOCK_PATIENCE, os._exit, (0,))
    window.lock_requested.connect(partial(_lock, window, application, locking))
    window.fit_within(window.screen().availableSize())
    window.show()
    _tell("open")
    application.exec()
    locking.cancel()
    signed_in.close()
    if not window.tasks.is_over:
        os._exit(0)  # Python would wait for a thread that waits for a drive, with all that was read in memory
    return 0


def _lock(window: MainWindow, application: QApplication, at_the_latest: threading.Timer) -> None:
    """Keep what was typed, then end, whatever dialogs are open; one of the system's own may not let go."""
    window.close()
    _tell("locked")
    at_the_latest.daemon = True
    at_the_latest.start()
    application.exit(0)


def _enter(database: Path, *, login: str, password: str, recovery: str = "") -> SignedIn:
    """Sign in; with the printed key, the password is first made that of the login."""
    if recovery:
        session.reset_by_recovery(
            database, printed=recovery, login=login, password=password, progress=_tell_progress
        )
    return session.sign_in(database, login=login, password=password, progress=_tell_progress)


def desk_window(signed_in: SignedIn, look: Look) -> MainWindow:
    """The desk of whoever signed in."""
    return MainWindow(
        build_services(signed_in),
        look,
        PLACES,
        database=signed_in.context.database.path.name,
        agency=signed_in.agency.name,
    )


def run_tour(folder: Path, *, themes: tuple[str, ...], people: int = 200, seed: int = 7) -> dict[str, Any]:
    """Drive the real windows through the main job on a new sample agency and write what was seen."""
    from caseapp.ui.tour.tour import Tour

    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = _application()
    sign_in = (sample.MAIN_LOGIN, sample.PASSWORD)
    tour = Tour(
        application,
        folder,
        themes,
        desk_window=desk_window,
        make_sample=partial(make_sample, people=people, seed=seed),
        sign_in=sign_in,
    )
    return tour.run()


def _application() -> QApplication:
    hardening.keep_constants()
    application = QApplication.instance() or QApplication(["caseapp"])
    assert isinstance(application, QApplication)  # noqa: S101
    application.setApplicationName("caseapp")
    # Qt takes the machine's locale up for the whole process; papers and files keep their months and points.
    for kind in (locale.LC_NUMERIC, locale.LC_TIME):
        locale.setlocale(kind, "C")
    Look(load("light")).apply(application)
    return application


def _remembered_look(signed_in: SignedIn, application: QApplication) -> Look:
    """The theme, text size and columns that this member of staff left on this machine."""
    folder = files.private_folder(paths.state_folder())
    look = Look.remembered(WindowState(folder / f"window-{signed_in.context.actor.staff_id}.ini"))
    look.apply(application)
    return look


def _sample_hint(path: Path) -> str:
    _keep_or_make(path, people=200, seed=7, fresh=False)
    return SAMPLE_HINT


def _remember(database: Path) -> None:
    folder = files.private_folder(paths.state_folder())
    files.write_atomically(folder / "last-database", str(database.resolve()).encode())


def _tell_progress(words: str, done: int, total: int) -> bool:
    _tell("progress", words, done=done, total=total)
    return True


def _tell(state: str, words: str = "", **more: int) -> None:
    print(json.dumps({"state": state, "words": words, **more}), flush=True)  # noqa: T201
