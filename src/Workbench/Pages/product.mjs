// The product as a process of its own, and what a client asks of it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const writeKey = "known-write-key-of-the-pages";
export const adminToken = "known-admin-token-of-the-pages";
const startedWithinMs = 600_000;
const messagesPerRequest = 500;
// A database that was given is somebody’s; these begin with an empty one.
const { LSTEP_POSTGRES: _, ...environment } = process.env;

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** Starts a program of the build on an empty folder and a free port, and waits until it says the words. */
async function start(program, verb, options, words) {
  const folder = await mkdtemp(join(tmpdir(), "lstep-pages-"));
  await chmod(folder, 0o711); // PostgreSQL runs as another user where this one is root
  const port = await freePort();
  const child = spawn("dotnet", [program, verb, "--port", `${port}`, "--data", folder, ...options], {
    env: { ...environment, LSTEP_WRITE_KEY: writeKey, LSTEP_ADMIN_TOKEN: adminToken, LSTEP_API_RATE: "1000000" },
  });
  const ended = once(child, "exit");
  let said = "";
  const ready = new Promise((resolve, reject) => {
    const hear = (part) => {
      said = (said + part).slice(-20_000);
      if (said.includes(words)) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    void ended.then(() => reject(new Error(`The server ended before it was ready:\n${said}`)));
    setTimeout(() => reject(new Error(`The server is not ready after ${startedWithinMs / 1000} s:\n${said}`)), startedWithinMs).unref();
  });
  const stop = async () => {
    if (child.exitCode === null) child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  process.once("SIGINT", () => void stop().finally(() => process.exit(130)));
  try {
    await ready;
  } catch (trouble) {
    await stop();
    throw trouble;
  }
  return { url: `http://127.0.0.1:${port}`, stop };
}

const program = (variable) => process.env[variable] ?? (() => { throw new Error(`Start it with ./lstep, which sets ${variable}.`); })();

/** The demo: the same invented year each time but for its dates, then live. */
export const startDemo = () => start(program("LSTEP_WORKBENCH_PROGRAM"), "demo", [], "The year is over");

/** An empty product, on a simulated clock that begins at an instant, or on the machine's. */
export const startEmpty = (clock) => start(program("LSTEP_SILO_PROGRAM"), "run", clock ? ["--clock", clock] : [], "stop      Ctrl-C");

export class Client {
  constructor(url) {
    this.url = url;
  }

  async #send(path, key, init = {}) {
    for (;;) {
      const answer = await fetch(this.url + path, { ...init, headers: { authorization: key, "content-type": "application/json" } });
      if (answer.ok) return answer.json();
      if (answer.status !== 503 && answer.status !== 429) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      await answer.body?.cancel();
      await new Promise((go) => setTimeout(go, 1000 * Number(answer.headers.get("retry-after") ?? 1)));
    }
  }

  get = (path) => this.#send(path, `Bearer ${adminToken}`);

  moveClock = (ms) => this.#send("/api/clock", `Bearer ${adminToken}`, { method: "POST", body: JSON.stringify({ now: new Date(ms).toISOString() }) });

  /** Messages of a customer belong together: cut the list where that does not matter. */
  async post(messages) {
    const answer = await this.#send("/v1/batch", `Basic ${btoa(`${writeKey}:`)}`, { method: "POST", body: JSON.stringify({ batch: messages }) });
    if (answer.rejected?.length > 0) throw new Error(`Rejected: ${JSON.stringify(answer.rejected[0])}`);
  }

  /** Lists of messages, each of one customer, in requests of a few hundred, some at the same time. */
  async postAll(lists, atOnce = 4) {
    const requests = [];
    for (const list of lists) {
      const last = requests.at(-1);
      if (last && last.length + list.length <= messagesPerRequest) last.push(...list);
      else requests.push([...list]);
    }
    const lane = async () => {
      for (let next = requests.pop(); next; next = requests.pop()) await this.post(next);
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  }

  /** The ids of all ledger rows after one. */
  async ledger(after) {
    const ids = [];
    for (;;) {
      const { items } = await this.get(`/api/transitions?after=${ids.at(-1) ?? after}&limit=1000`);
      ids.push(...items.map(({ id }) => id));
      if (items.length < 1000) return ids;
    }
  }
}
