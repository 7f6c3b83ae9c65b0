// The client that is tested: it fetches its URLs all at once.
async function status(url) {
  const reply = await fetch(url);
  await reply.arrayBuffer();
  return reply.status;
}

export function fetchAll(urls) {
  return Promise.all(urls.map(status));
}
