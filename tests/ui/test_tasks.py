"""Work away from the window: in which order it answers, how it is stopped, and what its end waits for."""

import threading
import time

from caseapp.ui.tasks import Tasks


def test_drop_a_late_result_of_a_replaced_request(qtbot):
    tasks, seen, gate = Tasks(), [], threading.Event()
    tasks.run(lambda: gate.wait(5) and "old", then=seen.append, failed=seen.append, key="k")
    tasks.run(lambda: "new", then=seen.append, failed=seen.append, key="k")
    gate.set()
    qtbot.waitUntil(lambda: tasks.is_idle, timeout=5000)
    assert seen == ["new"]
    tasks.stop()


def test_stop_long_work_at_its_next_report(qtbot):
    tasks, seen = Tasks(), []

    def work(report):
        count = 0
        while report("step", count, 10_000_000):
            count += 1
        return count

    tasks.run_long("Import", work, then=seen.append, failed=seen.append)
    qtbot.wait(30)
    tasks.cancel()
    qtbot.waitUntil(lambda: bool(seen), timeout=5000)
    assert isinstance(seen[0], int)
    tasks.stop()


def test_never_answer_before_whoever_asked_has_gone_on(qtbot):
    """Work that was done at once answered in the middle of the asking, and else after it."""
    tasks, seen = Tasks(), []
    for number in range(300):
        tasks.run(lambda: None, then=lambda _none, one=number: seen.append(one), failed=seen.append)
        assert seen == []
    qtbot.waitUntil(lambda: tasks.is_idle, timeout=5000)
    assert seen == list(range(300))
    tasks.stop()


def test_end_with_every_save_done_though_a_look_outside_never_answers(qtbot):
    tasks, done, seen = Tasks(), [], []
    began, answered = threading.Event(), threading.Event()

    def hang():
        began.set()
        return answered.wait(30)

    tasks.run_outside(hang, then=seen.append, failed=seen.append, key="folder")
    began.wait(5)
    for number in range(5):
        tasks.run(lambda one=number: done.append(one), then=seen.append, failed=seen.append)
    at = time.monotonic()
    tasks.stop()
    assert time.monotonic() - at < 5 and done == [0, 1, 2, 3, 4] and not tasks.is_over
    answered.set()
    qtbot.waitUntil(lambda: tasks.is_over, timeout=5000)
    qtbot.wait(50)
    assert seen == [], "nobody is there who would read it"
