"""What runs every minute: done when its turn comes, left out where it waited too long."""

from datetime import timedelta

from backend.outside.minutely import STALE_S, Minutely
from backend.queue import connect


def test_a_minute_that_waited_behind_a_long_task_is_left_to_the_next(tmp_path):
    queue, done = connect(f"sqlite:///{tmp_path}/queue.db"), []
    Minutely("look", about="").put_on(queue, lambda: done.append(1))
    (task,) = queue._registry.periodic_tasks
    assert all(task.validate_datetime(queue._get_timestamp()) for _ in range(2))
    for late_s, times in ((0, 1), (STALE_S + 1, 1), (STALE_S - 5, 2)):
        queue.enqueue(task)
        waits = queue.dequeue()
        queue.execute(waits, queue._get_timestamp() + timedelta(seconds=late_s))
        assert len(done) == times
        assert (queue.storage.taken_size(), queue.pending_count()) == (0, 0)
