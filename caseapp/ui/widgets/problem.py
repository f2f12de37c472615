"""What is wrong, in a sentence below a form or a list: there while it says something, gone otherwise."""

from caseapp.ui.errors import field_of, sentence
from caseapp.ui.widgets.basics import Wrapped, as_label
from caseapp.ui.widgets.form import Form


class Problem(Wrapped):
    """Says what no field of a form says of itself."""

    def __init__(self) -> None:
        super().__init__("")
        as_label(self, "error")
        self.hide()

    def say(self, words: str) -> None:
        """Show a sentence; an empty one takes it away."""
        self.setText(words)
        self.setVisible(bool(words))

    def clear_of(self, form: Form) -> None:
        """Take away what was said here and beside the fields of a form."""
        form.clear_errors()
        self.say("")

    def refused(self, error: Exception, form: Form) -> None:
        """Say why something was refused: beside the field where it came in, or here."""
        if not form.refused_at(field_of(error), error):
            self.say(sentence(error))
