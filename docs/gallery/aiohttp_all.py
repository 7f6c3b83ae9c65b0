"""A list of URLs, all at once, over one session of aiohttp."""

import asyncio
import sys

import aiohttp


async def get(session, url):
    try:
        async with session.get(url) as answer:
            print(answer.status, await answer.text())
            return answer.ok
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
        print(type(error).__name__)
        return False


async def main():
    with open(sys.argv[1], encoding="utf-8") as urls:
        urls = urls.read().split()
    limit = aiohttp.ClientTimeout(total=5)
    async with aiohttp.ClientSession(timeout=limit) as session:
        fine = await asyncio.gather(*(get(session, url) for url in urls))
    sys.exit(0 if all(fine) else 1)


asyncio.run(main())
