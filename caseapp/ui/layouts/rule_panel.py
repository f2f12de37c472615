"""The panel beside a list of rules: the fields of another rule, and what adds one or takes one away."""

from collections.abc import Callable, Mapping

from caseapp.domain.errors import CaseAppError
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.form import Form


class RulePanel(Panel):
    """`add` makes a rule of the fields; what it raises is said beside the field that `field_of` names."""

    def __init__(
        self,
        desk: Desk,
        how: str,
        *,
        add: Callable[[], object],
        remove: Callable[[], object],
        field_of: Mapping[type[CaseAppError], str],
    ) -> None:
        super().__init__("Another rule")
        self._add_rule, self._field_of = add, field_of
        self.pad()
        self.form = Form(1)
        self.remove = button("Take away", remove)
        self.remove.setAccessibleName("Take the rule away")
        self.add = button("Add rule", self._add, look="primary")
        self.body.addWidget(self.form)
        self.body.addWidget(row(self.remove, None, self.add))
        self.say(how)
        self.setFixedWidth(desk.look.pixels(320))

    def say(self, words: str) -> None:
        """A line of help below what stands there."""
        self.body.addWidget(label(words, "small", wraps=True))

    def _add(self) -> None:
        self.form.clear_errors()
        try:
            self._add_rule()
        except CaseAppError as error:
            self.form.error(self._field_of[type(error)], sentence(error))
