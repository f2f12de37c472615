"""A folder into which another program drops files: what lies there, how each looks, and moving it aside."""

from pathlib import Path

from caseapp.system.files import CannotWrite

KINDS = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".json", ".jsonl"})


def candidates(folder: Path) -> list[Path]:
    """Exports by their ending; what is hidden is still being written by most programs."""
    try:
        return [
            one
            for one in folder.iterdir()
            if one.suffix.casefold() in KINDS and not one.name.startswith((".", "~")) and one.is_file()
        ]
    except OSError:
        return []


def mark(path: Path) -> tuple[int, int] | None:
    """Its size and when it was written, in nanoseconds; None where it is gone by now."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def folder_for(path: Path, where: str) -> Path:
    """The folder beside a file that it is moved into, made where it lacks; raises CannotWrite."""
    folder = path.parent / where
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        raise CannotWrite(file=f"{where}/{path.name}") from None
    return folder


def aside(path: Path, where: str) -> Path:
    """Move a file into a folder beside it under a name that is free; raises CannotWrite."""
    folder, number = folder_for(path, where), 1
    target = folder / path.name
    try:
        while target.exists():
            number += 1
            target = folder / f"{path.stem} ({number}){path.suffix}"
        path.rename(target)
    except OSError:
        raise CannotWrite(file=f"{where}/{path.name}") from None
    return target
