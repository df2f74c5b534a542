import { afterEach, expect, test } from "vitest";
import type { Recommendation } from "../api/recommendations";
import { speak } from "../language";
import ja from "../languages/ja";
import { changesOf, figureName, figureText, worded } from "./words";

const item = (kind: string, parameters: Record<string, string>, figures: Record<string, number>): Recommendation => ({
  id: "1", kind, subject: "x", title: "As the API words it", text: "Its text.", parameters, evidence: "/", try: null, firstMadeAt: "2026-01-01T00:00:00Z", madeAt: "2026-01-01T00:00:00Z", dismissal: null,
  figures: Object.entries(figures).map(([name, value]) => ({ name, value, low: null, high: null })),
});

afterEach(() => speak("en", {}));

test("each kind is worded from its codes and figures", () => {
  const rule = item("false_alarms", { ruleId: "3", rule: "At-risk detection", days: "7", action: "require_approval" }, { cases: 204, refused: 41, came_back: 98 });
  expect(worded(rule).title).toBe("The alarms of rule 3, “At-risk detection”, are mostly false");
  expect(worded(rule).text).toContain("Of 204 alarms whose outcome is known, 41 were refused");
  expect(worded(rule).text).toContain("asking for a review first");
  expect(worded({ ...rule, parameters: { ...rule.parameters, action: "switch_off" } }).text).toContain("without it");
  const lesson = item("silence_after_lesson", { id: "l-17", kind: "lesson", days: "14" }, { silent_share: 0.314, silent_share_others: 0.08, learners: 402 });
  expect(worded(lesson).text).toContain("31.4% of 402 learners");
  const campaign = item("campaign_without_effect", { campaign: "cs_alert", worthwhile: "0.05" }, { people: 100, held_out: 20 });
  expect(worded(campaign)).toMatchObject({ title: "The campaign “CS alert” shows no effect", text: expect.stringContaining("An effect of 5 percentage points") });
});

test("a kind that is not known here is told in the words of the API", () => expect(worded(item("new_kind", {}, {}))).toEqual({ title: "As the API words it", text: "Its text." }));

test("changed thresholds are told with their metric's name", () => {
  const named = { rule1: "6", metric1: "days_since_login", operator1: ">=", was1: "3", becomes1: "2", changes: "raw" };
  expect(changesOf(named)).toBe("rule 6: days since the last login ≥ 2 instead of 3");
  expect(changesOf({ changes: "raw" })).toBe("raw");
});

test("shares, differences and counts are told as what they are", () => {
  expect(figureText({ name: "wrong_share", value: 0.68, low: 0.61, high: 0.74 })).toBe("68% (61% to 74%)");
  expect(figureText({ name: "converted_uplift", value: -0.004, low: -0.041, high: 0.033 })).toBe("−0.4 pts (−4.1 pts to +3.3 pts)");
  expect(figureText({ name: "cases", value: 1234, low: null, high: null })).toBe("1,234");
  expect(figureName("something_new")).toBe("something new");
});

test("in Japanese", () => {
  speak("ja", ja);
  expect(worded(item("false_alarms", { ruleId: "3", rule: "R", days: "7", action: "switch_off" }, { cases: 40, refused: 30, came_back: 5 })).title).toBe("ルール3「R」のアラートの多くは誤りです");
});
