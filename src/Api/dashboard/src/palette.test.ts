import { expect, test } from "vitest";
import { fitting, grouped, moved, opensPalette, type Command } from "./palette";

const command = (label: string, group: string, also?: string): Command => ({ id: label, label, group, ...(also ? { also } : {}), run: () => undefined });
const all = [command("概要", "ページ", "Overview"), command("レビュー", "ページ", "Reviews"), command("Dark theme", "Actions")];

test("every word has to be there, in any order, in the viewer's language or in English", () => {
  expect(fitting(all, "theme DARK").map(({ label }) => label)).toEqual(["Dark theme"]);
  expect(fitting(all, "view").map(({ label }) => label)).toEqual(["概要", "レビュー"]);
  expect(fitting(all, "ﾚﾋﾞｭｰ").map(({ label }) => label)).toEqual(["レビュー"]);
  expect(fitting(all, "")).toHaveLength(3);
  expect(fitting(all, "nothing")).toEqual([]);
});

test("lines stand under the names of their groups and keep their numbers", () => {
  expect(grouped(all).map(({ name, commands }) => [name, commands.map(({ at }) => at)])).toEqual([["ページ", [0, 1]], ["Actions", [2]]]);
});

test("the arrows go around", () => expect([moved(0, -1, 3), moved(2, 1, 3), moved(0, 1, 3), moved(0, 1, 0)]).toEqual([2, 0, 1, 0]));

test("Ctrl-K and ⌘K open it, other keys with K do not", () => {
  const key = { key: "k", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  expect([{ ...key, ctrlKey: true }, { ...key, metaKey: true }, { ...key, key: "K", ctrlKey: true }].every(opensPalette)).toBe(true);
  expect([key, { ...key, ctrlKey: true, shiftKey: true }, { ...key, ctrlKey: true, altKey: true }].some(opensPalette)).toBe(false);
});
