import type { ReviewRow } from "./api/schema";

const hourMs = 3_600_000;

/** How urgent a review is by its age: it asks for attention after 24 hours and again after 72. */
export type Urgency = "new" | "day" | "late";

export function urgencyOf(openedAt: string, nowMs: number): Urgency {
  const hours = (nowMs - Date.parse(openedAt)) / hourMs;
  return hours >= 72 ? "late" : hours >= 24 ? "day" : "new";
}

/** The longest waiting first: it is the next that is decided by the clock. */
export const byAge = (items: readonly ReviewRow[]) => [...items].sort((a, b) => a.openedAt.localeCompare(b.openedAt) || a.id.localeCompare(b.id));

export type Command = "next" | "previous" | "approve" | "reject" | "select" | "assign" | "open" | "help";

const commands: Record<string, Command> = {
  j: "next", ArrowDown: "next", k: "previous", ArrowUp: "previous", a: "approve", r: "reject", x: "select", m: "assign", o: "open", "?": "help",
};

/** What a key asks for; nothing while somebody types or holds a modifier. */
export function commandOf({ key, ctrlKey, metaKey, altKey, target }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "target">): Command | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (typeof HTMLElement !== "undefined" && target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]")) return null;
  return commands[key] ?? null;
}
