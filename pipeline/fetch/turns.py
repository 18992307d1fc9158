"""One request at a time for each host, with a pause between two."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Hands out turns at hosts, in the order in which they are asked for."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_at: dict[str, float] = {}

    @asynccontextmanager
    async def at(self, host: str, delay: float) -> AsyncIterator[None]:
        """A turn at a host; it begins `delay` seconds after the last one ended, and no other one meanwhile."""
        async with self._locks[host]:
            await asyncio.sleep(self._free_at.get(host, 0.0) + delay - time.monotonic() if host in self._free_at else 0)
            try:
                yield
            finally:
                self._free_at[host] = time.monotonic()
