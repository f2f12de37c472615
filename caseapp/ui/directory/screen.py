"""The directory: find a service and confirm its facts."""

from PySide6.QtWidgets import QLineEdit

from caseapp.domain.directory import Service
from caseapp.ui.directory.table import service_table
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button


class DirectoryScreen(Screen):
    """Services of the county."""

    name = "directory"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Directory")
        self.confirm = button("Confirmed today", self._confirm, hint="The facts were checked today (C)")
        self.action_line.addWidget(self.confirm)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Find by need, name or place")
        self.words.setAccessibleName("Find services")
        self.words.textEdited.connect(lambda _text: self.refresh())
        panel = Panel()
        panel.body.setContentsMargins(12, 12, 12, 0)
        panel.body.setSpacing(8)
        panel.body.addWidget(self.words)
        self.table = service_table(desk)
        self.table.key_pressed.connect(self._on_key)
        panel.body.addWidget(self.table)
        self.content.addWidget(panel, 1)
        self.setFocusProxy(self.words)

    def refresh(self) -> None:
        words = self.words.text()
        self.ask(lambda: self.desk.services.directory.find(words=words), self.table.set_rows, key="find")

    def _on_key(self, letter: str, _one: Service) -> None:
        if letter == "c":
            self._confirm()

    def _confirm(self) -> None:
        one = self.table.current()
        if one is not None:
            directory = self.desk.services.directory
            self.ask(
                lambda: directory.confirm(service_id=one.id, version=one.version), self.desk.hub.changed.emit
            )
