import { useSyncExternalStore } from "react";
import type { Instant } from "./api/client";

// The server may live in another year than this browser, so "now" is always its now: the last instant it told,
// moved on by the time that passed since on a monotonic clock, unless its clock stands still between steps.
const standsStillPastMs = 10 * 60_000;

interface Reading { serverMs: number; readAtMs: number; simulated: boolean }

let reading: Reading | null = null;
let told: boolean | null = null;
let shown = 0;
const listeners = new Set<() => void>();

export function nowOf(known: Reading, monotonicMs: number): number {
  return known.simulated ? known.serverMs : known.serverMs + Math.max(0, monotonicMs - known.readAtMs);
}

/** An instant at which the server certainly was: its clock never runs backward, so an older one teaches nothing. */
export function learnNow(at: Instant, simulated?: boolean) {
  const serverMs = Date.parse(at);
  if (Number.isNaN(serverMs)) return;
  if (simulated !== undefined) told = simulated;
  const monotonicMs = performance.now();
  const isSimulated = told ?? Math.abs(serverMs - Date.now()) > standsStillPastMs;
  if (reading && reading.simulated === isSimulated && serverMs <= nowOf(reading, monotonicMs)) return;
  reading = { serverMs, readAtMs: monotonicMs, simulated: isSimulated };
  publish();
}

export const serverNow = () => (reading ? nowOf(reading, performance.now()) : Date.now());
export const isSimulated = () => reading?.simulated ?? false;

function publish() {
  const next = Math.floor(serverNow() / 1000) * 1000;
  if (next === shown) return;
  shown = next;
  for (const listener of listeners) listener();
}

let ticker: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  ticker ??= setInterval(publish, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticker);
    ticker = undefined;
  };
}

/** The server's now in whole seconds, ticking. */
export const useNow = () => useSyncExternalStore(subscribe, () => shown || Math.floor(serverNow() / 1000) * 1000);
