import { useSyncExternalStore } from "react";

/** How long nothing may be answered before the page says so. */
export const patienceMs = 3_000;
/** The same once a question has failed outright: it is asked again meanwhile, and any answer clears it. */
export const failedPatienceMs = 750;

/** What is known of the server: since when it was asked without answering, and when it answered last. Times are milliseconds. */
export interface Reach {
  /** On a monotonic clock; null while nothing is unanswered. */
  askedSince: number | null;
  /** On the same clock: the first failure since the last answer. */
  failedSince: number | null;
  /** On the wall clock. */
  answeredAt: number;
  pending: number;
}

export type Heard = "asked" | "answered" | "failed" | "dropped";

/** An answer from anywhere clears the doubt: one slow or broken question is not a server that is gone. */
export function hear(reach: Reach, what: Heard, monotonicMs: number, wallMs: number): Reach {
  if (what === "asked") return { ...reach, pending: reach.pending + 1, askedSince: reach.askedSince ?? monotonicMs };
  const pending = Math.max(0, reach.pending - 1);
  switch (what) {
    case "answered": return { pending, answeredAt: wallMs, askedSince: pending > 0 ? monotonicMs : null, failedSince: null };
    case "failed": return { ...reach, pending, failedSince: reach.failedSince ?? monotonicMs };
    case "dropped": return { ...reach, pending };
  }
}

const isOlder = (since: number | null, ms: number, now: number) => since !== null && now - since >= ms;
export const isUnreachable = ({ askedSince, failedSince }: Reach, monotonicMs: number) =>
  isOlder(askedSince, patienceMs, monotonicMs) || isOlder(failedSince, failedPatienceMs, monotonicMs);

const lookEveryMs = 250;
const askAfterMs = 1_000;
const idleAskEveryMs = 5_000;

let reach: Reach = { askedSince: null, failedSince: null, answeredAt: Date.now(), pending: 0 };
let unreachableSince: number | null = null;
let askedAt = 0;
let looking: ReturnType<typeof setInterval> | undefined;
let asking = false;
const listeners = new Set<() => void>();

export const report = (what: Heard) => {
  reach = hear(reach, what, performance.now(), Date.now());
  publish();
};

function publish() {
  const next = isUnreachable(reach, performance.now()) ? reach.answeredAt : null;
  if (next === unreachableSince) return;
  unreachableSince = next;
  for (const listener of listeners) listener();
}

/** Asks by itself while there is doubt, and now and then while the page is looked at: a line that is cut in silence is noticed too. */
function look(ask: () => Promise<unknown>) {
  publish();
  const now = performance.now();
  const inDoubt = (reach.failedSince !== null && now - askedAt >= lookEveryMs * (unreachableSince === null ? 1 : 4)) || isOlder(reach.askedSince, askAfterMs, now);
  const isDue = document.visibilityState === "visible" && now - askedAt >= idleAskEveryMs;
  if (asking || !(inDoubt || isDue)) return;
  asking = true;
  askedAt = now;
  void ask().catch(() => undefined).finally(() => (asking = false));
}

/** Watches until the answer is called. */
export function watchReach(ask: () => Promise<unknown>): () => void {
  looking = setInterval(() => look(ask), lookEveryMs);
  return () => clearInterval(looking);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** When the server answered last, while it does not; null while it does. */
export const useUnreachableSince = () => useSyncExternalStore(subscribe, () => unreachableSince);
