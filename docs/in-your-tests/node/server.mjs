// The test server of a test: started, asked what it saw, and ended.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const COMMAND = ["serve", "--output-format", "json", "--end-with-stdin"];

export async function startServer(...options) {
  const program = process.env.HARNESS ?? "harness";
  const child = spawn(program, [...COMMAND, ...options], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code) => resolve(`exit code ${code}`));
  });
  const line = await new Promise((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    ended.then((how) =>
      reject(new Error(`\`${program} serve\` did not start: ${how}`)));
  });
  const where = JSON.parse(line);
  if (where.version !== 1) throw new Error(`version ${where.version}`);

  async function ask(method, path, body) {
    const answer = await fetch(where.control + path, {
      method,
      body: body && JSON.stringify(body),
      headers: { Authorization: `Bearer ${where.token}` },
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }

  return {
    url: (path) => where.url + path,
    // What it saw since the last reset.
    witness: () => ask("GET", "/witness?stamps=0"),
    // Counts from zero, and does what the plan says from now on.
    reset: (plan) => ask("POST", "/reset", plan),
    // The server ends when its standard input does.
    stop: () => (child.stdin.end(), ended),
  };
}
