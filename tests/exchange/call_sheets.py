"""What tests of call exports read them with."""

from zoneinfo import ZoneInfo

from caseapp.system.paths import resource

ZONE = ZoneInfo("America/Los_Angeles")
ALIASES = resource("recogniser", "call-columns.toml")


def accounted(reading):
    return reading.call_rows + len(reading.problems) + sum(reading.skipped.values()) == reading.rows
