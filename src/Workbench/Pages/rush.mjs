// A page while transitions come as fast as asked, and how long it stands still.
import { conditions, end, mb, optionsOf, table, whole } from "./report.mjs";

const { rate, seconds } = optionsOf("bench rush", "Overview while customers come and progress so fast that there are so many transitions a second. Exits 1 where a task of the page lasts over 200 ms.", {
  rate: [1_000, "Transitions a second: half of them first assignments, half moves"],
  seconds: [30, "For how long"],
});
const taskMsMax = 200, arriveWithinMs = 60_000;

const { Client, startEmpty } = await import("./product.mjs");
const { launch, memoryOf, settled, signIn, watchTransitions } = await import("./browser.mjs");
const { rushed } = await import("./learners.mjs");

const silo = await startEmpty();
const browser = await launch();
try {
  const client = new Client(silo.url);
  await client.postAll([rushed(0)]);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await signIn(context, silo.url);
  await context.addInitScript(() => {
    sessionStorage.setItem("feed.firsts", "shown");
    window.tasks = [];
    window.gaps = [];
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })))).observe({ type: "longtask", buffered: true });
    let last = performance.now();
    const frame = (now) => {
      window.gaps.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const page = await context.newPage();
  const seen = watchTransitions(page);
  await page.goto(`${silo.url}/`);
  await settled(page);
  await page.waitForTimeout(3_000);
  const cdp = await context.newCDPSession(page);
  const memoryBefore = await memoryOf(cdp);
  const opened = (await client.ledger(0)).at(-1);
  await page.evaluate(() => { window.tasks.length = 0; window.gaps.length = 0; });

  // Each customer makes two ledger rows. Ten parts a second; what the server does not take in time is not caught up.
  const [perPart, partMs] = [Math.ceil(rate / 20), 100];
  const began = performance.now();
  let number = 1;
  const under = new Set();
  for (let part = 0; performance.now() - began < seconds * 1000; part++) {
    const lists = Array.from({ length: perPart }, () => rushed(number++));
    const sending = client.postAll(lists, 2).finally(() => under.delete(sending));
    under.add(sending);
    if (under.size >= 8) await Promise.race(under);
    const wait = (part + 1) * partMs - (performance.now() - began);
    if (wait > 0) await new Promise((go) => setTimeout(go, wait));
  }
  await Promise.all(under);
  const took = (performance.now() - began) / 1000;
  const ledger = await client.ledger(opened);
  const until = performance.now() + arriveWithinMs;
  while (ledger.some((id) => !seen.all.has(id)) && performance.now() < until) await page.waitForTimeout(250);
  const { tasks, gaps } = await page.evaluate(() => ({ tasks: window.tasks.map(({ duration }) => duration), gaps: window.gaps }));
  const memoryAfter = await memoryOf(cdp);
  const most = (list) => list.reduce((a, b) => Math.max(a, b), 0);
  const missed = ledger.filter((id) => !seen.all.has(id)).length;
  table([...conditions(), ["transitions", whole(ledger.length)], ["transitions/s", whole(ledger.length / took)], ["  by the hub", whole(ledger.filter((id) => seen.byHub.has(id)).length)],
    ["  missed by the page", whole(missed)], ["gaps told", whole(seen.gaps)], ["tasks over 50 ms", whole(tasks.length)], ["longest task", `${Math.round(most(tasks))} ms`],
    ["longest time between two frames", `${Math.round(most(gaps))} ms`], ["frames/s", (gaps.length / (gaps.reduce((a, b) => a + b, 0) / 1000)).toFixed(1)],
    ["heap before, after", `${mb(memoryBefore.heap)}, ${mb(memoryAfter.heap)}`], ["nodes before, after", `${whole(memoryBefore.nodes)}, ${whole(memoryAfter.nodes)}`]]);
  end([most(tasks) > taskMsMax && `a task of the page lasted ${Math.round(most(tasks))} ms`, missed > 0 && `${whole(missed)} transitions never reached the page`,
    ledger.length / took < rate * 0.95 && `the machine made ${whole(ledger.length / took)} transitions/s of ${whole(rate)}`].filter(Boolean));
} finally {
  await browser.close();
  await silo.stop();
}
