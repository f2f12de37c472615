"""The program's own end-to-end test: real windows, real events, an assertion and a picture at each step."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from caseapp.services import session
from caseapp.services.session import SignedIn
from caseapp.system import files, keys
from caseapp.ui.calls.list_screen import CallsScreen
from caseapp.ui.handoff.screen import HandoffScreen
from caseapp.ui.imports.screen import ImportScreen
from caseapp.ui.main_window import MainWindow
from caseapp.ui.people.consent_screen import ConsentScreen
from caseapp.ui.people.person_screen import PersonScreen
from caseapp.ui.referrals.new_screen import NewReferralScreen
from caseapp.ui.referrals.referral_screen import ReferralScreen
from caseapp.ui.screen import Screen
from caseapp.ui.theme import Look, load
from caseapp.ui.today.screen import TodayScreen
from caseapp.ui.tour.review import Hand, review

PATIENCE = 30.0
"""Seconds a step may wait for the background before the tour says that it failed."""

EXPORT = (
    "Incident Number,Call Received,Call Type,Address,Disposition,Unit,Subject Name,Subject DOB\r\n"
    '26-900001,{day} 21:40,Welfare check,"Oak St, 1400 block",Assisted,A1,{name},{born}\r\n'
    "26-900002,{day} 22:15,Trespass,Station Plaza,Assisted,CR1,,\r\n"
    "26-900002,{day} 22:15,Trespass,Station Plaza,Assisted,P31,,\r\n"
    '26-900003,{day} 23:05,Suicidal thoughts,"Birch Ave, 200 block",Transported,M1,,\r\n'
    ",{day} 23:30,Noise,Mill St underpass,Report,P12,,\r\n"
)
"""An export in the shape of a dispatch centre's: five rows, three calls, one row without a number."""

ScreenT = TypeVar("ScreenT", bound=Screen)
DeskWindow = Callable[[SignedIn, Look], MainWindow]
MakeSample = Callable[[Path], Path]


