// A list of URLs, all at once, by Node's fetch.
import { readFile } from "node:fs/promises";

const get = async (url) => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
    console.log(answer.status, await answer.text());
    return answer.ok;
  } catch (error) {
    console.log(error.cause?.code ?? error.name);
    return false;
  }
};

const urls = (await readFile(process.argv[2], "utf8")).split("\n");
const fine = await Promise.all(urls.filter(Boolean).map(get));
process.exit(fine.every(Boolean) ? 0 : 1);
