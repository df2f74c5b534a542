// The installed Chromium, signed in, and what it tells of a page.
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { adminToken } from "./product.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
export const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export async function chromiumPath() {
  for (const name of names)
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const path = join(folder, name);
      if (await access(path).then(() => true, () => false)) return path;
    }
  throw new Error("Missing: Chromium. On Debian or Ubuntu: sudo apt-get install -y --no-install-recommends chromium");
}

export const launch = async () => chromium.launch({ executablePath: await chromiumPath(), args: flags });

/** What a person is signed in by: a one-time link, or the admin token of a server that was started here. */
export async function signIn(context, url, link) {
  const answer = await context.request.post(`${url}/api/session`, { data: link ? { link } : { token: adminToken } });
  if (!answer.ok()) throw new Error(`Not signed in: ${answer.status()} ${await answer.text()}`);
}

/** Until everything that was asked for is there and drawn. */
export async function settled(page) {
  await page.locator("h1").first().waitFor({ state: "attached" });
  await page.waitForFunction(() => !document.querySelector(".waiting, .plot[data-drawn=false]"));
}

/** Memory of a page after its garbage was collected: bytes of its scripts' heap, nodes and listeners of its documents. */
export async function memoryOf(cdp) {
  for (let times = 0; times < 3; times++) await cdp.send("HeapProfiler.collectGarbage");
  const [{ usedSize }, { nodes, jsEventListeners, documents }] = [await cdp.send("Runtime.getHeapUsage"), await cdp.send("Memory.getDOMCounters")];
  return { heap: usedSize, nodes, listeners: jsEventListeners, documents };
}

const recordEnd = "\u001e";

/** Collects the ids of transitions that reach a page, by the hub or from the ledger, as they stand in what the browser received. */
export function watchTransitions(page) {
  const seen = { byHub: new Set(), all: new Set(), repeated: 0, gaps: 0 };
  const heard = (text) => {
    for (const record of text.split(recordEnd)) {
      if (!record.includes('"target"')) continue;
      const { target, arguments: [row] } = JSON.parse(record);
      if (target === "gap") seen.gaps++;
      if (target !== "transition") continue;
      if (seen.byHub.has(row.id)) seen.repeated++;
      seen.byHub.add(row.id);
      seen.all.add(row.id);
    }
  };
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => typeof payload === "string" && heard(payload)));
  page.on("response", (answer) => {
    if (!new URL(answer.url()).pathname.endsWith("/api/transitions") || !answer.ok()) return;
    void answer.json().then(({ items }) => items.forEach(({ id }) => seen.all.add(id)), () => undefined);
  });
  return seen;
}
