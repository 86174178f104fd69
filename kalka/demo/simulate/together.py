"""Several processes at once: each takes the next batch that is left, over a connection of its own."""

import multiprocessing
from collections.abc import Iterator, Sequence

from django.db import connections

from kalka.demo.simulate.drawing import World
from kalka.demo.simulate.writing import Writer


def batches(simulation_id: int, drawn: World, left: Sequence[int], processes: int) -> Iterator[int]:
    """Writes every batch; gives the number of each as it is there."""
    if processes < 2 or len(left) < 2 * processes:
        writer = Writer(simulation_id, drawn)
        for number in left:
            writer.batch(number)
            yield number
        return
    _let_go()
    context = multiprocessing.get_context("fork")  # the world is there already, and no thread runs yet
    with context.Pool(processes, _begin, (simulation_id, drawn)) as pool:
        yield from pool.imap_unordered(_one, left)


_writers: list[Writer] = []


def _begin(simulation_id: int, drawn: World) -> None:
    _writers[:] = [Writer(simulation_id, drawn)]


def _one(number: int) -> int:
    _writers[0].batch(number)
    return number


def _let_go() -> None:
    """No connection is shared by two processes."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
