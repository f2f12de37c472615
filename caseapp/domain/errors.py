"""Errors a user can act on; each is defined beside the function that raises it and derives from here."""


class CaseAppError(Exception):
    """Base of every anticipated failure: a code and values, never display text; anything else is a bug.

    The sentence for a code stands in `resources/messages/<language>/<noun>.toml`.
    """

    code = "unknown"

    def __init__(self, **values: object) -> None:
        super().__init__(self.code)
        self.values = values


class StaleRecord(CaseAppError):
    """Somebody else saved the record after this screen read it."""

    code = "record.changed-by-someone-else"


class WorkedOnSince(StaleRecord):
    """Somebody worked on what a step did that is to be undone: undoing it would lose their work."""

    code = "record.worked-on-since"


class NoSuchRecord(CaseAppError):
    """The id belongs to nothing that this database holds."""

    code = "record.not-found"
