"""What needs a loop of its own gets one, beside a running one too."""

import asyncio

from megler.wires.loops import outside_loop


async def _answer() -> str:
    return "done"


def test_it_works_with_and_without_a_running_loop() -> None:
    def work() -> str:
        return asyncio.run(_answer())

    async def beside() -> str:
        return outside_loop(work)

    assert outside_loop(work) == "done"
    assert outside_loop(lambda: asyncio.run(beside())) == "done"
