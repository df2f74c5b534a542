import { expect, test } from "vitest";
import { isUnattended, noticeInput } from "./attention";

test("a page that was loaded a moment ago is attended", () => {
  expect(isUnattended(59_000)).toBe(false);
});

test("a minute without a hand on it, nobody is there; a touch, and somebody is", () => {
  expect(isUnattended(61_000)).toBe(true);
  noticeInput(100_000);
  expect(isUnattended(159_000)).toBe(false);
  expect(isUnattended(161_000)).toBe(true);
});
