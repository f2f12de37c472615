"""The watched folder in the desk: chosen in Setup, imported in the background, problems told on Today."""

import os
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from caseapp.services.watched_folder import WatchedFolderService
from caseapp.ui.imports.folder_watch import EVERY, RESTS
from caseapp.ui.setup.watch_section import WatchSection
from tests.builders import a_person, calls_of
from tests.services.exports import CERTAIN, Ticks
from tests.ui.driving import a_desk, click, settle, unnamed, words


@pytest.fixture
def clock():
    return Ticks()


@pytest.fixture
def desk(qtbot, admin, clock):
    service = WatchedFolderService(admin.context, admin.imports, clock)
    made = a_desk(qtbot, replace(admin, watched_folder=service))
    made.show_place("setup", "watch")
    settle(qtbot, made)
    yield made
    made.close()


def look(qtbot, desk, clock):
    for _turn in range(2):
        clock.at += 60
        desk.folder_watch.look()
        settle(qtbot, desk)


def test_a_folder_is_chosen_its_files_come_in_and_problems_are_told(qtbot, desk, admin, clock, tmp_path):
    section = desk.current.section
    assert isinstance(section, WatchSection) and unnamed(section) == []
    section.folder.setText(str(tmp_path / "nowhere"))
    click(qtbot, desk, "Save")
    assert "nowhere" in section.form.field("folder").accessibleDescription()
    folder = tmp_path / "drop"
    folder.mkdir()
    section.folder.setText(str(folder))
    click(qtbot, desk, "Save")
    (folder / "night.csv").write_text(CERTAIN)
    (folder / "odd.csv").write_text("A,B\nx,y\nz,w\n")
    os.utime(folder / "night.csv", (1, 1))
    look(qtbot, desk, clock)
    assert len(calls_of(admin)) == 2 and (folder / "imported" / "night.csv").exists()
    desk.show_place("today", None)
    settle(qtbot, desk)
    assert "Problems with files from dispatch" in words(desk.current)
    click(qtbot, desk, "Open problems with files from dispatch")
    section = desk.current.section
    files = {one.file: one.words for one in section.table.model.rows}
    assert set(files) == {"night.csv", "odd.csv"} and "rejected" in files["night.csv"]
    click(qtbot, desk, "Seen to")
    assert admin.watched_folder.watching().problems == ()


def test_a_folder_that_is_gone_is_told_once(qtbot, desk, admin, clock, tmp_path):
    folder = tmp_path / "drop"
    folder.mkdir()
    admin.watched_folder.choose(folder=str(folder))
    folder.rmdir()
    look(qtbot, desk, clock)
    look(qtbot, desk, clock)
    assert [one.file for one in admin.watched_folder.watching().problems] == [""]
    admin.watched_folder.choose(folder="")
    look(qtbot, desk, clock)
    assert admin.watched_folder.watching().folder == ""


def test_cancel_lets_the_folder_rest_for_an_hour(qtbot, desk, admin, clock, tmp_path):
    """It began again a quarter of a minute later, and nobody could keep it from that."""
    folder = tmp_path / "drop"
    folder.mkdir()
    admin.watched_folder.choose(folder=str(folder))
    (folder / "night.csv").write_text(CERTAIN)
    timer = desk.folder_watch.findChild(QTimer)
    desk.tasks.started.connect(desk.tasks.cancel)
    look(qtbot, desk, clock)
    assert timer.interval() == RESTS and "again in an hour" in desk.banner.words.text()
    assert calls_of(admin) == [] and (folder / "night.csv").exists()
    desk.tasks.started.disconnect(desk.tasks.cancel)
    look(qtbot, desk, clock)
    assert timer.interval() == EVERY and len(calls_of(admin)) == 2


def test_a_drive_that_does_not_answer_holds_up_neither_the_search_nor_the_end(
    qtbot, admin, tmp_path, monkeypatch
):
    """Both waited for as long as the drive did, and a locked desk stayed in memory."""
    admin.people.add(details=a_person("Ana", "Reyes"))
    drive, asked, answered = tmp_path / "drive", threading.Event(), threading.Event()
    drive.mkdir()
    admin.watched_folder.choose(folder=str(drive))
    is_there = Path.is_dir

    def hangs(path):
        if path == drive:
            asked.set()
            answered.wait(60)
        return is_there(path)

    monkeypatch.setattr(Path, "is_dir", hangs)
    desk = a_desk(qtbot, admin)
    desk.folder_watch.look()
    assert asked.wait(5)
    desk.search.start()
    qtbot.keyClicks(desk.search, "reyes")
    qtbot.waitUntil(lambda: desk.search.results is not None and desk.search.results.isVisible())
    at = time.monotonic()
    desk.close()
    assert time.monotonic() - at < 5
    answered.set()
    qtbot.waitUntil(lambda: desk.tasks.is_over, timeout=5000)
