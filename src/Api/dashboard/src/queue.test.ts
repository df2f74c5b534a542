import { expect, test } from "vitest";
import type { ReviewRow } from "./api/schema";
import { byAge, callForAttention, commandOf, urgencyOf } from "./queue";

const opened = (id: string, openedAt: string) => ({ id, openedAt }) as ReviewRow;

test("the longest waiting comes first", () => {
  expect(byAge([opened("b", "2026-01-09T00:00:00.000Z"), opened("a", "2026-01-07T00:00:00.000Z")]).map(({ id }) => id)).toEqual(["a", "b"]);
});

test("a review is as urgent as it has called for attention, and those that have are counted", () => {
  const reviews = [0, 1, 2].map((alerts) => ({ alerts }) as ReviewRow);
  expect(reviews.map(urgencyOf)).toEqual(["new", "day", "late"]);
  expect(callForAttention(reviews)).toBe(2);
});

test("a key with a modifier is the browser's", () => {
  const key = (name: string, more = {}) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, target: null, ...more });
  expect([key("a"), key("r"), key("q"), key("a", { ctrlKey: true }), key("r", { metaKey: true })].map((event) => commandOf(event)))
    .toEqual(["approve", "reject", null, null, null]);
});
