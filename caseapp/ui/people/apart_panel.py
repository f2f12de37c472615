"""Who was judged not to be this person, and the way to take that back."""

from functools import partial

from PySide6.QtWidgets import QPushButton
from shiboken6 import isValid

from caseapp.domain.access import Right
from caseapp.domain.changes import Change
from caseapp.domain.people import LinkKind
from caseapp.services.people import Apart, PersonRecord
from caseapp.ui.errors import sentence
from caseapp.ui.people.candidates import in_sentences
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, button, hairline, label, row


class ApartPanel(Panel):
    """Stands on a person's record as long as such a judgement is in force."""

    def __init__(self, desk: Desk, record: PersonRecord) -> None:
        super().__init__("Not the same person")
        self._desk = desk
        for number, one in enumerate(record.apart):
            if number:
                self.body.addWidget(hairline())
            self._add(one)

    def _add(self, one: Apart) -> None:
        opened = button("Open", partial(self._desk.show, "person", one.person_id), look="plain")
        opened.setAccessibleName(f"Open {one.name}")
        head = row(label(one.name, "heading", wraps=True), None, opened)
        head.setContentsMargins(14, 4, 8, 0)
        self.body.addWidget(head)
        seen = f"Seen then: {in_sentences(one.link.evidence)}" if one.link.evidence else ""
        reason = f"Reason: {one.link.reason}" if one.link.reason else ""
        when = f"{self._desk.day_words(one.link.at)}, {one.link.by}"
        back = button("Take back")
        back.clicked.connect(lambda: self._take_back(one, back))
        back.setAccessibleName(f"Take back that {one.name} is not the same person")
        if not self._desk.may(Right.LINK_PEOPLE):
            back.hide()
        words = "\n".join(filter(None, (seen, reason, when)))
        line = row(label(words, "second", wraps=True), None, back)
        line.setContentsMargins(14, 0, 8, 8)
        self.body.addWidget(line)

    def _take_back(self, one: Apart, pressed: QPushButton) -> None:
        desk, link = self._desk, one.link
        pressed.setEnabled(False)

        def taken_back(change: Change) -> None:
            desk.say(f"Taken back: {one.name} may be the same person.", again)
            desk.hub.changed.emit(change)

        def again() -> None:
            links = desk.services.links
            desk.tasks.run(
                lambda: links.judge_different(
                    left_id=link.left_id, right_id=link.right_id, reason=link.reason, evidence=link.evidence
                ),
                then=desk.hub.changed.emit,
                failed=lambda error: desk.say(sentence(error), None),
            )

        def refused(error: Exception) -> None:
            desk.say(sentence(error), None)
            if isValid(pressed):
                pressed.setEnabled(True)

        desk.tasks.run(
            lambda: desk.services.links.unlink(
                left_id=link.left_id, right_id=link.right_id, seen=LinkKind.DIFFERENT
            ),
            then=taken_back,
            failed=refused,
        )
