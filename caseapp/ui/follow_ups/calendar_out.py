"""What leaves the calendar: the page of what it shows, and a file for another calendar."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton

from caseapp.domain.access import Right
from caseapp.ui import way_out
from caseapp.ui.screen import Screen
from caseapp.ui.widgets.basics import button

_EXPORTED = timedelta(days=92)
"""How far a calendar file reaches."""


class CalendarOut:
    """Two buttons with their menus; `sheet` gives the verb that makes the page of what is shown now."""

    def __init__(self, screen: Screen, sheet: Callable[[], Callable[[], bytes]]) -> None:
        self._screen, self._sheet = screen, sheet
        self.print_button = self._menu(
            "Print",
            "The follow-ups shown, for our own work (Ctrl+P)",
            ("Print", self.print_sheet),
            ("Save as PDF", self._ask_sheet),
        )
        self.file = self._menu(
            "Calendar file",
            "Your follow-ups for another calendar (iCalendar)",
            ("Without names", lambda: self._ask_file()),
            ("With names, where a consent names the recipient", self._ask_recipient),
        )
        if not screen.desk.may(Right.DISCLOSE):
            self.file.hide()

    def print_sheet(self) -> None:
        """Print what is shown, for staff alone."""
        screen, printer = self._screen, way_out.choose_printer(self._screen)
        if printer is not None:
            screen.ask(
                self._sheet(), lambda pdf: screen.tell_printed(way_out.paint(printer, pdf, screen), "")
            )

    def save_sheet(self, path: Path) -> None:
        """Write what is shown as a page."""
        screen = self._screen
        screen.ask(self._sheet(), lambda pdf: screen.save_and_tell(path, pdf, f"Saved {path.name}."))

    def save_file(self, path: Path, recipient: str = "") -> None:
        """Write the actor's follow-ups from today on, of three months."""
        screen, services = self._screen, self._screen.desk.services
        first = services.context.today()
        last, calendar = first + _EXPORTED, services.calendar
        who = "names where a consent allows it" if recipient else "no names"
        screen.ask(
            lambda: calendar.export(first=first, last=last, recipient=recipient),
            lambda content: screen.save_and_tell(path, content, f"Calendar file written, {who}."),
        )

    def _menu(self, words: str, hint: str, *choices: tuple[str, Callable[[], None]]) -> QPushButton:
        made = button(words, hint=hint)
        made.setProperty("opens", "menu")
        menu = QMenu(self._screen)
        for choice, do in choices:
            menu.addAction(choice, do)
        made.setMenu(menu)
        return made

    def _ask_sheet(self) -> None:
        path = way_out.ask_where(self._screen, "Save the follow-ups", "follow-ups.pdf", "PDF (*.pdf)")
        if path is not None:
            self.save_sheet(path)

    def _ask_recipient(self) -> None:
        words = "Who keeps the calendar, as consents name them:"
        recipient, is_given = QInputDialog.getText(self._screen, "Calendar with names", words)
        if is_given and recipient.strip():
            self._ask_file(recipient)

    def _ask_file(self, recipient: str = "") -> None:
        path = way_out.ask_where(self._screen, "Calendar file", "follow-ups.ics", "Calendar (*.ics)")
        if path is not None:
            self.save_file(path, recipient)
