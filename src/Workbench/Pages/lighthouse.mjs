// Lighthouse over the pages that are open all day, signed in.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { conditions, end, optionsOf, table } from "./report.mjs";

const { url: given, link, runs, out } = optionsOf("lighthouse", "Lighthouse's performance and accessibility of Overview and Customer over the demo, on a desk and, as Lighthouse imagines "
  + "it, on a slow phone far away. On the desk it is the run of the median performance among several, since one that shares its processor with something else says little. "
  + "Exits 1 where one is below 95, but for the performance on the phone, and where the first paint on the desk takes 1.5 s or more.", {
  url: ["", "A running server instead of the demo, with --link"],
  link: ["", "A one-time sign-in link's secret for it, the part after #link="],
  runs: ["3", "How often each page is looked at on the desk"],
  out: [fileURLToPath(new URL("../../../artifacts/lighthouse/", import.meta.url)), "The folder of the reports"],
});
const [leastScore, firstPaintMsMax, port] = [95, 1_500, 9_333];

const { chromium } = await import("playwright-core");
const { default: lighthouse, desktopConfig, generateReport } = await import("lighthouse");
const { startDemo } = await import("./product.mjs");
const { chromiumPath, flags, signIn } = await import("./browser.mjs");

if (!given) console.log("The demo plays its year …");
const product = given ? { url: given.replace(/\/$/, ""), stop: async () => undefined } : await startDemo();
const profile = await mkdtemp(join(tmpdir(), "lstep-lighthouse-"));
const context = await chromium.launchPersistentContext(profile, { executablePath: await chromiumPath(), args: [...flags, `--remote-debugging-port=${port}`] });
try {
  await signIn(context, product.url, link || undefined);
  const found = await (await context.request.get(`${product.url}/api/customers?tag=ST_004&limit=100`)).json();
  const cdp = await context.newCDPSession(context.pages()[0]);
  const [rows, troubles] = [[["page", "performance", "of runs", "accessibility", "first paint", "largest paint", "blocked", "shift", "transferred"]], []];
  await mkdir(out, { recursive: true });
  for (const [name, path] of [["overview", "/"], ["customer", `/customers/${encodeURIComponent(found.items[0].id)}`]])
    for (const form of ["desktop", "mobile"]) {
      const tries = [];
      for (let n = form === "desktop" ? Number(runs) : 1; n > 0; n--) {
        await cdp.send("Network.clearBrowserCache"); // Lighthouse leaves it, and the session's cookie, alone
        const { lhr } = await lighthouse(product.url + path,
          { port, disableStorageReset: true, onlyCategories: ["performance", "accessibility"], logLevel: "error" }, form === "desktop" ? desktopConfig : undefined);
        if (lhr.runtimeError) troubles.push(`${name}, ${form}: ${lhr.runtimeError.message}`);
        tries.push(lhr);
      }
      const score = ({ categories }) => categories.performance.score ?? 0;
      const lhr = tries.toSorted((one, other) => score(one) - score(other))[Math.floor((tries.length - 1) / 2)];
      await writeFile(join(out, `${name}-${form}.html`), generateReport(lhr, "html"));
      await writeFile(join(out, `${name}-${form}.json`), JSON.stringify(lhr, null, 1));
      const [performance, accessibility] = ["performance", "accessibility"].map((category) => Math.round(100 * lhr.categories[category].score));
      const audit = (id) => lhr.audits[id].numericValue;
      const ms = (id) => `${Math.round(audit(id))} ms`;
      const each = tries.map((one) => Math.round(100 * score(one)));
      rows.push([`${name}, ${form}`, performance, each.join(" "), accessibility, ms("first-contentful-paint"), ms("largest-contentful-paint"), ms("total-blocking-time"),
        audit("cumulative-layout-shift").toFixed(3), `${Math.round(audit("total-byte-weight") / 1000)} kB`]);
      if (form === "desktop" && performance < leastScore) troubles.push(`${name}, ${form}: performance is ${performance}`);
      if (accessibility < leastScore) troubles.push(`${name}, ${form}: accessibility is ${accessibility}`);
      if (form === "desktop" && audit("first-contentful-paint") >= firstPaintMsMax) troubles.push(`${name}: the first paint takes ${ms("first-contentful-paint")}`);
    }
  table(conditions());
  table(rows);
  end(troubles);
} finally {
  await context.close();
  await rm(profile, { recursive: true, force: true });
  await product.stop();
}
