// Pictures of the demo's pages for README and docs.
import { mkdir, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { end, optionsOf, table, whole } from "./report.mjs";

const { url: given, link, out } = optionsOf("screenshots", "Pictures of the demo's pages, as README and docs show them. Takes the time of the demo's year and a minute.", {
  url: ["", "A running demo instead of one of its own, with --link"],
  link: ["", "A one-time sign-in link's secret for it, the part after #link="],
  out: [fileURLToPath(new URL("../../../docs/images/", import.meta.url)), "The folder they are written to"],
});
const bytesMax = 300_000;

const { startDemo } = await import("./product.mjs");
const { launch, settled, signIn } = await import("./browser.mjs");

if (!given) console.log("The demo plays its year …");
const demo = given ? { url: given.replace(/\/$/, ""), stop: async () => undefined } : await startDemo();
const browser = await launch();
try {
  const first = await browser.newContext();
  await signIn(first, demo.url, link || undefined);
  const session = await first.storageState();
  const customer = await first.request.get(`${demo.url}/api/customers?tag=ST_004&sort=ltv&order=desc&limit=100`).then((answer) => answer.json()).then(({ items }) => items[0]?.id);
  if (!customer) throw new Error("Nobody in the demo is declining.");
  const pictures = [
    { name: "today", path: "/today" },
    { name: "overview", path: "/", height: 1000 },
    { name: "customer", path: `/customers/${encodeURIComponent(customer)}`, height: 1000 },
    { name: "reviews", path: "/reviews" },
    { name: "rules", path: "/rules", scheme: "dark" },
    { name: "campaign", path: "/campaigns?name=progression_milestone", height: 1000 },
    { name: "phone", path: "/", width: 390, height: 844, scheme: "dark" },
  ];
  await mkdir(out, { recursive: true });
  const rows = [["picture", "bytes"]];
  for (const { name, path, width = 1440, height = 900, scheme = "light" } of pictures) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, locale: "en-US", timezoneId: "UTC", reducedMotion: "reduce", storageState: session });
    const page = await context.newPage();
    await page.goto(demo.url + path);
    await settled(page);
    await page.evaluate(() => document.fonts.ready);
    // A mail has a frame of its own, which is painted after the page around it.
    for (const frame of page.frames().slice(1)) await frame.locator("body > *").first().waitFor({ state: "attached" });
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
    const file = `${out.replace(/\/$/, "")}/${name}.png`;
    await page.screenshot({ path: file });
    rows.push([file, whole((await stat(file)).size)]);
    await context.close();
  }
  table(rows);
  end(rows.slice(1).filter(([, bytes]) => Number(bytes.replaceAll(",", "")) > bytesMax).map(([file]) => `${file} is larger than ${whole(bytesMax)} bytes`));
} finally {
  await browser.close();
  await demo.stop();
}
