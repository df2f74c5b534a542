import { expect, test } from "vitest";
import type { ReviewRow } from "./api/schema";
import { byAge, commandOf, urgencyOf } from "./queue";

const opened = (id: string, openedAt: string) => ({ id, openedAt }) as ReviewRow;
const now = Date.parse("2026-01-10T12:00:00Z");

test("the longest waiting comes first", () => {
  expect(byAge([opened("b", "2026-01-09T00:00:00.000Z"), opened("a", "2026-01-07T00:00:00.000Z")]).map(({ id }) => id)).toEqual(["a", "b"]);
});

test("a review asks for attention after 24 hours and again after 72", () => {
  expect(["2026-01-09T12:00:01Z", "2026-01-09T12:00:00Z", "2026-01-07T12:00:01Z", "2026-01-07T12:00:00Z"].map((at) => urgencyOf(at, now)))
    .toEqual(["new", "day", "day", "late"]);
});

test("a key with a modifier is the browser's", () => {
  const key = (name: string, more = {}) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, target: null, ...more });
  expect([key("a"), key("r"), key("q"), key("a", { ctrlKey: true }), key("r", { metaKey: true })].map((event) => commandOf(event)))
    .toEqual(["approve", "reject", null, null, null]);
});
