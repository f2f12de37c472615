"""The records that are one person: where they disagree, and the links with their reasons."""

from functools import partial
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.fact_words import value_words
from caseapp.domain.one_person import Link
from caseapp.services.people import PersonRecord
from caseapp.ui.people.links import Pair
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, button, hairline, label, row
from caseapp.ui.widgets.facts import Facts

_SINGLE = (
    ("birth", "Born"),
    ("pronouns", "Pronouns"),
    ("gender", "Gender"),
    ("description", "Description"),
    ("comes_with", "Comes with"),
)


class LinkedPanel(Panel):
    """Every record with its number, as values and entries name it."""

    def __init__(self, desk: Desk, record: PersonRecord) -> None:
        super().__init__("One person, linked records")
        self._desk, self._record = desk, record
        for number, one in enumerate(record.whole.members, start=1):
            edit = button("Edit", partial(desk.show, "new-person", one.id), look="plain")
            edit.setAccessibleName(f"Edit record {number}")
            if not desk.may(Right.CHANGE_PEOPLE):
                edit.hide()
            line = row(label(f"Record {number}: {one.display_name}", "heading", wraps=True), None, edit)
            line.setContentsMargins(14, 4, 8, 4)
            self.body.addWidget(line)
        apart = self._disagreements()
        if apart:
            self.body.addWidget(hairline())
            self.body.addWidget(Facts(apart))
        for link in record.links:
            self.body.addWidget(hairline())
            self._add_link(link)

    def _disagreements(self) -> list[tuple[str, str]]:
        """Of what a person has one of, every value that a record says, where they are not the same."""
        whole = self._record.whole
        found = []
        for name, title in _SINGLE:
            values = whole.of(name)
            if len(values) > 1:
                said = [
                    f"{value_words(name, one.value, self._desk.lists.code_words)} "
                    f"({whole.origin_words(one.origins)})"
                    for one in values
                ]
                found.append((title, "\n".join(said)))
        return found

    def _add_link(self, link: Link) -> None:
        whole = self._record.whole
        numbers = sorted((whole.number(link.left_id), whole.number(link.right_id)))
        words = f"Records {numbers[0]} and {numbers[1]}: {link.why}"
        shown = label(f"{words}\n{self._desk.day_words(link.at)}, {link.by}", "second", wraps=True)
        undo = button("Unlink", lambda: self._desk.show("parting", Pair(link.left_id, link.right_id)))
        undo.setAccessibleName(f"Unlink records {numbers[0]} and {numbers[1]}")
        if not self._desk.may(Right.LINK_PEOPLE):
            undo.hide()
        line = row(shown, None, undo)
        line.setContentsMargins(14, 6, 8, 8)
        self.body.addWidget(line)


def origin(record: PersonRecord, *person_ids: UUID) -> str:
    """Which records something stands on, in brackets; nothing for a person with one record."""
    words = record.whole.origin_words(person_ids)
    return f" ({words})" if words else ""
