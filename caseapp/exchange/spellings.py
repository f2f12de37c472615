"""When two spellings in a file are one: of the name of a column, and of a value."""


def column_key(name: str) -> str:
    """A column name without case, blanks and signs, so that vintages of one export meet."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def value_key(text: str) -> str:
    """A value without case and with blanks folded: what two spellings of one code share."""
    return " ".join(text.casefold().split())
