import type { OperationsNow } from "../src/api/schema";
import { now, random } from "./invented.ts";

const iso = (ms: number) => new Date(ms).toISOString();
const wave = (minute: number) => Math.round(5200 + 2600 * Math.sin(minute / 9) + 700 * random());

/** Two servers under an even load, and one that has just been lost. */
export function load(): OperationsNow {
  const minutes = Array.from({ length: 60 }, (_, at) => ({
    minutesAgo: 59 - at, accepted: wave(at), duplicates: Math.round(40 * random()), rejected: at % 17 === 0 ? 12 : 0, refused: 0, fullestQueue: Math.round(3 + 5 * random()), feedSeconds: 0,
  }));
  const perSecond = { accepted: minutes[59]!.accepted / 60, duplicates: 0.4, rejected: 0.02, refused: 0 };
  const node = (id: string, share: number) => ({
    id, version: "1.9.0", phase: "serving" as const, startedAt: iso(now() - 9 * 3_600_000), lastSeenAt: iso(now() - 2_000), perSecond: { ...perSecond, accepted: share * perSecond.accepted },
    feedSeconds: 0.1, customers: Math.round(share * 1284), memoryBytes: 412_000_000, queues: [
      { name: "ingest_requests" as const, depth: 3, max: 2_000 }, { name: "ingest_events" as const, depth: 260, max: 50_000 }, { name: "ingest_bytes" as const, depth: 1_400_000, max: 256_000_000 },
      { name: "customer_loads" as const, depth: 0, max: 50_000 }, { name: "journal" as const, depth: 41, max: 40_000 }, { name: "hub_clients" as const, depth: 7, max: 10_000 },
    ],
  });
  return {
    asOf: iso(now()), perSecond, minutes, silent: ["learn-3:5080"], nodes: [
      node("learn-1:5080", 0.6), node("learn-2:5080", 0.4),
      { id: "learn-3:5080", version: "1.9.0", phase: "lost", startedAt: iso(now() - 9 * 3_600_000), lastSeenAt: iso(now() - 95_000), perSecond: null, feedSeconds: null, customers: null, memoryBytes: null, queues: [] },
    ],
    followers: [
      { name: "live_feed", waiting: null, seconds: 0.1 }, { name: "due_checks", waiting: null, seconds: 4 }, { name: "daily_evaluation", waiting: 0, seconds: 0 }, { name: "daily_rows", waiting: null, seconds: 22 },
      { name: "customer_figures", waiting: 18, seconds: 9 }, { name: "analytics", waiting: 0, seconds: 0 }, { name: "campaign_plans", waiting: 0, seconds: 0 }, { name: "campaign_actions", waiting: 312, seconds: 190 },
    ],
  };
}
