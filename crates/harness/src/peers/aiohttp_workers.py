# Coroutines on one thread, so many as requests are to be in flight: each takes
# the next job, and awaits its answer.
import asyncio
import json
import sys

import aiohttp

url, number, at_once = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


async def worker(session, jobs, statuses):
    for _ in jobs:
        async with session.get(url) as response:
            await response.read()
            statuses.append(response.status)


async def ping_all():
    jobs, statuses = iter(range(number)), []
    limit = aiohttp.TCPConnector(limit=at_once)
    timeout = aiohttp.ClientTimeout(total=5)
    async with aiohttp.ClientSession(connector=limit,
                                     timeout=timeout) as session:
        await asyncio.gather(*(worker(session, jobs, statuses)
                               for _ in range(at_once)))
    return statuses


print(json.dumps({"answered": len(asyncio.run(ping_all()))}))
