"""What stands where something was not known: words that programs and people write, and days.

A field has words of its own beside these ("homeless" for an address, "John Doe" for a name); they stand where
that field is read, together with what it takes from here.
"""

NOTHING = frozenset({"", "null", "nan", "n/a", "na", "none", "nat", "-", "(null)", "#n/a"})
"""What programs write into a cell without a value, in lower case."""

NOT_KNOWN = frozenset(
    ["unknown", "unk", "not-known", "not-recorded", "none", "na", "nil", "refused", "declined"]
)
"""What people write where they did not get to know something, in lower case, its words joined by "-"."""

NO_BIRTHS = ((1900, 1, 1), (1901, 1, 1))
"""Days (year, month, day) that stand where no birth date was known, by habit of other programs."""
