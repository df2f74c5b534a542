import type { TransitionRow } from "../api/schema";

/** What the hub tells of a transition: some of the fields of a ledger row, which can stand in its place. */
export type LiveTransition =
  Pick<TransitionRow, "id" | "customerId" | "from" | "to" | "at" | "dueAt" | "rule" | "confidence" | "assignedBy" | "reason" | "decisionId">;

/** The newest transitions, newest first, and the ledger id up to which everything was seen. */
export interface Feed {
  rows: LiveTransition[];
  cursor: number;
  /** Set while a hole behind newer rows is being read: the cursor waits before it, so that losing the line now loses nothing. */
  held: boolean;
  /** How many rows came since the page was opened. */
  arrived: number;
}

/** Of moves, and as many first assignments beside them: a thousand new customers push no move out of sight. */
export const rowsMax = 200;
export const isFirst = (row: Pick<LiveTransition, "from">) => row.from === null;
export const emptyFeed: Feed = { rows: [], cursor: 0, held: false, arrived: 0 };

/** Takes rows from the hub or the ledger, in any order and any number of times: a row shows once, at its place. */
export function merge(feed: Feed, incoming: readonly LiveTransition[]): Feed {
  const fresh = new Map<number, LiveTransition>();
  for (const row of incoming) fresh.set(row.id, row);
  for (const row of feed.rows) fresh.delete(row.id);
  // Older than everything kept of its kind while that is full: seen before and dropped since.
  const oldest = [false, true].map((first) => feed.rows.filter((row) => isFirst(row) === first)[rowsMax - 1]?.id ?? 0);
  const added = [...fresh.values()].filter((row) => row.id > oldest[Number(isFirst(row))]!);
  const cursor = feed.held ? feed.cursor : incoming.reduce((highest, row) => Math.max(highest, row.id), feed.cursor);
  if (added.length === 0) return cursor === feed.cursor ? feed : { ...feed, cursor };
  const rows = bounded([...added, ...feed.rows].sort((a, b) => b.id - a.id));
  return { ...feed, rows, cursor, arrived: feed.arrived + added.length };
}

function bounded(rows: LiveTransition[]): LiveTransition[] {
  const kept = [0, 0];
  return rows.filter((row) => ++kept[Number(isFirst(row))]! <= rowsMax);
}

export const hold = (feed: Feed): Feed => ({ ...feed, held: true });

/** The hole is filled: everything shown is seen. */
export const release = (feed: Feed): Feed => ({ ...feed, held: false, cursor: Math.max(feed.cursor, feed.rows[0]?.id ?? 0) });

/** What the page opens with: history, so nothing of it counts as arrived. */
export function open(rows: readonly LiveTransition[]): Feed {
  return { ...merge(emptyFeed, rows), arrived: 0 };
}

export type Link = "connecting" | "live" | "catching_up" | "polling";
export type LinkEvent = "connected" | "lost" | "gap" | "caught_up";

/** Where the page stands with the hub. A gap or a reconnect is caught up from the ledger before it is called live again. */
export function nextLink(link: Link, event: LinkEvent): Link {
  switch (event) {
    case "connected": return "live";
    case "gap": return "catching_up";
    case "caught_up": return link === "catching_up" ? "live" : link;
    case "lost": return "polling";
  }
}
