"""The fields of a call and the choices of a layout, in the words of the desk."""

FIELDS = {
    "number": "Call number",
    "received_at": "Received",
    "type_text": "Type of call",
    "place": "Place",
    "entered_at": "Entered",
    "dispatched_at": "Dispatched",
    "enroute_at": "En route",
    "on_scene_at": "On scene",
    "engaged_at": "Engaged",
    "cleared_at": "Cleared",
    "unit": "Unit",
    "source": "Source",
    "type_initial_text": "First type",
    "type_code": "Type code",
    "type_initial_code": "First type code",
    "priority": "Priority",
    "disposition": "Disposition",
    "disposition_code": "Disposition code",
    "end_point": "How the dispatch ended",
    "reasons": "Reasons",
    "agency": "Agency",
    "cross_street": "Cross street",
    "city": "City",
    "zip": "Zip",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "district": "District or beat",
    "narrative": "Narrative",
    "call_taker": "Call-taker",
    "dispatcher": "Dispatcher",
    "duplicate_of": "Duplicate of",
    "subject_name": "Person: name",
    "subject_birth_date": "Person: birth date",
    "subject_age": "Person: age",
    "subject_phone": "Person: phone",
    "caller_name": "Caller: name",
    "caller_phone": "Caller: phone",
}
"""Every field that a column can be, in the order of the list."""

NEEDED = ("number", "received_at")
WANTED = ("type_text", "place")

HOLDS = (
    ("", "A time"),
    ("seconds", "Seconds after another time"),
    ("minutes", "Minutes after another time"),
)
TAKES = (("", "The whole text"), ("code", "The code before the text"), ("text", "The text after the code"))
DATES = (
    (None, "Found out from the file"),
    (False, "Month first: 5/12 is May 12"),
    (True, "Day first: 12 May"),
)
MIDNIGHT = (
    (None, "Found out from the file"),
    (True, "No time of day is known"),
    (False, "Midnight"),
)
ZONES = (
    ("", "The agency's own"),
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
    ("UTC", "UTC"),
)
