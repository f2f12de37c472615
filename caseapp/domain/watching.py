"""A folder that is watched while the desk runs, and what of it could not be brought in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

MOST = 50
"""Problems that are kept; older ones have their file and its reason beside it."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file that could not be brought in, or with no name the folder itself; why, in a sentence."""

    file: str
    words: str
    at: datetime

    @property
    def id(self) -> tuple[str, datetime]:
        """By which a list finds it again."""
        return self.file, self.at


@dataclass(frozen=True, slots=True)
class Watching:
    """Which folder, by which layout (empty: by each file's header), and what nobody has seen to yet."""

    folder: str = ""
    layout: str = ""
    problems: tuple[FileProblem, ...] = ()

    def with_problem(self, problem: FileProblem) -> "Watching":
        """One problem more, the newest first; the same one of the folder itself is told once."""
        if not problem.file and any(not one.file and one.words == problem.words for one in self.problems):
            return self
        return replace(self, problems=(problem, *self.problems)[:MOST])

    def stored(self) -> dict[str, Any]:
        """As a setting keeps it."""
        problems = [{"file": one.file, "words": one.words, "at": one.at.isoformat()} for one in self.problems]
        return {"folder": self.folder, "layout": self.layout, "problems": problems}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Watching":
        """Read back what was kept; nothing kept is no folder."""
        problems = tuple(
            FileProblem(one["file"], one["words"], datetime.fromisoformat(one["at"]))
            for one in stored.get("problems", ())
        )
        return cls(stored.get("folder", ""), stored.get("layout", ""), problems)
