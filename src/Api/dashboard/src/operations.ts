import type { Table } from "./analytics/csv";
import type { BatchRow, FollowerRow, NodeLoadRow, OperationsNow, QueueRow } from "./api/schema";
import { number, percentOf, span } from "./format";
import { t, text, translate, translated } from "./language";

export type QueueName = QueueRow["name"];
export type FollowerName = FollowerRow["name"];

export const phases: Record<NodeLoadRow["phase"], { name: string; what: string }> = translated({
  starting: { name: "starting", what: "It takes no requests yet." },
  serving: { name: "serving", what: "It takes requests." },
  draining: { name: "draining", what: "It finishes what it has and takes nothing new." },
  stopping: { name: "stopping", what: "It ends." },
  lost: { name: "lost", what: "No report for 15 seconds. Others have taken over its customers." },
});

const queueNames: Record<QueueName, string> = translated({
  ingest_requests: "Requests being taken in", ingest_events: "Events being taken in", ingest_bytes: "Memory of requests", customer_loads: "Customers to be read",
  journal: "Steps to be written", hub_clients: "Open pages",
});
export const queueName = (name: QueueName) => queueNames[name] ?? name;
export const fill = ({ depth, max }: QueueRow) => (max > 0 ? Math.min(100, (100 * depth) / max) : 0);
export const fullest = (nodes: readonly NodeLoadRow[]): { node: string; queue: QueueRow } | null =>
  nodes.flatMap(({ id, queues }) => queues.map((queue) => ({ node: id, queue }))).toSorted((a, b) => fill(b.queue) - fill(a.queue))[0] ?? null;

/** What each follows, and from when on it is late, in seconds. */
export const followers: Record<FollowerName, { name: string; what: string }> = translated({
  live_feed: { name: "Live feed", what: "tells open pages of every transition" },
  due_checks: { name: "Due checks", what: "move customers when time alone decides" },
  daily_evaluation: { name: "Daily evaluation", what: "looks at everybody after the business midnight" },
  daily_rows: { name: "Daily rows", what: "sum up each customer’s day, at most 60 s behind" },
  customer_figures: { name: "Customer list", what: "filters and sorts by figures of its own" },
  analytics: { name: "Analytics", what: "count the ledger into figures per day" },
  campaign_plans: { name: "Campaign planning", what: "turns transitions into actions" },
  campaign_actions: { name: "Campaign outbox", what: "sends what is due" },
});
const waitingWords: Partial<Record<FollowerName, string>> = {
  daily_evaluation: text("{n} {n|customer|customers} to go"), customer_figures: text("{n} {n|transition|transitions} to count"), analytics: text("{n} {n|transition|transitions} to count"),
  campaign_plans: text("{n} {n|cause|causes} to plan"), campaign_actions: text("{n} {n|action|actions} due"),
};
export const waiting = ({ name, waiting: n }: FollowerRow) => (n === null || n === 0 ? "" : translate(waitingWords[name] ?? "{n}", { n }));

const lateAfterSeconds = 120;
export const isLate = ({ seconds }: FollowerRow) => seconds > lateAfterSeconds;
export const behind = (seconds: number) => (seconds < 1 ? t("up to date") : span(1000 * seconds));
export const furthest = (rows: readonly FollowerRow[]) => rows.toSorted((a, b) => b.seconds - a.seconds)[0] ?? null;

/** Whole numbers from ten on: a rate is no count. */
export const rate = (perSecond: number) => number(perSecond >= 10 ? Math.round(perSecond) : perSecond);

const unitBytes = ["B", "kB", "MB", "GB", "TB"];
export function bytes(n: number): string {
  const power = n < 1 ? 0 : Math.min(unitBytes.length - 1, Math.floor(Math.log10(n) / 3));
  const scaled = n / 1000 ** power;
  return `${number(scaled >= 100 ? Math.round(scaled) : Math.round(10 * scaled) / 10)} ${unitBytes[power]}`;
}
export const inQueue = ({ name, depth }: QueueRow) => (name === "ingest_bytes" ? bytes(depth) : number(depth));

export const nodesTable = (nodes: readonly NodeLoadRow[]): Table => ({
  columns: [t("Server"), t("State"), t("Version"), t("Accepted per second"), t("Rejected per second"), t("Refused requests per second"), t("Live feed behind (s)"), t("Customers in memory"), t("Memory (bytes)"), t("Last report")].map((label) => ({ label })),
  rows: nodes.map((node) => [node.id, phases[node.phase].name, node.version, node.perSecond?.accepted ?? null, node.perSecond?.rejected ?? null, node.perSecond?.refused ?? null, node.feedSeconds, node.customers, node.memoryBytes, node.lastSeenAt]),
});

export const queuesTable = (nodes: readonly NodeLoadRow[]): Table => ({
  columns: [t("Server"), t("Queue"), t("Waiting"), t("Bound")].map((label) => ({ label })),
  rows: nodes.flatMap(({ id, queues }) => queues.map((queue) => [id, queueName(queue.name), queue.depth, queue.max])),
});

export const minutesTable = (minutes: OperationsNow["minutes"]): Table => ({
  columns: [{ label: t("Minutes ago") }, { label: t("Accepted") }, { label: t("Duplicates") }, { label: t("Rejected") }, { label: t("Refused requests") }, { label: t("Fullest queue"), show: percentOf }, { label: t("Live feed behind (s)") }],
  rows: minutes.map((minute) => [minute.minutesAgo, minute.accepted, minute.duplicates, minute.rejected, minute.refused, minute.fullestQueue, minute.feedSeconds]),
});

export const followersTable = (rows: readonly FollowerRow[]): Table => ({
  columns: [t("Follower"), t("Waiting"), t("Behind (s)")].map((label) => ({ label })), rows: rows.map((row) => [followers[row.name].name, row.waiting, row.seconds]),
});

export const scopes: Record<BatchRow["scope"], string> = translated({
  daily: "Daily evaluation", requested: "Requested evaluation", tag: "Requested evaluation of a tag", customers: "Requested evaluation of a list", rules: "Evaluation by new rules", flags: "Evaluation after a flag was changed", bulk: "Change of some customers at once", model: "Evaluation by a new prediction model",
});

export const batchesTable = (rows: readonly BatchRow[]): Table => ({
  columns: [t("Batch"), t("Kind"), t("Started"), t("Finished"), t("Customers"), t("Evaluated"), t("Transitions"), t("Reviews"), t("Errors")].map((label) => ({ label })),
  rows: rows.map((row) => [row.id, scopes[row.scope], row.startedAt, row.finishedAt, row.total, row.evaluated, row.transitions, row.reviews, row.errors]),
});
