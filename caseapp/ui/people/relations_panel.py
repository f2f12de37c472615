"""The people close to somebody: a list, and the form under it in which one is named or corrected."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer

from caseapp.domain.access import Right
from caseapp.domain.relations import EMERGENCY_CONTACT, Relation
from caseapp.services.people import PersonRecord
from caseapp.services.relations import Rewritten
from caseapp.ui.errors import sentence
from caseapp.ui.people.relation_form import RelationForm, mark_of
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.column import bring_into_view
from caseapp.ui.widgets.table import Column, Table

AT_ONCE = 4
"""Rows that are seen without scrolling in the list."""

_EMPTY_HIGH, _AROUND = 96, 12
"""Pixels of the list when nobody is named, and around the form when it is scrolled to."""
_NAME_HOLDS, _PHONE_HOLDS = 20, "(541) 555-0100"
"""Letters of a name, and a phone, for which the list has room."""

_NOBODY = "Nobody is named yet."
_FIRST = "Add family, a friend, a partner, or whom to call in an emergency."
_RESTRICTED = "Their record is open to named staff only. Ask your supervisor if you work with them."


@dataclass(frozen=True, slots=True)
class CloseRow:
    """One line of the list, as it is shown."""

    person_id: UUID
    relation: Relation
    kind: str
    called: str
    origin: str
    may_open: bool

    @property
    def is_sealed(self) -> bool:
        """Whether they have a record that the reader may not open."""
        return self.relation.other_person_id is not None and not self.may_open

    @property
    def second(self) -> str:
        """How they are close, and from which records that is known."""
        has_record = "has a record" if self.may_open else ""
        return ", ".join(filter(None, (self.kind, has_record, self.origin)))

    @property
    def more(self) -> str:
        """What has no room in the list, in whole."""
        if self.is_sealed:
            return _RESTRICTED
        said = self.relation
        name = self.called if len(self.called) > _NAME_HOLDS else ""
        phone = said.phone if len(said.phone) > len(_PHONE_HOLDS) else ""
        otherwise = f"Written here as “{said.name}”." if self.called != said.name else ""
        return "\n".join(filter(None, (name, phone, said.note, otherwise)))


class RelationsPanel(Panel):
    """Stays while the record is read again, so that nothing that is being typed is lost."""

    def __init__(self, desk: Desk, read_again: Callable[[], None]) -> None:
        self.add = button("Add", self._add)
        self.add.setAccessibleName("Add somebody close")
        super().__init__("People close to them", actions=[self.add])
        self._desk, self._read_again = desk, read_again
        self._record: PersonRecord | None = None
        self._may = desk.may(Right.CHANGE_PEOPLE)
        self._just_saved: Relation | None = None
        self._going: CloseRow | None = None
        """Who is being taken off, until the list is read again: pressed twice it is done once."""
        self._form: RelationForm | None = None
        self._build()
        self._connect()

    @property
    def form(self) -> RelationForm:
        """The form, made when it is first asked for: a record is opened far more often than it is changed."""
        if self._form is None:
            made = self._form = RelationForm(self._desk)
            made.saved.connect(self._on_saved)
            made.closed.connect(self._back_to_list)
            made.refused.connect(self._read_again)
            self.body.addWidget(made)
        return self._form

    @property
    def _open_for(self) -> UUID | None:
        """On whose record the form is open, if it is."""
        return self._form.person_id if self._form is not None else None

    def keep_draft(self) -> None:
        """Keep what was typed so far."""
        if self._form is not None:
            self._form.draft.keep()

    def set_record(self, record: PersonRecord) -> None:
        """Show whom all records of a person name; whom to call in an emergency stands first."""
        self._record, self._going = record, None
        if self._open_for not in (None, record.person.id):
            self.leave()
        kinds = dict(self._desk.lists.codes("relation"))
        rows = [
            CloseRow(
                record.person.id,
                one.value,
                kinds.get(one.value.kind, one.value.kind_words.capitalize()),
                record.close.get(one.value.other_person_id, one.value.name),
                record.whole.origin_words(one.origins),
                one.value.other_person_id in record.close,
            )
            for one in record.whole.of("relations")
        ]
        self.table.set_rows(sorted(rows, key=lambda one: one.relation.kind != EMERGENCY_CONTACT))
        self._be_as_high_as(len(rows))
        self._show_chosen(self.table.current() if rows else None)
        self._go_to_saved()

    def _build(self) -> None:
        self.table: Table[CloseRow] = Table(
            "People close to them",
            (
                Column("Who", lambda one: one.called, second=lambda one: one.second, is_bold=True, width=190),
                Column(
                    "Phone",
                    lambda one: one.relation.phone,
                    second=lambda one: one.relation.note,
                    width=150,
                    holds=_PHONE_HOLDS,
                ),
            ),
            self._desk.look,
            empty=f"{_NOBODY} {_FIRST}" if self._may else _NOBODY,
        )
        self.more = label("", "second", wraps=True)
        self.more.setContentsMargins(14, 6, 14, 0)
        self.open = button("Open", self._open, hint="Their own record (Enter)")
        self.change = button("Change", self._change, hint="C")
        self.remove = button("Remove", self._remove, hint="R")
        self.buttons = row(None, self.open, self.change, self.remove)
        self.buttons.setContentsMargins(14, 6, 10, 6)
        for part in (self.table, self.more, self.buttons):
            self.body.addWidget(part)
        if not self._may:
            self.add.hide()
        if self._may:
            self.table.offer("Change", "c")
            self.table.offer("Remove", "r")
        self.buttons.hide()
        self.more.hide()

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(self._on_opened)
        self.table.key_pressed.connect(self._on_key)

    def _be_as_high_as(self, rows: int) -> None:
        view = self.table.view
        head, each = view.horizontalHeader().sizeHint().height(), view.verticalHeader().defaultSectionSize()
        high = head + min(rows, AT_ONCE) * each + 2 if rows else self._desk.look.pixels(_EMPTY_HIGH)
        self.table.setFixedHeight(high)

    def _show_chosen(self, one: CloseRow | None) -> None:
        if self._open_for is not None:
            return
        may = one is not None and self._may and not one.is_sealed
        for made, is_there in (
            (self.open, one is not None and one.may_open),
            (self.change, may),
            (self.remove, may),
        ):
            made.setVisible(is_there)
            made.setAccessibleName(f"{made.text()} {one.called}" if one else made.text())
        self.buttons.setVisible(one is not None and (one.may_open or may))
        self.more.setText(one.more if one else "")
        self.more.setVisible(bool(self.more.text()))

    def _on_opened(self, one: CloseRow) -> None:
        """Their record where they have one, or else what is written of them here."""
        if one.is_sealed:
            self._desk.say(_RESTRICTED, None)
        elif one.may_open:
            self._desk.show("person", one.relation.other_person_id)
        else:
            self._change()

    def _on_key(self, letter: str, _one: CloseRow) -> None:
        if letter == "c":
            self._change()
        elif letter == "r":
            self._remove()

    def _open(self) -> None:
        one = self.table.current()
        if one is not None and one.may_open:
            self._on_opened(one)

    def leave(self) -> None:
        """Somebody else is about to be shown: close the form, and keep what was typed."""
        if self._form is not None:
            self._form.leave()
            self._show_list()

    def _add(self) -> None:
        if self._record is not None:
            self._open_form(self._record.person.id, None, "")

    def go_on(self, about: str) -> None:
        """Open the form in which something was typed: of the line that it was about, or of a new one."""
        rows = self.table.shown()
        one = next((row for row in rows if about and mark_of(row.relation) == about), None)
        if one is not None and not one.is_sealed:
            self.table.go_to(one)
            self._open_form(one.person_id, one.relation, one.called)
        elif self._record is not None and self._may:
            self._open_form(self._record.person.id, None, "", about=about)

    def _chosen(self) -> CloseRow | None:
        """The current line, if it may be changed."""
        one = self.table.current()
        return one if one is not None and self._may and not one.is_sealed else None

    def _change(self) -> None:
        one = self._chosen()
        if one is not None:
            self._open_form(one.person_id, one.relation, one.called)

    def _open_form(self, person_id: UUID, before: Relation | None, called: str, *, about: str = "") -> None:
        """In place of the list, which leaves it the room; the keyboard is in it."""
        self.form.show()
        for part in (self.add, self.table, self.more, self.buttons):
            part.hide()
        self.form.begin(person_id, before, called=called, about=about)
        QTimer.singleShot(0, self.form, partial(bring_into_view, self.form, around=_AROUND))

    def _show_list(self) -> None:
        self.table.show()
        self.add.setVisible(self._may)
        self._show_chosen(self.table.current() if self.table.shown() else None)

    def _remove(self) -> None:
        one, relations = self._chosen(), self._desk.services.relations
        if one is not None and one != self._going:
            self._going = one
            self.table.view.setFocus()
            self._desk.tasks.run(
                lambda: relations.remove(person_id=one.person_id, relation=one.relation),
                then=lambda done: self._tell(done, f"{one.called} is taken off."),
                failed=self._refused,
            )

    def _on_saved(self, done: Rewritten) -> None:
        said = [one.after for one in done.steps if one.after is not None]
        self._back_to_list()
        if said:
            self._just_saved = said[0]
            self._tell(done, f"{said[0].name} is saved among the people close to them.")

    def _back_to_list(self) -> None:
        self._show_list()
        (self.table.view if self.table.shown() else self.add).setFocus()

    def _go_to_saved(self) -> None:
        """Who was just written is the chosen one, with the keyboard where it was left nowhere else."""
        saved, self._just_saved = self._just_saved, None
        row = next((one for one in self.table.shown() if one.relation == saved), None)
        if row is not None:
            self.table.go_to(row)
            if self.add.hasFocus():
                self.table.view.setFocus()

    def _tell(self, done: Rewritten, words: str) -> None:
        desk, person_id = self._desk, done.change.person_id

        def take_back() -> None:
            if person_id is not None:
                desk.tasks.run(
                    lambda: desk.services.relations.take_back(person_id=person_id, done=done),
                    then=lambda back: desk.hub.changed.emit(back.change),
                    failed=self._refused,
                )

        desk.say(words, take_back)
        desk.hub.changed.emit(done.change)

    def _refused(self, error: Exception) -> None:
        self._desk.say(sentence(error), None)
        self._read_again()
