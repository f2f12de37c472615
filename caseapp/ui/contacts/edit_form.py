"""The fields of a contact that is written anew, as texts that can be laid beside another version's."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QPlainTextEdit

from caseapp.domain.contacts import NOTE_PARTS, Channel, Contact, ContactDetails, NoteForm, NoteText, Outcome
from caseapp.domain.day_words import minute_words
from caseapp.domain.past_times import read_past
from caseapp.ui.contacts.words import FORMS
from caseapp.ui.drafts import FormDraft
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.spelling.marks import mark_spelling
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.two_versions import TwoVersions

EDIT = "contact-edit"
"""The kind of draft of a contact that is written anew; it is about the contact."""

_NOTE = "note:"


class EditForm(Form):
    """A contact's own fields and one for each heading of its note."""

    def __init__(self, desk: Desk, contact: Contact) -> None:
        super().__init__(4)
        self._desk = desk
        self.at = self.text("at", "When", hint="9:30, yesterday 15, 24 Nov 13:30")
        self.channel = self.choice("channel", "How", desk.lists.words.among("contact_channel", Channel))
        self.outcome = self.choice("outcome", "Outcome", desk.lists.words.among("contact_outcome", Outcome))
        self.form = self.choice("form", "Note form", list(FORMS.items()))
        self.minutes = self.text("minutes", "Minutes")
        self.travel = self.text("travel", "Minutes of travel")
        self.place = self.text("place", "Where")
        self.items = self.text("items", "Given")
        self.incoming = self.check("incoming", "They called us")
        self.substance = self.check("substance", "Substance use")
        self.together = self.check("together", "Written together")
        self.parts: dict[str, QPlainTextEdit] = {}
        self.show_version(contact)

    def keep_typed(self, contact: Contact, versions: TwoVersions) -> FormDraft:
        """Keep what is typed as a draft of this contact, and bring back what was, over what others saved."""
        desk = self._desk
        draft = FormDraft(
            desk.services, desk.tasks, self, EDIT, failed=lambda error: desk.say(sentence(error), None)
        )
        draft.still_open = versions.bases_of_open
        draft.outdated.connect(lambda read: versions.meet_typed_before(read, who="Somebody"))
        draft.start(
            contact.details.person_ids[0],
            lambda found: desk.day_words(found.saved_at),
            edits=True,
            about=str(contact.id),
        )
        return draft

    def show_version(self, contact: Contact) -> None:
        """Stand as a version of the contact says; headings that only its note has come behind the others."""
        self._details = contact.details
        note = contact.details.note
        for name in (*NOTE_PARTS[note.form], *note.parts):
            if name not in self.parts:
                self.parts[name] = self.lines(f"{_NOTE}{name}", name, height=110)
                mark_spelling(self.parts[name], self._desk)
        self._put(contact.details)

    def read(self) -> ContactDetails:
        """What the fields say; raises NotUnderstood or ValueError for minutes that are no number."""
        context = self._desk.services.context
        form: NoteForm = self.form.currentData()
        at = self._details.at
        if self.at.text() != self._at_words(at):
            at = read_past(self.at.text(), now=context.now(), zone=context.zone)
        texts = {name: field.toPlainText() for name, field in self.parts.items()}
        return replace(
            self._details,
            at=at,
            channel=Channel(self.channel.currentData()),
            outcome=Outcome(self.outcome.currentData()),
            minutes=_number(self.minutes.text()),
            travel_minutes=_number(self.travel.text()),
            place=self.place.text(),
            items=tuple(self.items.text().split(",")),
            is_incoming=self.incoming.isChecked(),
            is_substance_use=self.substance.isChecked(),
            note=NoteText(
                form=form,
                parts=_under(form, {name: words for name, words in texts.items() if words.strip()}),
                written_together=self.together.isChecked(),
                is_substance_use=self.substance.isChecked(),
            ),
        )

    def _put(self, details: ContactDetails) -> None:
        self.at.setText(self._at_words(details.at))
        choose(self.channel, details.channel)
        choose(self.outcome, details.outcome)
        choose(self.form, details.note.form)
        self.minutes.setText(str(details.minutes or ""))
        self.travel.setText(str(details.travel_minutes or ""))
        self.place.setText(details.place)
        self.items.setText(", ".join(details.items))
        self.incoming.setChecked(details.is_incoming)
        self.substance.setChecked(details.is_substance_use)
        self.together.setChecked(details.note.written_together)
        for name, field in self.parts.items():
            field.setPlainText(details.note.parts.get(name, ""))

    def _at_words(self, at: datetime) -> str:
        local = self._desk.local(at)
        return minute_words(local)


def _under(form: NoteForm, texts: dict[str, str]) -> dict[str, str]:
    """Another form of note keeps every word: what has no heading there goes under the first."""
    names = NOTE_PARTS[form]
    kept = {name: texts[name] for name in names if name in texts}
    homeless = [f"{name}: {words}" for name, words in texts.items() if name not in names]
    if homeless:
        kept[names[0]] = "\n".join(filter(None, (kept.get(names[0], ""), *homeless)))
    return kept


def _number(text: str) -> int | None:
    return int(text) if text.strip() else None
