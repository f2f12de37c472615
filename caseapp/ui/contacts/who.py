"""Who a contact was with: found by anything they are known by, or made new without leaving the form."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from caseapp.domain.access import Right
from caseapp.domain.contacts import Channel
from caseapp.domain.encounters import StatedIdentity
from caseapp.domain.matching.traits import Traits
from caseapp.domain.people import Person, PersonKind, PointKind
from caseapp.domain.stated import person_as_stated, stated_in_a_line
from caseapp.services.people import PersonRecord
from caseapp.services.search import AS_TYPED
from caseapp.ui.people.alert_marks import alert_mark
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import button, chip, clear, label
from caseapp.ui.widgets.flow import FlowLayout

OFFERED = 5
"""People offered for what was typed; whoever is not among them is found by typing more."""


class Who(QWidget):
    """The people of a contact, what may be said on their phones, and the way to add another.

    Signals:
        edited: somebody was added or taken away, or is typed.
        added: somebody was added by hand, and typing goes on elsewhere.
        refused: an error to show.
    """

    edited = Signal()
    added = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._people: list[Person] = []
        self._taken: set[UUID] = set()
        self._let_go: set[UUID] = set()
        self._channel = Channel.PHONE
        self._offered_for, self._is_making = "", False
        self._first: QPushButton | None = None
        self._last: QWidget | None = None
        self.field = QLineEdit()
        self.field.setPlaceholderText("Add a person: name, phone or birth date, then Enter")
        self.field.setAccessibleName("Add a person")
        self.field.setMinimumWidth(desk.look.pixels(250))
        self.field.returnPressed.connect(self._find)
        self.field.textEdited.connect(lambda _text: self.edited.emit())
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._said = _line(self._lines)
        self._found = _line(self._lines)
        self.start()

    @property
    def ids(self) -> tuple[UUID, ...]:
        """Everybody named, in the order in which they were."""
        return tuple(one.id for one in self._people)

    @property
    def typed(self) -> str:
        """What is typed of somebody who is not added yet."""
        return self.field.text().strip()

    @property
    def names(self) -> str:
        """Their names."""
        return ", ".join(one.display_name for one in self._people)

    def start(self) -> None:
        """Nobody yet."""
        for kept in (self._people, self._taken, self._let_go):
            kept.clear()
        self.field.clear()
        self._close_offer()
        self._show()

    def add(self, person: Person) -> None:
        """Count somebody in, once."""
        if person.id not in self.ids:
            self._people.append(person)
        self._show()
        self.edited.emit()

    def show_channel(self, channel: Channel) -> None:
        """Say what may be said on the phone where one is about to dial."""
        self._channel = channel
        self._show()

    def _show(self) -> None:
        clear(self._said)
        self._last = self.field
        today = self._desk.services.context.today()
        parts = [
            alert_mark(alert)
            for person in self._people
            for alert in person.details.alerts_on(today)
            if alert.kind in ("safety", "medical")
        ]
        parts += [chip(words, tone) for words, tone in self._phones()]
        for part in parts:
            self._said.addWidget(part)
        for one in self._people:
            if len(self._people) > 1 or one.id in self._taken:
                gone = button(f"Without {one.display_name}", partial(self._remove, one), look="plain")
                self._said.addWidget(gone)
                self._reach_by_tab(gone)

    def _phones(self) -> list[tuple[str, str]]:
        if self._channel not in (Channel.PHONE, Channel.TEXT):
            return []
        found = []
        for person in self._people:
            whose = f"{person.display_name}: " if len(self._people) > 1 else ""
            for point in person.details.points:
                if point.kind is PointKind.PHONE:
                    owner = f" ({point.owner})" if point.owner else ""
                    tone = (
                        "danger" if point.do_not_mention_us else "good" if point.may_voicemail else "warning"
                    )
                    found.append((f"{whose}{point.value}{owner}: {point.may_words}", tone))
        return found[:4]

    def _remove(self, one: Person) -> None:
        """Take somebody out; whoever looks for the same words again is asked."""
        self._people.remove(one)
        self._let_go.add(one.id)
        self._show()
        self.field.setFocus()
        self.edited.emit()

    def _find(self) -> None:
        """Look for what was typed; Enter once more takes whoever was offered first."""
        text = self.typed
        if not text:
            self.added.emit()
            return
        if text == self._offered_for and self._first is not None:
            self._first.click()
            return
        services = self._desk.services
        stated = stated_in_a_line(text)

        def look() -> tuple[list[Person], dict[UUID, str], bool]:
            hits = [hit for hit in services.search.find(query=text, limit=OFFERED) if hit.kind == "person"]
            why = {hit.record_id: hit.second_line for hit in hits}
            if len(hits) != 1:
                traits = Traits(
                    names=(stated.name,) if stated.name else (),
                    age=stated.age,
                    phones=(stated.phone,) if stated.phone else (),
                )
                for one in services.people.candidates(traits=traits):
                    why.setdefault(one.person_id, "; ".join(one.reasons))
            are_as_typed = all(hit.how in AS_TYPED for hit in hits)
            return services.people.many(person_ids=tuple(why)[:OFFERED]), why, are_as_typed

        self._desk.tasks.run(
            look,
            then=lambda found: self._on_found(text, stated, *found),
            failed=self.refused.emit,
            key="contact who",
        )

    def _on_found(
        self,
        text: str,
        stated: StatedIdentity,
        people: list[Person],
        why: dict[UUID, str],
        are_as_typed: bool,
    ) -> None:
        if text != self.typed:
            return
        if are_as_typed and len(why) == len(people) == 1 and self._is_meant(people[0], stated):
            self._take(people[0])
            return
        self._close_offer()
        self._offered_for = text
        for person in people:
            words = f"{person.display_name}, {why[person.id]}" if why[person.id] else person.display_name
            self._offer(words, partial(self._take, person))
        if self._desk.may(Right.CHANGE_PEOPLE):
            self._offer_new(stated, text, is_first=not people)
        elif not people:
            self._found.addWidget(label("Nobody found. Try fewer letters.", "second"))

    def _offer_new(self, stated: StatedIdentity, text: str, *, is_first: bool) -> None:
        """A new person by name, or one without: the latter first where looks were told, alone for a phone."""
        name = stated.name or ("" if stated.phone == text else text)
        aged = f", about {stated.age}" if stated.name and stated.age is not None else ""
        named = (f"New person “{name}”{aged}", partial(self._make, replace(stated, name=name), is_named=True))
        unknown = (f"Unknown person{aged}", partial(self._make, stated, is_named=False))
        ways = (named, unknown) if stated.name else (unknown, named) if name else (unknown,)
        for words, make in ways:
            self._offer(f"Nobody known. {words}" if is_first else words, make)
            is_first = False

    def _is_meant(self, person: Person, stated: StatedIdentity) -> bool:
        """Whether to count somebody in unasked: nobody without a name, who may be another in such clothes."""
        is_known = person.details.kind is PersonKind.KNOWN
        return is_known and person.id not in self._let_go and not (stated.name and stated.phone)

    def _offer(self, words: str, do: Callable[[], None]) -> None:
        made = button(
            words if len(words) < 70 else f"{words[:69]}…", do, look="" if self._first else "primary"
        )
        made.setAccessibleName(words)
        self._first = self._first or made
        self._found.addWidget(made)
        self._reach_by_tab(made)

    def _reach_by_tab(self, made: QWidget) -> None:
        """Tab comes to it after what stands before it, though it was made after all else of the window."""
        QWidget.setTabOrder(self._last or self.field, made)
        self._last = made

    def _close_offer(self) -> None:
        clear(self._found)
        self._first, self._last, self._offered_for = None, None, ""

    def _take(self, person: Person) -> None:
        self.field.clear()
        self._close_offer()
        self._taken.add(person.id)
        self.add(person)
        self.field.setFocus()

    def _make(self, stated: StatedIdentity, *, is_named: bool) -> None:
        """Write a new person, once however often it is pressed before that is answered."""
        if self._is_making:
            return
        self._is_making = True
        people, today = self._desk.services.people, self._desk.services.context.today()
        details = person_as_stated(stated, is_named=is_named, place="", today=today)

        def make() -> PersonRecord:
            return people.open(person_id=people.add(details=details))

        def made(record: PersonRecord) -> None:
            self._is_making = False
            self._take(record.person)

        def failed(error: Exception) -> None:
            self._is_making = False
            self.refused.emit(error)

        self._desk.tasks.run(make, then=made, failed=failed)


def _line(into: QVBoxLayout) -> FlowLayout:
    holder = QWidget()
    into.addWidget(holder)
    return FlowLayout(holder, spacing=6)
