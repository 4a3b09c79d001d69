"""The processes that price: one a processor of this machine, or the workers of a Dask cluster.

Workers need the package and nothing else: the editions travel to each when it starts, also to one
that takes the place of a worker that was killed, and a chunk travels with its task. A chunk whose
worker dies is given to another.
"""

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from signal import SIG_IGN, SIGINT, signal
from uuid import uuid4

from distributed import Client, KilledWorker, LocalCluster, WorkerPlugin, as_completed
from distributed.comm.core import CommClosedError

from megler.quoting.bulk.book import Chunk
from megler.quoting.bulk.chunks import Done, Order, price
from megler.quoting.bulk.market import know
from megler.vocabulary.problems import Problem, Refused

_IN_FLIGHT = 3
"""So many chunks a worker thread are on their way at once, however long the book."""
PATIENCE = "20s"
_WORKERS_ENVIRONMENT = {
    "NUMBA_NUM_THREADS": "1",
    "POLARS_MAX_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "DASK_LOGGING__DISTRIBUTED": "critical",
}


class _Editions(WorkerPlugin):
    """Lets each worker know the editions when it joins.

    Our `own` workers leave Ctrl-C to the process that began them, which ends them in order.
    """

    def __init__(self, contents: Mapping[str, bytes], *, own: bool) -> None:
        self.contents, self.own = dict(contents), own
        self.name = "megler-editions-" + uuid4().hex

    def setup(self, worker: object) -> None:
        if self.own:
            signal(SIGINT, SIG_IGN)
        know(self.contents)


@dataclass(frozen=True, slots=True)
class Crew:
    """Prices chunks with the workers of a Dask client."""

    client: Client

    def price(self, chunks: Iterable[Chunk], order: Order) -> Iterator[Done]:
        """What came of each chunk, as they finish, in any order."""
        waiting, run = iter(chunks), uuid4().hex
        futures = as_completed(with_results=False)  # type: ignore[no-untyped-call]
        under_way: dict[str, Chunk] = {}

        def give() -> bool:
            chunk = next(waiting, None)
            if chunk is None:
                return False
            key = f"reprice-{run}-{chunk.number}"
            under_way[key] = chunk
            futures.add(self.client.submit(price, chunk, order, key=key, pure=False))  # type: ignore[no-untyped-call]
            return True

        while len(under_way) < _IN_FLIGHT * max(1, self._threads()) and give():
            pass
        for future in futures:
            chunk = under_way.pop(future.key)
            try:
                done: Done = future.result()
            except KilledWorker as error:
                where = f"rows {chunk.first}+"
                raise Refused(Problem("bulk_workers_die", where)) from error
            except (CancelledError, CommClosedError, TimeoutError) as error:
                raise Refused(Problem("bulk_scheduler_lost")) from error
            give()
            yield done

    def _threads(self) -> int:
        return sum(self.client.nthreads().values())  # type: ignore[no-untyped-call]


@contextmanager
def crew_at(scheduler: str | None, workers: int, contents: Mapping[str, bytes]) -> Iterator[Crew]:
    """The crew of the cluster at `scheduler`, or of so many processes of this machine."""
    with _client(scheduler, workers) as client:
        client.register_plugin(_Editions(contents, own=scheduler is None))
        yield Crew(client)


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _client(scheduler: str | None, workers: int) -> Iterator[Client]:
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if scheduler is None:
        with own_cluster(workers) as cluster, Client(cluster) as client:  # type: ignore[no-untyped-call]
            yield client
        return
    try:
        client = Client(scheduler, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        found = str(error)[:200]
        expected = "tcp://host:8786"
        raise Refused(Problem("bulk_no_scheduler", scheduler, found, expected)) from error
    with client:
        yield client


def own_cluster(workers: int, *, encrypted: bool = True) -> LocalCluster:
    """Processes of this machine, speaking TLS with keys of this run: nobody else can send work."""
    return LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        security=encrypted or None,
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        env=_WORKERS_ENVIRONMENT,
        silence_logs=logging.CRITICAL,
    )
