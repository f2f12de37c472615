"""What the user reads when something did not work."""

from caseapp.domain.errors import CaseAppError
from caseapp.system import logs
from caseapp.system.messages import sentence_for


def field_of(error: Exception) -> str:
    """The name of the field where what was refused came in; "" where the error names none."""
    return str(error.values.get("field", "")) if isinstance(error, CaseAppError) else ""


def sentence(error: Exception) -> str:
    """The sentence of an anticipated error; anything else is logged without values and named by a number."""
    if isinstance(error, CaseAppError):
        return sentence_for(error)
    number = logs.report(error)
    return f"This should not happen. Nothing was saved. Please tell your administrator: report {number}."
