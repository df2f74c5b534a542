import { expect, test } from "vitest";
import { allOf, forEach } from "./bulk";

test("one that is refused does not keep the others from it", async () => {
  const told: number[] = [];
  const result = await forEach(["a", "b", "c", "d", "e", "f"], (id) => (id === "b" ? Promise.reject(new Error("locked")) : Promise.resolve()), (done) => told.push(done));
  expect(result).toEqual({ done: 5, refused: [{ id: "b", why: "locked" }] });
  expect(told.at(-1)).toBe(6);
});

test("pages are read to the end, or to the bound", async () => {
  const page = (cursor: string | null) => Promise.resolve({ items: [Number(cursor ?? 0), Number(cursor ?? 0) + 1], next: cursor === "4" ? null : String(Number(cursor ?? 0) + 2) });
  expect(await allOf(page, 100, () => undefined)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(await allOf(page, 3, () => undefined)).toEqual([0, 1, 2]);
});
