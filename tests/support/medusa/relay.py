"""A way to a Unix socket for programs that know TCP alone."""

import asyncio
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress


@contextmanager
def relay(path: str) -> Generator[int]:
    """Lead a free port of 127.0.0.1 to a socket, and yield it, until the block ends."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    starting = asyncio.run_coroutine_threadsafe(_serve(path), loop)
    server = starting.result(10)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _serve(path: str) -> asyncio.Server:
    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            theirs = await asyncio.open_unix_connection(path)
            await asyncio.gather(_copy(reader, theirs[1]), _copy(theirs[0], writer))

    return await asyncio.start_server(meet, "127.0.0.1", 0)


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await source.read(65536):
            target.write(part)
            await target.drain()
    target.close()


async def _stop(server: asyncio.Server) -> None:
    server.close()
    # Both ends are gone by now, so each way comes to its end by itself.
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.wait(others or {asyncio.create_task(asyncio.sleep(0))}, timeout=5)
