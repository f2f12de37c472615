"""The words of calls, and times as they are shown and typed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLineEdit

from caseapp.domain.calls import CallLine, Model, NarrativePart, Origin, UnitRole, origin
from caseapp.domain.clock_times import NotAMoment, read_after, read_moment, write_after, write_moment
from caseapp.domain.day_words import day_words, weekday_words
from caseapp.domain.encounters import Part
from caseapp.ui.lists import Words

MODELS = {
    Model.ALTERNATIVE: "Alternative response",
    Model.CO_RESPONSE: "Co-response, together",
    Model.CO_RESPONSE_CALLED_IN: "Co-response, called in",
    Model.CO_RESPONSE_VIRTUAL: "Co-response by video",
    Model.MOBILE_CRISIS: "Mobile crisis team",
    Model.CIT: "CIT-trained police",
    Model.POLICE: "Police only",
    Model.FOLLOW_UP: "Follow-up team",
    Model.UNKNOWN: "Not known",
}
SHORT = {
    Model.ALTERNATIVE: "Alternative",
    Model.CO_RESPONSE: "Co-response",
    Model.CO_RESPONSE_CALLED_IN: "Called in",
    Model.CO_RESPONSE_VIRTUAL: "Video",
    Model.MOBILE_CRISIS: "Mobile crisis",
    Model.CIT: "CIT police",
    Model.POLICE: "Police only",
    Model.FOLLOW_UP: "Follow-up",
}
"""The models where room is scarce."""

ROLES = {UnitRole.PRIMARY: "First on the call", UnitRole.BACK_UP: "Back-up", UnitRole.FOLLOW_UP: "Follow-up"}
AUTHORS = {
    NarrativePart.CALL_TAKER: "Call-taker",
    NarrativePart.DISPATCHER: "Dispatcher",
    NarrativePart.RESPONDER: "Responder",
    NarrativePart.OFFICER: "Officer",
    NarrativePart.UNKNOWN: "Author not recorded",
}
PARTS = {
    Part.SUBJECT: "Person the call is about",
    Part.CALLER: "Caller",
    Part.FAMILY: "Family",
    Part.BYSTANDER: "Bystander",
    Part.UNKNOWN: "Not known",
}
ORIGINS = {Origin.PUBLIC: "public-initiated", Origin.PROACTIVE: "proactive", Origin.UNKNOWN: ""}
YES_NO: tuple[tuple[bool | None, str], ...] = ((None, "Not recorded"), (True, "Yes"), (False, "No"))


def source_words(words: Words, code: str) -> str:
    """A source, and whether it is proactive work."""
    side = ORIGINS[origin(code)]
    return f"{words.word('call_source', code)}{f' ({side})' if side else ''}"


def yes_no(value: bool | None) -> str:
    """A fact that may not be recorded."""
    return dict(YES_NO)[value]


def response_words(one: CallLine) -> str:
    """Who answered, as the list shows it."""
    return ", ".join(SHORT[model] for model in one.models if model in SHORT) or "not recorded"


class Times:
    """Moments of one call on the agency's clock, in fields."""

    def __init__(self, zone: ZoneInfo, *, now: datetime) -> None:
        self._zone, self._now = zone, now.astimezone(zone)

    def words(self, at: datetime | None) -> str:
        """The time of day, as facts show it."""
        return f"{at.astimezone(self._zone):%H:%M:%S}" if at else ""

    def day_and_time(self, at: datetime) -> str:
        """The same after its day, which the first moment of a call says for all that follow."""
        local = at.astimezone(self._zone)
        day = weekday_words(local) if local.year == self._now.year else day_words(local)
        return f"{day} {self.words(at)}"

    def write(self, at: datetime | None, after: datetime | None = None) -> str:
        """A moment for a field; after another one it is as short as it can be."""
        if at is None:
            return ""
        local = at.astimezone(self._zone)
        return write_after(local, after=after.astimezone(self._zone)) if after else write_moment(local)

    def read(
        self, key: str, field: QLineEdit, before: datetime | None, after: datetime | None = None
    ) -> datetime | None:
        """What a field says; raises NotAMoment with the field's key. Untouched, the moment stays exact."""
        text = field.text().strip()
        if text == self.write(before, after):
            return before
        if not text:
            return None
        try:
            if after is None:
                return read_moment(text, now=self._now)
            return read_after(text, after=after.astimezone(self._zone))
        except NotAMoment as error:
            raise NotAMoment(text=text, field=key) from error
