import type { ReviewRow } from "./api/schema";

/** How urgent a review is: the server has it call for attention after 24 hours and again after 72. */
export type Urgency = "new" | "day" | "late";

export const urgencyOf = ({ alerts }: Pick<ReviewRow, "alerts">): Urgency => (alerts >= 2 ? "late" : alerts === 1 ? "day" : "new");

export const callForAttention = (items: readonly ReviewRow[]) => items.filter(({ alerts }) => alerts > 0).length;

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
