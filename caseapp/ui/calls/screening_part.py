"""Screening: the answer sheet by the agency's criteria, what they say, and what was decided."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget
from typing_extensions import override

from caseapp.domain.calls import is_served
from caseapp.domain.changes import Change
from caseapp.domain.screening import Answer, Sheet, check_sheet, decide_eligibility
from caseapp.services.calls import Workbench
from caseapp.ui.calls.part import Part
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import button, chip, label
from caseapp.ui.widgets.facts import Facts
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose

ANSWERS = ((Answer.UNKNOWN, "Not asked or not known"), (Answer.NO, "No"), (Answer.YES, "Yes"))
_TONES = {"yes": "good", "no": "warning"}


class ScreeningPart(Part):
    """Eligible or not and why; and why an eligible call was not served."""

    words_of_action = "Screen"
    saved_words = "Screening saved."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Screening", "S")

    @override
    def data(self, bench: Workbench) -> object:
        return bench.sheet

    @override
    def show_facts(self, bench: Workbench, into: QVBoxLayout) -> None:
        sheet, words = bench.sheet, self.words
        chips = [chip(words.word("eligible", sheet.eligible), _TONES.get(sheet.eligible, "neutral"))]
        if sheet.not_served_reason:
            chips.append(
                chip(
                    f"not served: {words.word('not_served_reason', sheet.not_served_reason).lower()}",
                    "warning",
                )
            )
        self.set_chips(chips)
        facts = [
            (one.details.text, dict(ANSWERS)[sheet.answers[one.id]])
            for one in bench.criteria
            if one.id in sheet.answers
        ]
        facts.append(("By the criteria", bench.verdict.words))
        if sheet.reason:
            facts.append(("Why decided so", sheet.reason))
        at = self.times().words(sheet.screened_at)
        facts.append(("Screened by", ", ".join(filter(None, (sheet.screened_by, at)))))
        into.addWidget(Facts(facts))

    @override
    def make_form(self, bench: Workbench) -> Form:
        sheet, words = bench.sheet, self.words
        form = Form(2)
        self._asked: list[QComboBox] = []
        for number, one in enumerate(bench.criteria):
            box = form.choice(f"criterion{number}", one.details.text, ANSWERS)
            choose(box, sheet.answers.get(one.id, Answer.UNKNOWN))
            box.currentIndexChanged.connect(self._on_answered)
            self._asked.append(box)
        self._verdict = label(bench.verdict.words, "second", wraps=True)
        form.own("verdict", "By the criteria", self._verdict)
        self._eligible = form.choice("eligible", "Decided", words.options("eligible", empty=""))
        choose(self._eligible, sheet.eligible)
        self._not_served = form.choice(
            "not_served_reason",
            "Why nobody of ours came",
            words.options(
                "not_served_reason", sheet.not_served_reason, empty="Somebody came, or not eligible"
            ),
        )
        choose(self._not_served, sheet.not_served_reason)
        self._reason = form.text("reason", "Why decided so, where it is not what the criteria say", wide=True)
        self._reason.setText(sheet.reason)
        self._by = form.text("screened_by", "Screened by")
        self._by.setText(sheet.screened_by or bench.call.call_taker)
        self._at = form.text("screened_at", "When", hint="14:20")
        self._at.setText(self.times().write(sheet.screened_at, bench.call.received_at))
        return form

    @override
    def read(self, bench: Workbench) -> Sheet:
        sheet = Sheet(
            answers=self._answers(bench),
            eligible=self._eligible.currentData() or "unknown",
            reason=self._reason.text().strip(),
            not_served_reason=self._not_served.currentData() or "",
            screened_by=self._by.text().strip(),
            screened_at=self.times().read(
                "screened_at", self._at, bench.sheet.screened_at, bench.call.received_at
            ),
        )
        verdict = decide_eligibility(bench.criteria, sheet.answers)
        check_sheet(sheet, verdict, is_served=is_served(bench.call))
        return sheet

    @override
    def write(self, bench: Workbench, value: Sheet) -> Change:
        calls = self.desk.services.calls
        return calls.screen(call_id=bench.call.id, sheet=value, version=bench.call.version)

    @override
    def put_back(self, before: Workbench) -> Callable[[Workbench], Change] | None:
        """A sheet that no rule lets through, from an import, cannot be written again."""
        calls, sheet = self.desk.services.calls, before.sheet
        answers = dict.fromkeys(self._last_answers, Answer.UNKNOWN) | dict(sheet.answers)
        old = Sheet(
            answers,
            sheet.eligible,
            sheet.reason,
            sheet.not_served_reason,
            sheet.screened_by,
            sheet.screened_at,
        )
        return lambda now: calls.screen(call_id=before.call.id, sheet=old, version=now.call.version)

    @override
    def extra_actions(self) -> list[QWidget]:
        if self._asked:
            return []
        return [
            label("No criteria were in force on that day.", "second"),
            button("Write criteria", lambda: self.desk.show("setup", "criteria"), look="plain"),
        ]

    def _answers(self, bench: Workbench) -> dict[UUID, Answer]:
        """Every answer given; one that was given before can be taken back to not known."""
        found = {one.id: box.currentData() for one, box in zip(bench.criteria, self._asked, strict=True)}
        held = bench.sheet.answers
        self._last_answers = found
        return {one: answer for one, answer in found.items() if answer is not Answer.UNKNOWN or one in held}

    def _on_answered(self) -> None:
        """The criteria speak as one answers; the decision follows them until it is made otherwise."""
        bench = self.bench
        if bench is None:
            return
        verdict = decide_eligibility(bench.criteria, self._answers(bench))
        self._verdict.setText(verdict.words)
        choose(self._eligible, verdict.eligible)
