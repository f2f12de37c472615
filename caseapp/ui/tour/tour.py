"""The program's own end-to-end test: real windows, real events, an assertion and a picture at each step."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseapp.services import creation, session
from caseapp.services.session import SignedIn
from caseapp.system import files, keys
from caseapp.ui.main_window import MainWindow
from caseapp.ui.theme import Look, load
from caseapp.ui.tour.hand import Failed, Hand
from caseapp.ui.tour.main_job import main_job

DeskWindow = Callable[[SignedIn, Look], MainWindow]
MakeSample = Callable[[Path], Path]


class Tour:
    """Walks the main job once for each theme."""

    def __init__(
        self,
        application: QApplication,
        folder: Path,
        themes: tuple[str, ...],
        *,
        desk_window: DeskWindow,
        make_sample: MakeSample,
        sign_in: tuple[str, str],
    ) -> None:
        self._application, self._folder, self._themes = application, folder, themes
        self._desk_window, self._make_sample, self._sign_in = desk_window, make_sample, sign_in
        self._steps: list[dict[str, Any]] = []
        self._longest = 0.0

    def run(self) -> dict[str, Any]:
        """Do every step; returns what `tour.json` holds."""
        files.private_folder(self._folder)
        self._application.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        ok = True
        for theme in self._themes:
            try:
                self._walk(theme)
            except Failed:
                ok = False
        report = {"steps": self._steps, "longest_block_ms": round(self._longest), "ok": ok}
        files.write_atomically(self._folder / "tour.json", json.dumps(report, indent=1).encode())
        return report

    def _walk(self, theme: str) -> None:
        look = Look(load(theme))
        look.apply(self._application)
        database = self._folder / f".tour-{theme}.caseapp"
        creation.forget(database)
        self._make_sample(database)
        login, password = self._sign_in
        signed_in = session.sign_in(database, login=login, password=password, cost=keys.LOWEST_COST)
        try:
            window = self._desk_window(signed_in, look)
            window.show()
            hand = Hand(window, self._folder, theme, self._steps)
            try:
                main_job(hand)
            except Failed as error:
                hand.write_down(f"failed: {error}", "failed", 0, 0, [])
                raise
            finally:
                self._longest = max(self._longest, hand.longest)
            window.close()
        finally:
            signed_in.close()
            creation.forget(database)
