import type { EventEntry } from "./schema";

export type DecidedBy = EventEntry["decidedBy"];
/** What an event name can count as. */
export type EventActivity = EventEntry["activity"];

export type EventShow = "all" | "unknown" | "suggested" | "changed";
export interface EventFilter { show?: EventShow | undefined; q?: string | undefined }
