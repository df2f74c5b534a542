// Written by hand until the generated types have the event catalogue: then EventName and EventChange come from ./schema.
export type DecidedBy = "table" | "rule" | "unknown" | "operator";

export interface EventName {
  /** The spelling that was seen first. */
  name: string;
  count: number;
  firstSeenAt: string;
  lastSeenAt: string;
  activity: string;
  learnerActivity: boolean;
  decidedBy: DecidedBy;
  suggestion: { name: string; activity: string } | null;
  changedAt: string | null;
  changedBy: string | null;
}

export interface PageOfEventName {
  items: EventName[];
  next: string | null;
  /** Events whose names came when the catalogue was full. */
  others?: { count: number; firstSeenAt: string; lastSeenAt: string } | null;
}

export type EventShow = "all" | "unknown" | "suggested" | "changed";
export interface EventFilter { show?: EventShow | undefined; q?: string | undefined }
