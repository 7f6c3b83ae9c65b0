"""A list of URLs, all at once, over one AsyncClient of httpx."""

import asyncio
import sys

import httpx


async def get(client, url):
    try:
        answer = await client.get(url)
        print(answer.status_code, answer.text)
        return answer.is_success
    except httpx.HTTPError as error:
        print(type(error).__name__)
        return False


async def main():
    with open(sys.argv[1], encoding="utf-8") as urls:
        urls = urls.read().split()
    async with httpx.AsyncClient() as client:
        fine = await asyncio.gather(*(get(client, url) for url in urls))
    sys.exit(0 if all(fine) else 1)


asyncio.run(main())
