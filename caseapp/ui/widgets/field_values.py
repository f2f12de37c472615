"""What stands in a field of a form, whatever kind it is: read as a file can keep it, and put back."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from caseapp.ui.widgets.several import Several


def is_secret(field: QWidget) -> bool:
    """Whether what is typed is not shown, and therefore never kept."""
    return isinstance(field, QLineEdit) and field.echoMode() is not QLineEdit.EchoMode.Normal


def value_of(field: QWidget) -> str | bool:
    """Its text, or whether it is ticked."""
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, Several):
        return " ".join(field.values)
    return field.text() if isinstance(field, QLineEdit) else ""


def put_into(field: QWidget, value: Any) -> None:
    """Put back what `value_of` gave; a choice that is not offered any more stays as it is."""
    if isinstance(field, QCheckBox):
        field.setChecked(bool(value))
    elif isinstance(field, QComboBox) and field.findText(str(value)) >= 0:
        field.setCurrentIndex(field.findText(str(value)))
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(str(value))
    elif isinstance(field, Several):
        field.choose(str(value).split())
    elif isinstance(field, QLineEdit):
        field.setText(str(value))
