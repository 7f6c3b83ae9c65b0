"""A client that looks concurrent and is not: `urlopen` blocks the event loop,
so its coroutines take turns. The tests beside it must fail with it."""
import asyncio
from urllib.error import HTTPError
from urllib.request import urlopen


async def fetch(url):
    try:
        with urlopen(url, timeout=10) as reply:
            return reply.status
    except HTTPError as refusal:
        with refusal:
            return refusal.code


def fetch_all(urls):
    async def gathered():
        return await asyncio.gather(*map(fetch, urls))

    return asyncio.run(gathered())
