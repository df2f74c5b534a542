import { expect, test } from "vitest";
import { campaignName, delays, forWhom, inWords, pressing, reasonOf } from "./campaigns";

test.each([
  [[0], "at once"], [[120], "after 2 h"], [[1440], "after 1 day"], [[4320, 10080, 20160], "after 3, 7 and 14 days"],
  [[60, 2940, 7260], "after 1 h, 2 d 1 h and 5 d 1 h"], [[0, 90], "after 0 min and 1 h 30 min"], [[], "never"],
])("%j minutes are %s", (minutes, words) => expect(delays(minutes)).toBe(words));

test.each([
  [null, null],
  [{ product_tag: { operator: "in", value: ["PT_001", "PT_002"] } }, "PPAL Pro or PPAL Enterprise"],
  [{ any: [{ product_tag: { operator: "in", value: ["PT_003"] } }, { "traits.trial": { operator: "in", value: ["true", "yes"] } }] }, "PPAL Freemium or has the trait trial"],
  [{ any: [{ "traits.trial": { operator: "in", value: ["yes"] } }, { "traits.trial": { operator: "==", value: 1 } }] }, "has the trait trial"],
  [{ no: { such: "thing" } }, '{"no":{"such":"thing"}}'],
])("the audience %j reads %s", (json, words) => expect(inWords(json)).toBe(words));

test("a reason of the closed set is explained, a text stays as it is", () => {
  expect(reasonOf("quiet_hours")).toBe("quiet hours where the customer is");
  expect(reasonOf("toString")).toBe("toString");
  expect(reasonOf("Cancelled by Sue.")).toBe("cancelled by Sue");
});

test("a campaign is called as people say it", () => {
  expect(campaignName("immediate_csm_intervention")).toBe("Immediate CSM intervention");
  expect(campaignName("ppal_expert_badge")).toBe("PPAL expert badge");
});

test("a task is overdue from its instant on and soon the day before", () => {
  const now = Date.parse("2026-03-10T12:00:00Z");
  expect(pressing("2026-03-10T11:59:59Z", now)).toBe("overdue");
  expect(pressing("2026-03-11T11:00:00Z", now)).toBe("soon");
  expect(pressing("2026-03-12T12:00:00Z", now)).toBeNull();
  expect(pressing(null, now)).toBeNull();
});

test("whom a campaign is for is one line", () => {
  expect(forWhom({ audience: null, whenSending: null, firstTime: false, from: [] })).toBe("everybody");
  expect(forWhom({ audience: { product_tag: "PT_001" }, whenSending: null, firstTime: true, from: ["ST_004", "ST_005", "ST_006"] }))
    .toBe("PPAL Pro, the first time, coming from Declining, Re-engagement or Churned");
});
