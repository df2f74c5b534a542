import { expect, test } from "vitest";
import { amountsAreIn, compact, compactMoney, count, exact, money, number, percent, percentOf, relative, shortDay, span, things, weekday } from "./format";

test.each([[0, "0 days"], [1, "1 day"], [2, "2 days"], [1.5, "1.5 days"]])("%s day(s)", (n, words) => expect(things(n, "day")).toBe(words));

test("a word on -y has its own plural, unless a vowel stands before it", () => {
  expect(things(2, "activity")).toBe("2 activities");
  expect(things(2, "birthday")).toBe("2 birthdays");
});

test("big figures are short in small places and whole elsewhere", () => {
  expect(compact(9_999_999)).toBe(number(9_999_999));
  expect(compact(123_456_789_012).length).toBeLessThan(9);
  expect(count(123_456_789_012)).toMatch(/^123\D456\D789\D012$/);
});

test("amounts are numbers until somebody says their currency, and are written in the viewer's language", () => {
  expect([money(1234.5), compactMoney(1234.5)]).toEqual([number(1234.5), compact(1234.5)]);
  amountsAreIn("EUR");
  expect(money(1234.5)).toMatch(/^€1\D234\.50$/);
  expect(compactMoney(12_345_678)).toBe("€12.35M");
  amountsAreIn("JPY");
  expect(money(1234)).toMatch(/^¥1\D234$/);
  amountsAreIn(null);
});

test("percent keeps small shares apart from none", () => {
  expect(percent(1, 1000)).toBe("0.1%");
  expect(percent(0, 1000)).toBe("0%");
  expect(percent(1, 0)).toBe("–");
  expect(percentOf(12.345)).toMatch(/^12.3[45]%$/);
});

test("the exact instant is in UTC, whatever the viewer's zone", () => expect(exact("2026-01-02T03:04:05.678+01:00")).toBe("2026-01-02 02:04:05.678 UTC"));

test("a business day stays its day in every zone", () => {
  expect(shortDay("2026-01-31")).toContain("31");
  expect(weekday("2026-01-31")).toContain("31");
});

test.each([[0, "just now"], [90_000, "1 min ago"], [-3 * 3_600_000, "in 3 h"], [400 * 86_400_000, "13 mo ago"]])("%s ms ago", (ago, words) => {
  expect(relative(1_000_000_000_000 - ago, 1_000_000_000_000)).toBe(words);
});

test.each([[200, "0.2 s"], [61_000, "1 min"], [90_000_000, "25 h"], [3 * 86_400_000 + 4 * 3_600_000, "3 d 4 h"]])("a span of %s ms", (ms, words) => expect(span(ms)).toBe(words));
