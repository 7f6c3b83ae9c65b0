// A client that looks concurrent and is not: `await` in a loop waits for each
// fetch before the next begins. The tests beside it must fail with it.
async function status(url) {
  const reply = await fetch(url);
  await reply.arrayBuffer();
  return reply.status;
}

export async function fetchAll(urls) {
  const statuses = [];
  for (const url of urls) {
    statuses.push(await status(url));
  }
  return statuses;
}
