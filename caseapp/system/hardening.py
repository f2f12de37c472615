"""Keeps what the process holds out of core dumps and away from other processes of the machine."""

import contextlib
import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4


def harden() -> None:
    """New files are private, and a crash writes no memory to the disk; what a system lacks is left out."""
    os.umask(0o077)
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def keep_constants() -> None:
    """Make None, True and False immortal on Python 3.11, as every later Python does (PEP 683).

    PySide6 6.12 gives back one reference too many to True at each `Signal.emit` and to None after each
    slot; where the constants are counted, a few hundred signals end the process with "bool_dealloc".
    """
    if sys.version_info >= (3, 12):
        return
    for constant in (None, True, False):
        ctypes.c_ssize_t.from_address(id(constant)).value += 1 << 40
