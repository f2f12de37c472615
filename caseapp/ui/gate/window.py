"""The window at the gate: first run, sign-in, lock. It holds no data and no key."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import available_timezones

from PySide6.QtWidgets import QFileDialog, QMainWindow, QStackedWidget, QWidget

from caseapp.domain.access import Role
from caseapp.domain.errors import CaseAppError
from caseapp.domain.staff import Agency, StaffDetails
from caseapp.services import creation
from caseapp.system import files, paths
from caseapp.system.passwords import strength
from caseapp.ui.errors import sentence
from caseapp.ui.gate.older_file import OlderFile
from caseapp.ui.gate.page import centred
from caseapp.ui.gate.process import DeskProcess
from caseapp.ui.gate.recovery import RecoveryPage
from caseapp.ui.tasks import Tasks
from caseapp.ui.theme import Look
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.form import Form

_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
)


class GateWindow(QMainWindow):
    """Shown while nobody is signed in; hidden while the desk is open."""

    def __init__(
        self, look: Look, *, database: Path | None, hint: str, make_sample: Callable[[Path], str]
    ) -> None:
        super().__init__()
        self._look, self._make_sample = look, make_sample
        self.database = database
        self.process: DeskProcess | None = None
        self.tasks = Tasks(self)
        self._build(hint)
        look.dress(self)
        self._show_right_page()

    def sign_in(self, login: str, password: str) -> None:
        """Pass a sign-in to the waiting desk."""
        self.problem.setText("")
        self.enter.setEnabled(False)
        self.enter.setText("Opening ...")
        if self.process is None:
            self._start_process()
        if self.process is not None:
            self.process.sign_in(login, password)

    def recover(self, login: str, printed: str, password: str) -> None:
        """Pass the printed key and a new password to the waiting desk."""
        self.recovery.set_busy(True)
        if self.process is None:
            self._start_process()
        if self.process is not None:
            self.process.recover(login, printed, password)

    def _build(self, hint: str) -> None:
        self.setWindowTitle("caseapp")
        self.resize(760, 620)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._sign_in_page(hint))
        self.pages.addWidget(self._first_page())
        self.pages.addWidget(self._create_page())
        self.recovery = RecoveryPage()
        self.recovery.asked.connect(self.recover)
        self.recovery.left.connect(self._show_right_page)
        self.pages.addWidget(centred(self.recovery, self._look.pixels(560)))
        self.setCentralWidget(self.pages)

    def _sign_in_page(self, hint: str) -> QWidget:
        panel = Panel()
        panel.pad()
        self.sign_in_title = label("Sign in", "title")
        self.file_words = label("", "second")
        panel.body.addWidget(self.sign_in_title)
        panel.body.addWidget(self.file_words)
        form = Form(1)
        self.login = form.text("login", "Sign-in name")
        self.password = form.text("password", "Password", is_secret=True)
        self.password.returnPressed.connect(self._on_enter)
        self.login.returnPressed.connect(self.password.setFocus)
        panel.body.addWidget(form)
        self.problem = label("", "error", wraps=True)
        panel.body.addWidget(self.problem)
        self.older_file = OlderFile()
        panel.body.addWidget(self.older_file)
        self.enter = button("Sign in", self._on_enter, look="primary")
        self.other = button("Another database", lambda: self.pages.setCurrentIndex(1), look="plain")
        self.lost = button("Use the recovery key", self._show_recovery, look="plain")
        panel.body.addWidget(row(self.other, self.lost, None, self.enter))
        if hint:
            panel.body.addWidget(label(hint, "small", wraps=True))
        return centred(panel, self._look.pixels(420))

    def _first_page(self) -> QWidget:
        panel = Panel()
        panel.pad()
        panel.body.addWidget(label("Welcome to caseapp", "title"))
        panel.body.addWidget(
            label("The desk for follow-up after alternative and co-response 911 calls.", "second", wraps=True)
        )
        self.sample = button("Open the sample agency", self._open_sample, look="primary")
        steps = (
            (self.sample, "Invented people, real screens. Good for a first look."),
            (
                button("Create our database", lambda: self.pages.setCurrentIndex(2)),
                "One encrypted file for your agency.",
            ),
            (button("Open a database", self._choose), "You have a file already."),
        )
        for made, words in steps:
            made.setMinimumWidth(self._look.pixels(220))
            panel.body.addWidget(row(made, label(words, "second", wraps=True), None))
        self.first_problem = label("", "error", wraps=True)
        panel.body.addWidget(self.first_problem)
        return centred(panel, self._look.pixels(600))

    def _create_page(self) -> QWidget:
        panel = Panel()
        panel.pad()
        panel.body.addWidget(label("Create our database", "title"))
        form = self.create_form = Form(2)
        self.agency = form.text("agency", "Agency", wide=True)
        others = sorted(available_timezones() - set(_ZONES))
        self.zone = form.choice("zone", "Time zone", [(one, one) for one in (*_ZONES, *others)])
        self.your_name = form.text("name", "Your name")
        self.new_login = form.text("login", "Sign-in name")
        self.new_password = form.text("password", "Password", is_secret=True)
        self.again = form.text("again", "Password once more", is_secret=True)
        self.strength = label("", "small", wraps=True)
        self.new_password.textEdited.connect(lambda text: self.strength.setText(strength(text)[1]))
        panel.body.addWidget(form)
        panel.body.addWidget(self.strength)
        back = button("Back", lambda: self.pages.setCurrentIndex(1), look="plain")
        self.make = button("Create", self._create, look="primary")
        panel.body.addWidget(row(back, None, self.make))
        panel.body.addWidget(
            label(
                "Then choose where the database lies, and where to save the recovery sheet: print it and "
                "lock it away. It opens the file when a password is lost.",
                "small",
                wraps=True,
            )
        )
        return centred(panel, self._look.pixels(560))

    def _show_recovery(self) -> None:
        self.pages.setCurrentIndex(3)
        self.recovery.start(self.login.text(), self.database.name if self.database else "")

    def _show_right_page(self) -> None:
        if self.database is None:
            self.pages.setCurrentIndex(1)
            return
        self.pages.setCurrentIndex(0)
        self.file_words.setText(self.database.name)
        self.login.setFocus()
        if self.process is None:
            self._start_process()

    def _start_process(self) -> None:
        if self.database is None:
            return
        self.process = DeskProcess(self.database, self)
        self.process.opened.connect(self._on_opened)
        self.process.progressed.connect(self._on_progressed)
        self.process.refused.connect(self._on_refused)
        self.process.locked.connect(self._on_locked)
        self.process.closed.connect(self.close)

    def _on_enter(self) -> None:
        self.sign_in(self.login.text(), self.password.text())

    def _on_opened(self) -> None:
        self.password.clear()
        self.recovery.clear()
        self._ready()
        self.pages.setCurrentIndex(0)
        self.hide()

    def _on_progressed(self, words: str, done: int, total: int) -> None:
        self.older_file.show_progress(words, done, total)
        for one in (self.login, self.password, self.other, self.lost):
            one.setEnabled(False)

    def _on_refused(self, words: str) -> None:
        self.process = None
        self._ready()
        if self.pages.currentIndex() == 3:
            self.recovery.say(words)
        else:
            self.problem.setText(words)
            self.password.selectAll()
            self.password.setFocus()
        self.show()
        self._start_process()

    def _on_locked(self) -> None:
        self.sign_in_title.setText("Locked")
        self.show()
        self.password.setFocus()
        self._start_process()

    def _ready(self) -> None:
        self.enter.setEnabled(True)
        self.enter.setText("Sign in")
        self.recovery.set_busy(False)
        self.older_file.hide()
        for one in (self.login, self.password, self.other, self.lost):
            one.setEnabled(True)

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, "Open a database", str(paths.data_folder()), "caseapp (*.caseapp)"
        )
        if name:
            self._use(Path(name))

    def _use(self, path: Path) -> None:
        if self.process is not None:
            self.process.end()
            self.process = None
        self.database = path
        self._show_right_page()

    def _open_sample(self) -> None:
        path = files.private_folder(paths.data_folder()) / "sample.caseapp"
        self.sample.setEnabled(False)
        self.sample.setText("Making the sample ...")
        self.tasks.run(
            lambda: self._make_sample(path),
            then=lambda hint: self._on_sample(path, hint),
            failed=self._on_failed,
        )

    def _on_sample(self, path: Path, hint: str) -> None:
        self.sample.setEnabled(True)
        self.sample.setText("Open the sample agency")
        self._use(path)
        self.problem.setText(hint)

    def _create(self) -> None:
        """What was typed is checked before anything is asked about files."""
        self.create_form.clear_errors()
        agency = Agency(name=self.agency.text(), time_zone=self.zone.currentData())
        administrator = StaffDetails(self.your_name.text(), self.new_login.text(), Role.ADMINISTRATOR)
        try:
            creation.check_creation(agency, administrator, self.new_password.text())
        except CaseAppError as error:
            self._on_failed(error)
            return
        if self.again.text() != self.new_password.text():
            self.create_form.error("again", "The two passwords differ. Type the second one again.")
            return
        name, _kind = QFileDialog.getSaveFileName(
            self, "Where the database lies", "our.caseapp", "caseapp (*.caseapp)"
        )
        if not name:
            return
        sheet, _kind = QFileDialog.getSaveFileName(
            self, "Save the recovery sheet", "recovery.pdf", "PDF (*.pdf)"
        )
        if not sheet:
            return
        path, password = Path(name), self.new_password.text()

        def make() -> None:
            files.check_not_ours(Path(sheet), database=path)
            files.check_writable(Path(sheet))
            creation.create_with_sheet(
                path, Path(sheet), agency=agency, administrator=administrator, password=password
            )

        self.tasks.run(make, then=lambda _none: self._use(path), failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self.sample.setEnabled(True)
        self.sample.setText("Open the sample agency")
        fields = {
            "staff.bad-login": "login",
            "staff.name-missing": "name",
            "keys.password-too-short": "password",
            "keys.password-too-long": "password",
        }
        if isinstance(error, CaseAppError) and self.pages.currentIndex() == 2:
            self.create_form.error(fields.get(error.code, "agency"), sentence(error))
        else:
            self.first_problem.setText(sentence(error))
