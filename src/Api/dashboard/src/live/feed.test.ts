import { describe, expect, test } from "vitest";
import { emptyFeed, hold, isFirst, merge, nextLink, open, release, rowsMax, type LiveTransition } from "./feed";

const row = (id: number): LiveTransition => ({
  id, customerId: `c${id}`, from: "ST_001", to: "ST_004", at: "2026-01-02T03:04:05.678Z", dueAt: "2026-01-02T03:04:05.678Z",
  rule: "At-risk detection", confidence: 0.9, assignedBy: "system", reason: "days_since_login 5 >= 5", decisionId: 1,
});
const first = (id: number): LiveTransition => ({ ...row(id), from: null, to: "ST_001", rule: null, confidence: null, decisionId: null });
const ids = (feed: { rows: LiveTransition[] }) => feed.rows.map((each) => each.id);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => row(from + index));

describe("feed", () => {
  test("newest comes first, whatever order rows arrive in", () => {
    expect(ids(merge(merge(emptyFeed, [row(2), row(5)]), [row(4), row(3)]))).toEqual([5, 4, 3, 2]);
  });

  test("a row sent twice shows once", () => {
    const once = merge(emptyFeed, [row(1), row(2), row(2)]);
    expect(ids(merge(once, [row(2), row(1)]))).toEqual([2, 1]);
    expect(merge(once, [row(2), row(1)])).toBe(once);
  });

  test("the cursor is the highest id seen and never falls", () => {
    const feed = merge(emptyFeed, [row(7), row(3)]);
    expect(feed.cursor).toBe(7);
    expect(merge(feed, [row(5)]).cursor).toBe(7);
    expect(merge(feed, []).cursor).toBe(7);
  });

  test("the list is bounded and a dropped row does not come back", () => {
    const full = merge(emptyFeed, range(1, rowsMax + 10));
    expect(full.rows).toHaveLength(rowsMax);
    expect(ids(full).at(-1)).toBe(11);
    expect(merge(full, [row(4)])).toBe(full);
  });

  test("first assignments push no move out of the list, nor do moves push them out", () => {
    const flooded = merge(merge(emptyFeed, range(1, 3)), Array.from({ length: 2 * rowsMax }, (_, index) => first(10 + index)));
    expect(flooded.rows.filter((each) => !isFirst(each)).map((each) => each.id)).toEqual([3, 2, 1]);
    expect(flooded.rows.filter(isFirst)).toHaveLength(rowsMax);
    expect(merge(flooded, [first(11)])).toBe(flooded);
  });

  test("history that the page opens with is not new", () => {
    const feed = open(range(1, 3));
    expect(feed.arrived).toBe(0);
    expect(merge(feed, [row(3), row(4)]).arrived).toBe(1);
  });

  test("reading on after a gap fills the hole without repeating its edges", () => {
    const before = merge(emptyFeed, range(1, 3));
    expect(ids(merge(merge(before, range(3, 6)), range(6, 8)))).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test("while a hole is open the cursor waits before it", () => {
    const hole = merge(hold(merge(emptyFeed, range(1, 3))), [row(9)]);
    expect(hole.cursor).toBe(3);
    expect(ids(hole)).toEqual([9, 3, 2, 1]);
    expect(release(merge(hole, range(4, 8))).cursor).toBe(9);
  });
});

describe("link", () => {
  test.each([
    ["connecting", "connected", "live"],
    ["live", "gap", "catching_up"],
    ["catching_up", "caught_up", "live"],
    ["live", "lost", "polling"],
    ["catching_up", "lost", "polling"],
    ["polling", "caught_up", "polling"],
    ["polling", "connected", "live"],
    ["connecting", "lost", "polling"],
  ] as const)("%s, then %s: %s", (link, event, expected) => {
    expect(nextLink(link, event)).toBe(expected);
  });
});
