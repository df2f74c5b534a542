import { expect, test } from "vitest";
import { allOf, summary } from "./bulk";

test("everybody is counted by what became of them, and the first refusal says why", () => {
  const items = [{ id: "a", outcome: "moved" }, { id: "b", outcome: "refused", code: "not_found" }, { id: "c", outcome: "unchanged" }, { id: "d", outcome: "refused", code: "some_new_code" }] as const;
  expect(summary({ items: [...items] })).toEqual({ moved: 1, opened: 0, unchanged: 1, refused: 2, why: "there is no such customer" });
  expect(summary({ items: items.slice(3) }).why).toBe("some new code");
  expect(summary({ items: [] }).why).toBeNull();
});

test("pages are read to the end, or to the bound", async () => {
  const page = (cursor: string | null) => Promise.resolve({ items: [Number(cursor ?? 0), Number(cursor ?? 0) + 1], next: cursor === "4" ? null : String(Number(cursor ?? 0) + 2) });
  expect(await allOf(page, 100, () => undefined)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(await allOf(page, 3, () => undefined)).toEqual([0, 1, 2]);
});
