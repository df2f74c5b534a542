// A working day's traffic through the real ingest, with one page that stays open over it.
import { conditions, end, mb, optionsOf, table, whole } from "./report.mjs";

const { activities, hours, customers } = optionsOf("bench page", "A working day's activities in compressed time through the ingest, while one page is open: half the time on Overview, "
  + "half on Customers, and Overview again. Exits 1 where its memory grows, or a transition of the ledger did not reach it.", {
  activities: [500_000, "How many activities in all"],
  hours: [8, "Over how many hours of simulated time, an even number"],
  customers: [10_000, "Of how many customers, who come over the day"],
});
const minutesPerHour = 60, minuteMs = 60_000, begin = Date.parse("2026-03-02T09:00:00Z");
// The slack is what a feed needs that is not full yet. A page that was left is held until the next one has drawn anew.
const growthMax = 0.2, heapSlack = 4e6, nodesSlack = 2_000, arriveWithinMs = 60_000, leftForMs = 8_000;

const { Client, startEmpty } = await import("./product.mjs");
const { launch, memoryOf, settled, signIn, watchTransitions } = await import("./browser.mjs");
const { Learners } = await import("./learners.mjs");

const started = performance.now();
const silo = await startEmpty(new Date(begin).toISOString());
const browser = await launch();
try {
  const client = new Client(silo.url);
  const learners = new Learners(customers, activities);
  await client.postAll(learners.come(Math.ceil(customers / 10), begin));
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await signIn(context, silo.url);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  const seen = watchTransitions(page);
  await page.goto(`${silo.url}/`);
  await settled(page);
  const before = (await client.ledger(0)).at(-1);
  const cdp = await context.newCDPSession(page);
  const go = async (name) => {
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name, exact: true }).click();
    await settled(page);
  };

  const memory = [], rows = [["hour", "page", "activities", "ledger rows at the page", "heap", "nodes", "listeners"]];
  const measure = async (hour, name) => {
    const now = { name, ...(await memoryOf(cdp)) };
    memory.push(now);
    rows.push([hour, name, whole(learners.said), whole(seen.all.size), mb(now.heap), whole(now.nodes), whole(now.listeners)]);
    console.log(`${hour}: ${whole(learners.said)} activities, ${whole(seen.all.size)} transitions at the page, heap ${mb(now.heap)}, ${whole(now.nodes)} nodes`);
  };
  for (let hour = 1; hour <= hours; hour++) {
    const name = hour <= hours / 2 ? "Overview" : "Customers";
    if (hour === hours / 2 + 1) await go(name);
    for (let minute = 0; minute < minutesPerHour; minute++) {
      const at = begin + ((hour - 1) * minutesPerHour + minute + 1) * minuteMs;
      await client.moveClock(at);
      await client.postAll(learners.minute(at, hours * minutesPerHour));
    }
    await measure(`hour ${hour}`, name);
  }
  await go("Overview");
  await page.waitForTimeout(leftForMs);
  await measure("after", "Overview");

  const ledger = (await client.ledger(before));
  const until = performance.now() + arriveWithinMs;
  while (ledger.some((id) => !seen.all.has(id)) && performance.now() < until) await page.waitForTimeout(500);
  const missed = ledger.filter((id) => !seen.all.has(id)).length;
  table(rows);
  table([...conditions(), ["activities", whole(learners.said)], ["customers", whole(learners.present)], ["simulated hours", hours],
    ["transitions after the page was opened", whole(ledger.length)], ["  by the hub", whole(ledger.filter((id) => seen.byHub.has(id)).length)],
    ["  missed", whole(missed)], ["  told twice by the hub", whole(seen.repeated)], ["gaps told", whole(seen.gaps)],
    ["wall time", `${((performance.now() - started) / 60_000).toFixed(1)} min`]]);
  const grew = (name, first, last) => [
    last.heap > first.heap * (1 + growthMax) + heapSlack && `${name}: the heap grew from ${mb(first.heap)} to ${mb(last.heap)}`,
    last.nodes > first.nodes * (1 + growthMax) + nodesSlack && `${name}: nodes grew from ${whole(first.nodes)} to ${whole(last.nodes)}`,
  ];
  const [overview, list] = [memory.slice(0, hours / 2), memory.slice(hours / 2, hours)];
  const second = (of) => of[Math.min(1, of.length - 1)];
  end([...grew("Overview", second(overview), overview.at(-1)), ...grew("Customers", second(list), list.at(-1)), ...grew("Overview again", second(overview), memory.at(-1)),
    missed > 0 && `${whole(missed)} transitions never reached the page`, ...complaints].filter(Boolean));
} finally {
  await browser.close();
  await silo.stop();
}