class Failed(Exception):
    """A step did not show what it should."""


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
        self._number = 0
        self._theme = ""

    def run(self) -> dict[str, Any]:
        """Do every step; returns what `tour.json` holds."""
        files.private_folder(self._folder)
        ok = True
        for theme in self._themes:
            try:
                self._walk(theme)
            except Failed as error:
                ok = False
                self._steps.append(
                    {"name": f"failed: {error}", "milliseconds": 0, "asserted": [], "picture": None}
                )
        report = {"steps": self._steps, "longest_block_ms": round(self._longest), "ok": ok}
        files.write_atomically(self._folder / "tour.json", json.dumps(report, indent=1).encode())
        return report

    def _walk(self, theme: str) -> None:
        self._theme = theme
        look = Look(load(theme))
        look.apply(self._application)
        database = self._folder / f".tour-{theme}.caseapp"
        session.forget(database)
        self._make_sample(database)
        login, password = self._sign_in
        signed_in = session.sign_in(database, login=login, password=password, cost=keys.LOWEST_COST)
        try:
            window = self._desk_window(signed_in, look)
            window.show()
            self._job(window)
            window.close()
        finally:
            signed_in.close()
            session.forget(database)

    def _job(self, window: MainWindow) -> None:
        with self._step(window, "today") as asserted:
            today = self._screen(window, TodayScreen)
            self._until(lambda: bool(today.table.model.rows), "nothing is due in the sample")
            asserted.append(f"{len(today.table.model.rows)} follow-ups due")
        person_name = self._import(window)
        self._recognise(window, person_name)
        person = self._log_contact(window)
        self._schedule(window, person)
        referral = self._refer(window, person)
        self._print(window, referral)
        review(Hand(self._step, self._until, self._button, self._click, self._check), window)
        for name in ("people", "cases", "follow-ups", "referrals", "directory", "setup"):
            with self._step(window, name) as asserted:
                window.show_place(name, None)
                self._settle(window)
                asserted.append("the screen has its rows")

    def _import(self, window: MainWindow) -> str:
        services = window.desk.services
        known = next(
            one
            for one in services.people.recent(limit=300)
            if one.details.names
            and one.details.birth
            and one.details.birth.precision.value == "day"
            and one.display_name.isascii()
            and not one.details.is_restricted
            and len(one.details.names) == 1
        )
        now = window.desk.local(services.context.now())
        day = f"{now.year}-{now.month:02d}-{now.day:02d}"
        assert known.details.birth is not None  # noqa: S101
        export = self._folder / ".export.csv"
        content = EXPORT.format(
            day=day, name=known.display_name, born=known.details.birth.on.isoformat()
        ).replace(f"{day} 2", f"{day} 0")
        export.write_bytes(content.encode())
        with self._step(window, "import, dry run") as asserted:
            window.show_place("imports", None)
            screen = self._screen(window, ImportScreen)
            screen.read_file(export)
            self._until(lambda: screen.summary is not None, "the file was not understood")
            assert screen.summary is not None  # noqa: S101
            self._check(screen.summary.new == 3, "three calls are new", asserted)
            self._check(screen.summary.rows_rejected == 1, "one row is rejected with its reason", asserted)
        with self._step(window, "import, done") as asserted:
            self._click(screen.go)
            self._until(lambda: bool(screen.batches.model.rows), "the import is not listed")
            self._check(
                screen.batches.model.rows[0].counts["new"] == 3, "the batch counts three new calls", asserted
            )
        export.unlink()
        return known.display_name

    def _recognise(self, window: MainWindow, name: str) -> None:
        with self._step(window, "recognise a person") as asserted:
            window.show_place("calls", None)
            screen = self._screen(window, CallsScreen)
            self._until(
                lambda: any(one.number == "26-900001" for one in screen.table.model.rows),
                "the call is not listed",
            )
            call = next(one for one in screen.table.model.rows if one.number == "26-900001")
            window.show_place("calls", call.id)
            use = self._button(window, f"Use {name}")
            asserted.append("the known person is offered, with reasons")
        with self._step(window, "linked") as asserted:
            self._click(use)
            self._until(
                lambda: (
                    screen.bench is not None
                    and screen.bench.call.id == call.id
                    and any(met.encounter.person_id for met in screen.bench.people)
                ),
                "the link was not made",
            )
            asserted.append("the call belongs to the person")

    def _log_contact(self, window: MainWindow) -> PersonScreen:
        with self._step(window, "person") as asserted:
            bench = self._screen(window, CallsScreen).bench
            assert bench is not None  # noqa: S101
            person_id = next(met.encounter.person_id for met in bench.people if met.encounter.person_id)
            window.show_place("person", person_id)
            person = self._screen(window, PersonScreen)
            self._until(
                lambda: person.record is not None and person.record.person.id == person_id,
                "the record did not open",
            )
            self._settle(window)
            assert person.record is not None  # noqa: S101
            self._check(
                any("26-900001" in one.title for one in person.record.timeline),
                "the call stands in the timeline",
                asserted,
            )
        with self._step(window, "log contact") as asserted:
            QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
            person.desk.log_contact(person_id)
            form = window.contact_form
            self._until(
                lambda: (
                    form.isVisible()
                    and person.record is not None
                    and person.record.person.display_name in form.heading.text()
                ),
                "the form did not open",
            )
            QTest.keyClicks(form.outcome, "1")
            note = form.findChildren(QPlainTextEdit)[0]
            note.setPlainText("Met at the plaza. Wants a bed where the dog can stay.")
            QTest.keyClicks(form.next_when, "tomorrow 10")
            self._check(form.read_as.text() != "", "the shorthand is read", asserted)
        with self._step(window, "contact saved") as asserted:
            before = len(person.record.timeline)
            self._click(form.save)
            self._until(
                lambda: person.record is not None and len(person.record.timeline) > before,
                "the contact is not in the timeline",
            )
            asserted.append("the contact and its next step stand in the timeline")
        return person

    def _schedule(self, window: MainWindow, person: PersonScreen) -> None:
        with self._step(window, "schedule") as asserted:
            assert person.record is not None  # noqa: S101
            before = len(person.record.follow_ups)
            person_id = person.record.person.id
            window.show_place("schedule", person_id)
            self._type(window, "What", "Ride to intake")
            self._type(window, "When", "+3d")
            self._click(self._button(window, "Save"))
            self._until(
                lambda: (
                    window.current is person
                    and person.record is not None
                    and len(person.record.follow_ups) > before
                ),
                "no follow-up was planned",
            )
            asserted.append("the follow-up is planned")

    def _refer(self, window: MainWindow, person: PersonScreen) -> ReferralScreen:
        with self._step(window, "refer") as asserted:
            assert person.record is not None  # noqa: S101
            window.show_place("new-referral", person.record.person.id)
            screen = self._screen(window, NewReferralScreen)
            self._settle(window)
            QTest.keyClicks(screen.questions.words, "harbor")
            self._until(lambda: 0 < len(screen.table.model.rows) < 20, "no service was found")
            screen.table.view.setFocus()
            screen.table.view.selectRow(0)
            QTest.keyClick(screen.table.view, Qt.Key.Key_Return)
            QTest.keyClicks(screen.need, "a bed in detox")
            screen.substance.setChecked(True)
            self._check("Harbor" in screen.place.text(), "the service is chosen from the directory", asserted)
        with self._step(window, "referral") as asserted:
            self._click(screen.save)
            self._until(
                lambda: isinstance(window.current, ReferralScreen) and window.current.referral is not None,
                "no referral was offered",
            )
            referral = self._screen(window, ReferralScreen)
            asserted.append("the referral is offered and has a reply code")
            for count in (2, 3):
                self._click(referral.save)
                self._until(lambda: _steps(referral) == count, "the step was not taken")  # noqa: B023
            asserted.append("the person accepted and it was sent")
        return referral

    def _print(self, window: MainWindow, referral: ReferralScreen) -> None:
        with self._step(window, "handoff, no consent") as asserted:
            assert referral.referral is not None  # noqa: S101
            window.show_place("handoff", referral.referral.id)
            screen = self._screen(window, HandoffScreen)
            self._until(lambda: screen.preview is not None, "the preview was not made")
            self._settle(window)
            self._check(not screen.print_button.isEnabled(), "nothing leaves without a consent", asserted)
        with self._step(window, "consent") as asserted:
            person_id = referral.referral.person_id
            window.show_place("new-consent", person_id)
            self._settle(window)
            self._type(window, "Who may receive it (commas between)", screen.recipient.text())
            consent = self._screen(window, ConsentScreen)
            consent.kind.setCurrentIndex(1)
            consent.revoke.setChecked(True)
            for box in consent.kinds.values():
                box.setChecked(True)
            asserted.append("every element is filled in")
        with self._step(window, "handoff") as asserted:
            self._click(self._button(window, "Save consent"))
            self._until(lambda: isinstance(window.current, PersonScreen), "the consent was not recorded")
            window.show_place("handoff", referral.referral.id)
            self._until(
                lambda: screen.preview is not None and screen.preview.ruling.may_leave,
                "the consent is not seen",
            )
            self._settle(window)
            target = self._folder / f"handoff-{self._theme}.pdf"
            target.unlink(missing_ok=True)
            screen.save_to(target)
            self._until(target.is_file, "the handoff was not written")
            self._check(target.read_bytes().startswith(b"%PDF"), "the handoff is a PDF", asserted)
            person = window.desk.services.people.open(person_id=person_id)
            self._check(
                any(one.title.startswith("Warm handoff") for one in person.timeline),
                "the disclosure is recorded",
                asserted,
            )

    @contextmanager
    def _step(self, window: MainWindow, name: str) -> Iterator[list[str]]:
        asserted: list[str] = []
        start = time.perf_counter()
        yield asserted
        elapsed = time.perf_counter() - start
        self._settle(window)
        self._number += 1
        picture = f"{self._number:02d}-{name.replace(', ', '-').replace(' ', '-')}-{self._theme}.png"
        window.grab().save(str(self._folder / picture))
        self._steps.append(
            {
                "name": name,
                "theme": self._theme,
                "milliseconds": round(elapsed * 1000),
                "asserted": asserted,
                "picture": picture,
            }
        )

    def _until(self, holds: Callable[[], bool], otherwise: str) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            self._turn()
            if time.monotonic() > end:
                raise Failed(otherwise)

    def _settle(self, window: MainWindow) -> None:
        self._turn()
        self._until(lambda: window.tasks.is_idle, "the background did not come to rest")
        for _count in range(3):
            self._turn()

    def _turn(self) -> None:
        start = time.perf_counter()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._longest = max(self._longest, (time.perf_counter() - start) * 1000)
        QTest.qWait(5)

    def _screen(self, window: MainWindow, kind: type[ScreenT]) -> ScreenT:
        shown = window.current
        if not isinstance(shown, kind):
            raise Failed(f"the screen {kind.__name__} is not shown")
        return shown

    def _button(self, window: QWidget, name: str) -> QPushButton:
        found: list[QPushButton] = []

        def is_there() -> bool:
            found[:] = [
                one
                for one in window.findChildren(QPushButton)
                if one.accessibleName() == name and one.isVisible()
            ]
            return bool(found)

        self._until(is_there, f"there is no button “{name}”")
        return found[0]

    def _type(self, window: MainWindow, name: str, text: str) -> None:
        field = next(
            (one for one in window.current.findChildren(QLineEdit) if one.accessibleName() == name), None
        )
        if field is None:
            raise Failed(f"there is no field “{name}”")
        field.setFocus()
        QTest.keyClicks(field, text)

    def _click(self, made: QPushButton) -> None:
        if not made.isEnabled():
            raise Failed(f"the button “{made.accessibleName()}” is off")
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)

    def _check(self, holds: bool, words: str, asserted: list[str]) -> None:
        if not holds:
            raise Failed(f"not so: {words}")
        asserted.append(words)


def _steps(screen: ReferralScreen) -> int:
    return len(screen.referral.steps) if screen.referral else 0
