import { expect, test } from "vitest";
import { sumOfWeek } from "./weekly";

const none = { opens: 0, clicks: 0, conversions: 0, nps: null, npsAnswers: 0, tickets: 0 };

test("the NPS of several tags is that of all their answers", () => {
  const tags = [{ ...none, tag: "ST_001" as const, opens: 2, nps: 50, npsAnswers: 4 }, { ...none, tag: "ST_004" as const, opens: 1, nps: -100, npsAnswers: 1, tickets: 3 }];
  expect(sumOfWeek({ tags }, null)).toEqual({ ...none, opens: 3, nps: 20, npsAnswers: 5, tickets: 3 });
  expect(sumOfWeek({ tags }, "ST_004")).toEqual({ ...none, opens: 1, nps: -100, npsAnswers: 1, tickets: 3 });
  expect(sumOfWeek({ tags }, "ST_002")).toEqual(none);
});
