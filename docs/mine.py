"""Pings a URL 24 times, "8 at a time". Its author believes it.

    cargo run -p harness -- witness -c 8 -- python3 docs/mine.py {url}
"""
import asyncio
import sys
from urllib.request import urlopen

AT_ONCE = 8


async def ping(url, number):
    with urlopen(f"{url}?seq={number}", timeout=5) as reply:
        reply.read()
        return reply.status


async def main(url):
    limit = asyncio.Semaphore(AT_ONCE)

    async def limited(number):
        async with limit:
            return await ping(url, number)

    statuses = await asyncio.gather(*map(limited, range(24)))
    print(f"{len(statuses)} pings, {AT_ONCE} at a time, all done")


asyncio.run(main(sys.argv[1]))
