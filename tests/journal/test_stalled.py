"""What a killed worker was doing is done by the next one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob

from megler.journal.actions import later, take_up_stalled

pytestmark = pytest.mark.django_db


def a_job_being_done(silent_for: timedelta | None) -> int:
    """A job in hand of a worker that was last heard of so long ago; of none that is known."""
    later("post.jobs.deliver", id="7")
    job = ProcrastinateJob.objects.order_by("-id")[0].pk
    with connection.cursor() as cursor:
        worker = None
        if silent_for is not None:
            heard = timezone.now() - silent_for
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id",
                [heard],
            )
            worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            [worker, job],
        )
    return int(job)


def status(job: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=job).status)


@pytest.mark.parametrize("silent_for", [timedelta(minutes=5), None])
def test_the_jobs_of_a_worker_that_has_gone_wait_again(silent_for: timedelta | None) -> None:
    job = a_job_being_done(silent_for)
    assert take_up_stalled() == 1
    assert status(job) == "todo"
    assert take_up_stalled() == 0


def test_the_jobs_of_a_worker_that_is_heard_of_are_left_alone() -> None:
    job = a_job_being_done(timedelta(seconds=20))
    assert take_up_stalled() == 0
    assert status(job) == "doing"


def test_a_job_that_comes_round_by_itself_is_not_in_the_way_of_the_next() -> None:
    job = a_job_being_done(timedelta(minutes=5))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET queueing_lock = 'journal.seal'")
    queue.configure_task(name="journal.jobs.seal", queueing_lock="journal.seal").defer(timestamp=1)
    other = a_job_being_done(timedelta(minutes=5))
    assert take_up_stalled() == 2
    assert (status(job), status(other)) == ("failed", "todo")
