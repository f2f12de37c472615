"""Turns an anticipated error into a sentence that says what happened and what to do next."""

import string
import tomllib
from datetime import date, datetime
from functools import cache
from typing import Any

from typing_extensions import override

from caseapp.domain.day_words import day_words
from caseapp.domain.errors import CaseAppError
from caseapp.system import paths

FALLBACK = "unknown"


class _Gentle(string.Formatter):
    """Fills what it knows: a value that is missing must not hide the sentence."""

    @override
    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        return kwargs.get(key, "") if isinstance(key, str) else ""

    @override
    def format_field(self, value: Any, format_spec: str) -> Any:
        """A day reads here as it does on every screen."""
        is_day = isinstance(value, date) and not isinstance(value, datetime)
        return day_words(value) if is_day and not format_spec else super().format_field(value, format_spec)


@cache
def sentences(language: str = "en") -> dict[str, str]:
    """Every sentence of a language by code, gathered from its files."""
    found: dict[str, str] = {}
    for file in sorted(paths.resource("messages", language).glob("*.toml")):
        found.update(tomllib.loads(file.read_text(encoding="utf-8")))
    return found


def sentence_for(error: CaseAppError, language: str = "en") -> str:
    """The sentence of an error; values are put in as they are and never read as a template."""
    known = sentences(language)
    template = known.get(error.code, known[FALLBACK])
    return _Gentle().vformat(template, (), error.values)
