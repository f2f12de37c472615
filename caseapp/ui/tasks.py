"""Runs services away from the window: the event loop never waits for the database, the disk or a page."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from caseapp.ui.collector import Collector

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds that what saves nothing has to end once the desk is closed."""


class Tasks(QObject):
    """One thread for what the user asked for, in order, one for long work, one for what may come late.

    A fourth is for what only reckons, such as spelling, so that no save ever waits behind it; a fifth for
    looks at what others put into a folder, whose drive may not answer for minutes.

    A task with a `key` replaces the one before it of that key: a result that comes late is dropped.

    Signals:
        started, finished: long work began or ended (its name).
        progressed: name, done, of how many.
        rested: every result has been delivered.
    """

    started = Signal(str)
    finished = Signal(str)
    progressed = Signal(str, int, int)
    rested = Signal()
    _done = Signal(object, object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._short = ThreadPoolExecutor(1, thread_name_prefix="short")
        self._long = ThreadPoolExecutor(1, thread_name_prefix="long")
        self._late = ThreadPoolExecutor(1, thread_name_prefix="late")
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="aside")
        self._outside = ThreadPoolExecutor(1, thread_name_prefix="outside")
        self._going: dict[Future[Any], ThreadPoolExecutor] = {}
        self._heavy = 0
        self._newest: dict[str, int] = {}
        self._waiting = 0
        self._cancels: list[threading.Event] = []
        self._is_stopped = False
        self._collector = Collector(self)
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        *,
        then: Callable[[T], None],
        failed: Callable[[Exception], None],
        key: str = "",
    ) -> None:
        """Do `work` on the short thread; `then` or `failed` run on the window's thread."""
        number = self._newest[key] = self._newest.get(key, 0) + 1
        self._submit(self._short, work, then, failed, (key, number) if key else None)

    def drop(self, key: str) -> None:
        """Take no answer any more to what was asked by this key."""
        self._newest[key] = self._newest.get(key, 0) + 1

    def run_late(
        self,
        work: Callable[[], T],
        *,
        then: Callable[[T], None],
        failed: Callable[[Exception], None],
        key: str,
    ) -> None:
        """Look something up that nobody waits for, such as a count, beside what was asked for.

        What a later call of the same key replaced before its turn came is not done at all.
        """
        self._submit_newest(self._late, work, then, failed, key)

    def run_aside(
        self,
        work: Callable[[], T],
        *,
        then: Callable[[T], None],
        failed: Callable[[Exception], None],
        key: str,
    ) -> None:
        """Reckon something without the database, beside everything else; as late work, replaced by key."""
        self._submit_newest(self._aside, work, then, failed, key)

    def run_outside(
        self,
        work: Callable[[], T],
        *,
        then: Callable[[T], None],
        failed: Callable[[Exception], None],
        key: str,
    ) -> None:
        """Look at a folder that may be of another machine; not even the end of the desk waits for it."""
        self._submit_newest(self._outside, work, then, failed, key)

    def run_aside_heavy(
        self, work: Callable[[], T], *, then: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """The same for what makes objects by the hundred thousand: the collector rests meanwhile."""
        self._heavy += 1
        self._let_rest()

        def over() -> None:
            self._heavy -= 1
            self._let_rest()

        def done(value: T) -> None:
            over()
            then(value)

        def broke(error: Exception) -> None:
            over()
            failed(error)

        self._submit(self._aside, work, done, broke, None)

    def run_long(
        self,
        name: str,
        work: Callable[[Callable[[str, int, int], bool]], T],
        *,
        then: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do long work that reports progress; `cancel` makes its next report answer False."""
        asked_to_stop = threading.Event()
        self._cancels.append(asked_to_stop)
        self._let_rest()
        self.started.emit(name)

        def report(_words: str, done: int, total: int) -> bool:
            self.progressed.emit(name, done, total)
            return not asked_to_stop.is_set()

        def over() -> None:
            self._cancels.remove(asked_to_stop)
            self._let_rest()
            self.finished.emit(name)

        def ended(value: T) -> None:
            over()
            then(value)

        def broke(error: Exception) -> None:
            over()
            failed(error)

        self._submit(self._long, lambda: work(report), ended, broke, None)

    def cancel(self) -> None:
        """Ask the long work, and what waits behind it, to stop at the next report."""
        for asked_to_stop in self._cancels:
            asked_to_stop.set()

    @property
    def is_over(self) -> bool:
        """Whether nothing is done any more, so that the process can end by itself."""
        return not self._going

    @property
    def is_stopped(self) -> bool:
        """Whether nothing more is taken."""
        return self._is_stopped

    @property
    def is_idle(self) -> bool:
        """Whether every result has been delivered."""
        return self._waiting == 0

    def stop(self) -> None:
        """Do what was asked for before, so that no save or draft is lost, stop long work, take no more.

        A save is awaited however long it takes. The rest has its time, and a look outside none: a drive that
        does not answer may hold it for ever.
        """
        self._is_stopped = True
        self.cancel()
        self._short.shutdown(wait=True)
        for pool in (self._long, self._late, self._aside, self._outside):
            pool.shutdown(wait=False, cancel_futures=True)
        wait([one for one, pool in list(self._going.items()) if pool is not self._outside], timeout=PATIENCE)
        self._collector.stop()

    def _let_rest(self) -> None:
        self._collector.is_resting = bool(self._cancels) or self._heavy > 0

    def _submit_newest(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None],
        key: str,
    ) -> None:
        number = self._newest[key] = self._newest.get(key, 0) + 1

        def unless_replaced() -> T | None:
            return work() if self._newest[key] == number else None

        self._submit(pool, unless_replaced, then, failed, (key, number))

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None],
        ticket: tuple[str, int] | None,
    ) -> None:
        if self._is_stopped:
            return
        self._waiting += 1
        future = pool.submit(work)
        self._going[future] = pool
        future.add_done_callback(lambda done: self._emit(done, then, failed, ticket))

    def _emit(self, future: Future[Any], then: object, failed: object, ticket: object) -> None:
        self._going.pop(future, None)
        if not future.cancelled() and not self._is_stopped:
            self._done.emit(future, then, failed, ticket)

    def _on_done(
        self,
        future: Future[Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None],
        ticket: tuple[str, int] | None,
    ) -> None:
        self._waiting -= 1
        try:
            if self._is_stopped or (ticket is not None and self._newest[ticket[0]] != ticket[1]):
                return
            error = future.exception()
            if isinstance(error, Exception):
                failed(error)
            else:
                then(future.result())
        finally:
            if self.is_idle:
                self.rested.emit()
