"""What a window looked like when it was left: sizes, columns, theme; never anything about a person."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


class WindowState:
    """An INI file of one member of staff; without a file nothing outlives the window."""

    def __init__(self, file: Path | None = None) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat) if file else None
        self._file = file

    def read(self, key: str) -> str:
        """The text that was written last, or an empty one."""
        found = self._settings.value(key, "") if self._settings else ""
        return found if isinstance(found, str) else ""

    def write(self, key: str, value: str) -> None:
        """Remember a text; the file is readable by its owner only."""
        if self._settings is None or self._file is None:
            return
        self._settings.setValue(key, value)
        self._settings.sync()
        if self._file.exists():
            self._file.chmod(0o600)

    def read_numbers(self, key: str) -> list[int]:
        """Whole numbers that were written last; anything else in the file counts as nothing."""
        parts = self.read(key).split()
        return [int(part) for part in parts] if all(part.lstrip("-").isdecimal() for part in parts) else []

    def write_numbers(self, key: str, values: list[int]) -> None:
        """Remember whole numbers."""
        self.write(key, " ".join(str(value) for value in values))

    def read_bytes(self, key: str) -> QByteArray:
        """Qt's own description of a window's place."""
        return QByteArray.fromBase64(QByteArray(self.read(key).encode("ascii", "ignore")))

    def write_bytes(self, key: str, value: QByteArray) -> None:
        """Remember Qt's own description of a window's place."""
        self.write(key, bytes(value.toBase64().data()).decode("ascii"))
