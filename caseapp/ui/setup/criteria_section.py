"""Screening criteria: the questions at intake, each version with its first and last day."""

from datetime import date

from caseapp.domain.access import Right
from caseapp.domain.day_words import day_words
from caseapp.domain.screening import Answer, Criterion, CriterionDetails
from caseapp.ui.setup.list_section import ListSection
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.form import Form, read_day
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.table import Column

_LETTING = ((Answer.NO, "“No” lets our team go"), (Answer.YES, "“Yes” lets our team go"))
_HOW = (
    "Other words are a new version: calls before its first day keep the words that they were asked, "
    "and the version before ends the day before."
)


class CriteriaSection(ListSection[Criterion]):
    """Every version of every criterion, and the form of the chosen one or of a new one."""

    words = "Screening criteria"
    right = Right.SEE_CALLS
    otherwise = "text"

    def refresh(self) -> None:
        self.ask(self.desk.services.screening.criteria, self.set_rows, key="list")

    def _build(self) -> None:
        questions = self.list_panel(
            "Questions that decide whether our team goes",
            (
                Column("Question", lambda one: one.details.text, is_bold=True, width=320),
                Column("Our team goes at", lambda one: one.details.letting.value, width=110),
                Column(
                    "From",
                    lambda one: day_words(one.details.valid_from),
                    sort=_first,
                    width=100,
                ),
                Column("In force", self._state, tone=self._tone, width=130),
            ),
            name="Screening criteria",
            empty="No criteria yet.",
            first="Write the first question on the right.",
        )
        self.lay_out([questions], [self._form_panel()], name="Screening criterion")

    def _form_panel(self) -> Panel:
        panel = self.form_panel("Write another question")
        form = self.form = Form(1)
        self.text = form.lines(
            "text", "Question, answered yes or no", hint="Is a weapon in reach?", height=64
        )
        self.letting = form.choice("letting", "Which answer is for us", _LETTING)
        self.from_on = form.text("valid_from", "First day")
        self.to_on = form.text("valid_to", "Last day (empty: stays in force)")
        self.save = button("Add", self._save, look="primary")
        self.ends = button("Save the last day only", self._end)
        panel.body.addWidget(form)
        panel.body.addWidget(row(self.ends, None, self.save))
        self.how = label(_HOW, "small", wraps=True)
        panel.body.addWidget(self.how)
        return panel

    def _show(self, one: Criterion | None) -> None:
        """A new version of one begins today, unless today is when the one before began."""
        self.begin(one, "Change the question" if one else "New question")
        today = self.desk.services.context.today()
        details = one.details if one else CriterionDetails("", valid_from=today)
        first = today if one and details.valid_from < today else details.valid_from
        self.text.setPlainText(details.text)
        choose(self.letting, details.letting)
        self.from_on.setText(first.isoformat())
        self.to_on.setText(details.valid_to.isoformat() if details.valid_to else "")
        words = "Save as new version" if one else "Add"
        self.save.setText(words)
        self.save.setAccessibleName(words)
        for part in (self.ends, self.another, self.how):
            part.setVisible(one is not None)

    def _save(self) -> None:
        days = self._days()
        if days is None:
            return
        first, last = days
        details = CriterionDetails(self.text.toPlainText().strip(), self.letting.currentData(), first, last)
        screening, one = self.desk.services.screening, self.one
        if one is None:
            self.ask(lambda: screening.add(details=details), lambda _id: self.done("Added."))
            return
        self.ask(
            lambda: screening.change(criterion_id=one.id, details=details, version=one.version),
            lambda _id: self.done("Saved as a new version."),
        )

    def _end(self) -> None:
        days, one = self._days(), self.one
        if days is None or one is None:
            return
        screening, last = self.desk.services.screening, days[1]
        self.ask(
            lambda: screening.end(criterion_id=one.id, on=last, version=one.version),
            lambda _change: self.done("Last day saved."),
        )

    def _days(self) -> tuple[date, date | None] | None:
        """The first and the last day; None after saying which one cannot be read."""
        self.form.clear_errors()
        first = read_day(self.from_on.text())
        if first is None:
            self.form.error("valid_from", "Write the first day as 2026-11-24 or 24 Nov 2026.")
            return None
        last, is_read = self.form.day("valid_to")
        return (first, last) if is_read else None

    def _state(self, one: Criterion) -> str:
        today, details = self.desk.services.context.today(), one.details
        if details.valid_from > today:
            return f"from {day_words(details.valid_from)}"
        if details.valid_to is None:
            return "in force"
        return f"{'until' if details.valid_to >= today else 'ended'} {day_words(details.valid_to)}"

    def _tone(self, one: Criterion) -> str:
        today, details = self.desk.services.context.today(), one.details
        is_now = details.valid_from <= today and (details.valid_to is None or today <= details.valid_to)
        return "good" if is_now else "neutral"


def _first(one: Criterion) -> int:
    return one.details.valid_from.toordinal()
