"""The page for whoever lost the password: the printed key and a new password, typed twice."""

from PySide6.QtCore import Signal

from caseapp.domain.errors import CaseAppError
from caseapp.system import keys
from caseapp.system import recovery as printed_keys
from caseapp.system.passwords import strength
from caseapp.ui.errors import sentence
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.form import Form


class RecoveryPage(Panel):
    """What can be seen to be wrong is said here; whether the key opens, only the desk's process knows.

    Signals:
        asked: login, printed key, new password.
        left: the user went back to the sign-in.
    """

    asked = Signal(str, str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.pad()
        self.body.addWidget(label("Use the recovery key", "title"))
        self.file_words = label("", "second", wraps=True)
        self.body.addWidget(self.file_words)
        self.form = Form(2)
        self.login = self.form.text("login", "Sign-in name of whoever needs a password", wide=True)
        self.key = self.form.text(
            "key",
            "Recovery key from the printed sheet",
            hint="six groups of six characters",
            wide=True,
        )
        self.password = self.form.text("password", "New password", is_secret=True)
        self.again = self.form.text("again", "New password once more", is_secret=True)
        self.body.addWidget(self.form)
        self.strength = label("", "small", wraps=True)
        self.body.addWidget(self.strength)
        self.problem = label("", "error", wraps=True)
        self.body.addWidget(self.problem)
        self.enter = button("Set password and sign in", self._ask, look="primary")
        self.body.addWidget(row(button("Back", self._leave, look="plain"), None, self.enter))
        self._connect()

    def start(self, login: str, file: str) -> None:
        """Begin with what the sign-in page knows already."""
        self.clear()
        self.file_words.setText(
            f"{file}. The key gives one person a new password and is written down in the journal."
        )
        self.login.setText(login)
        (self.key if login else self.login).setFocus()

    def clear(self) -> None:
        """Leave no key and no password behind."""
        for field in (self.login, self.key, self.password, self.again):
            field.clear()
        self.strength.clear()
        self.problem.clear()
        self.form.clear_errors()

    def say(self, words: str) -> None:
        """Show why the key or the name was refused; what was typed stays, to be mended."""
        self.problem.setText(words)
        self.key.setFocus()

    def set_busy(self, is_busy: bool) -> None:
        """One try at a time."""
        self.enter.setEnabled(not is_busy)
        self.enter.setText("Opening ..." if is_busy else "Set password and sign in")

    def _connect(self) -> None:
        self.password.textEdited.connect(lambda text: self.strength.setText(strength(text)[1]))
        for field, following in (
            (self.login, self.key),
            (self.key, self.password),
            (self.password, self.again),
        ):
            field.returnPressed.connect(following.setFocus)
        self.again.returnPressed.connect(self._ask)

    def _leave(self) -> None:
        self.clear()
        self.left.emit()

    def _ask(self) -> None:
        self.problem.clear()
        self.form.clear_errors()
        if self._is_right():
            self.asked.emit(self.login.text(), self.key.text(), self.password.text())

    def _is_right(self) -> bool:
        """Whether everything is there and fits together, as far as this side can see."""
        if not self.login.text().strip():
            self.form.error("login", "Write the sign-in name.")
            return False
        for key, check, text in (
            ("key", printed_keys.read, self.key.text()),
            ("password", keys.check_password, self.password.text()),
        ):
            try:
                check(text)
            except CaseAppError as error:
                self.form.error(key, sentence(error))
                return False
        if self.again.text() != self.password.text():
            self.form.error("again", "The two passwords differ. Type the second one again.")
            return False
        return True
