"""What is asked of the directory: words, need, place, language, when it is open, and whom it is for."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from caseapp.domain.directory_finder import Wanted
from caseapp.domain.eligibility import Traits
from caseapp.domain.schedules import read_moment
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import button, chip, cut, row
from caseapp.ui.widgets.flow import FlowLayout
from caseapp.ui.widgets.options import offer


class Questions(QWidget):
    """The fields; whoever holds them searches when they change.

    Signals:
        changed: something else is asked now.
    """

    changed = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._person: tuple[str, Traits] | None = None
        self._build(screen.desk)
        self._connect()

    def about(self, person_id: UUID | None) -> None:
        """Ask for this person; None asks for nobody."""
        directory = self._screen.desk.services.directory
        self._person = None
        self._show_person()
        if person_id is None:
            return
        self._screen.ask(lambda: directory.traits(person_id=person_id), self._on_person, key="traits")

    def load(self) -> None:
        """Fill the choices of places and languages."""
        self._screen.ask(self._screen.desk.services.directory.choices, self._on_choices, key="choices")

    def wanted(self) -> Wanted | None:
        """What is asked; None where the time cannot be read."""
        now = self._screen.desk.local(self._screen.desk.services.context.now())
        text = self.open_at.text().strip()
        moment = read_moment(text, now=now) if text else None
        self.open_at.setProperty("wrong", "true" if text and moment is None else "false")
        self.open_at.style().polish(self.open_at)
        if text and moment is None:
            return None
        return Wanted(
            words=self.words.text(),
            category=self.category.currentData() or "",
            city=self.city.currentData() or "",
            language=self.language.currentData() or "",
            person=self._person[1] if self._person else None,
            open_at=moment,
            only_with_room=self.with_room.isChecked(),
            only_eligible=self.eligible.isChecked() and self._person is not None,
            only_to_confirm=self.to_confirm.isChecked(),
        )

    def _build(self, desk: Desk) -> None:
        self.words = QLineEdit()
        self.words.setPlaceholderText("Find by need, name or place")
        self.words.setAccessibleName("Find services")
        self.words.setClearButtonEnabled(True)
        self.category = _choice("Need", "Any need", desk.lists.codes("service_category"))
        self.city = _choice("Place", "Any place", [])
        self.language = _choice("Language", "Any language", [])
        self.open_at = QLineEdit()
        self.open_at.setPlaceholderText("Open: now, saturday 9 ...")
        self.open_at.setAccessibleName("Open at, for example now or saturday 9")
        self.open_at.setFixedWidth(desk.look.pixels(190))
        self.with_room = QCheckBox("With room")
        self.eligible = QCheckBox("Only what fits")
        self.to_confirm = QCheckBox("To confirm")
        self.person = chip("", "accent")
        self.nobody = button("For anybody", lambda: self.about(None), look="plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(row(self.words, self.category))
        more = QWidget()
        flow = FlowLayout(more)
        for field in (self.city, self.language, self.open_at, self.with_room, self.to_confirm):
            flow.addWidget(field)
        column.addWidget(more)
        self.person_line = row(self.person, self.eligible, self.nobody, None)
        column.addWidget(self.person_line)
        self._show_person()

    def _connect(self) -> None:
        for field in (self.words, self.open_at):
            field.textChanged.connect(lambda _text: self.changed.emit())
        for choice in (self.category, self.city, self.language):
            choice.currentIndexChanged.connect(lambda _place: self.changed.emit())
        for box in (self.with_room, self.eligible, self.to_confirm):
            box.toggled.connect(lambda _on: self.changed.emit())

    def _on_person(self, found: tuple[str, Traits]) -> None:
        self._person = found
        self._show_person()

    def _show_person(self) -> None:
        self.person_line.setVisible(self._person is not None)
        self.person.setText(f"For {cut(self._person[0])}" if self._person else "")
        self.changed.emit()

    def _on_choices(self, found: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        for choice, names in zip((self.city, self.language), found, strict=True):
            anything = (choice.itemData(0), choice.itemText(0))
            offer(choice, [anything, *((name, name) for name in names)], keeps=True)


_LETTERS = 13
"""Letters that a closed choice shows; the open list shows all."""


def _choice(name: str, anything: str, options: Sequence[tuple[str, str]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(_LETTERS)
    made.addItem(anything, "")
    for code, words in options:
        made.addItem(words, code)
    return made
