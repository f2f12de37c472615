"""Who an unknown person is: somebody found by a few letters, or somebody new; no call is lost either way."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from caseapp.domain.matching.traits import Candidate
from caseapp.services.people import PersonRecord
from caseapp.services.search import Hit
from caseapp.ui.errors import sentence
from caseapp.ui.people.candidates import CandidateList
from caseapp.ui.people.edit_screen import IdentifyAs
from caseapp.ui.people.links import tell_identified
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, button, label, row

_AT_MOST = 5


class IdentifyPanel(Panel):
    """Stands on the record of an unknown person."""

    def __init__(self, desk: Desk, record: PersonRecord) -> None:
        super().__init__("Who is this?")
        self._desk, self._person_id = desk, record.person.id
        self._own = frozenset(one.id for one in record.whole.members)
        self._build()

    def is_of(self, record: PersonRecord) -> bool:
        """Whether this asks about the same records as they are read now."""
        return self._person_id == record.person.id and self._own == {one.id for one in record.whole.members}

    def _build(self) -> None:
        hint = label(
            "Once you know, link this record with the person. Calls and contacts come along; "
            "it can be taken back.",
            "second",
            wraps=True,
        )
        hint.setContentsMargins(14, 8, 14, 4)
        self.body.addWidget(hint)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Name, phone or birth date")
        self.words.setAccessibleName("Find who this is")
        made = row(self.words)
        made.setContentsMargins(14, 0, 14, 4)
        self.body.addWidget(made)
        self.found = CandidateList(self._use)
        self.body.addWidget(self.found)
        new = row(None, button("New person", self._new))
        new.setContentsMargins(14, 0, 14, 10)
        self.body.addWidget(new)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(150)
        self._wait.timeout.connect(self._look)
        self.words.textEdited.connect(self._on_typed)
        self.words.returnPressed.connect(self.found.press_default)

    def _on_typed(self) -> None:
        self._desk.tasks.drop("identify")
        self.found.expect()
        self._wait.start()

    def _look(self) -> None:
        text, search = self.words.text(), self._desk.services.search
        self._desk.tasks.run(
            lambda: search.find(query=text, limit=20),
            then=self._show,
            failed=self._on_failed,
            key="identify",
        )

    def _on_failed(self, error: Exception) -> None:
        self._refused(error)
        self.found.show_failed()

    def _show(self, hits: list[Hit]) -> None:
        people = [one for one in hits if one.kind == "person" and one.record_id not in self._own][:_AT_MOST]
        offered = [
            Candidate(one.record_id, one.title, one.second_line, 0.0, (f"found by {one.how}",))
            for one in people
        ]
        empty = "Nobody found. Try fewer letters, or write a new person." if self.words.text() else ""
        self.found.show_people(offered, otherwise=empty)

    def _use(self, one: Candidate) -> None:
        links, unknown = self._desk.services.links, self._person_id
        self._desk.tasks.run(
            lambda: links.link(
                left_id=unknown, right_id=one.person_id, reason="identified", evidence=("said who they are",)
            ),
            then=lambda change: tell_identified(self._desk, change, unknown, one),
            failed=self._refused,
        )

    def _new(self) -> None:
        self._desk.show("new-person", IdentifyAs(self._person_id))

    def _refused(self, error: Exception) -> None:
        self._desk.say(sentence(error), None)
