import type { RiskIndicator, Severity, StatusTag, Tier, Trend } from "../tags";

export type Instant = string;
export type MetricValue = number | string | string[] | null;

export interface Session { name: string; role: string; csrf: string | null; expiresAt: Instant | null; now: Instant; simulated: boolean }
export interface Page<T> { items: T[]; next: string | null }
export interface Scores { engagement: number; progress: number; community: number; overall: number; trend: Trend }
export interface Indicator { type: RiskIndicator; severity: Severity }
export type Counts = Record<StatusTag, number>;
export interface Distribution { at: Instant; counts: Counts }

/** What a list line and the full snapshot have in common. */
export interface CustomerLine {
  id: string; email: string | null; name: string | null; tier: Tier | null; ltvValue: number | null;
  tag: StatusTag; tagSince: Instant; lockedUntil: Instant | null; scores: Scores; riskIndicators: Indicator[];
  lastLoginAt: Instant | null; lastActivityAt: Instant | null;
}

export interface Customer extends CustomerLine {
  productTag: string | null; enrolledAt: Instant; timezone: string | null; traits: Record<string, unknown>;
  metrics: Record<string, MetricValue>; behaviorTags: string[]; recentTransitions: Transition[];
  openReview: Review | null; nextCheckAt: Instant | null; version: number;
}

export interface Transition {
  id: number; customerId: string; from: StatusTag | null; to: StatusTag; at: Instant; dueAt: Instant;
  rule: string | null; confidence: number | null; assignedBy: string; reason?: string; undoneAt?: Instant | null;
}

export type ReviewReason =
  | "competing_rules" | "high_value_at_risk" | "rapid_changes" | "conflicting_signals" | "low_confidence" | "approval_required" | "auto_apply_off";
export type ReviewStatus = "open" | "approved" | "rejected" | "superseded" | "withdrawn";
export type Held = "dwell" | "manual" | "locked" | "rejected" | "usual_rhythm" | "shadow";

export interface Review {
  id: string; customerId: string; from: StatusTag; to: StatusTag; rule: string; confidence: number; reasons: ReviewReason[];
  status: ReviewStatus; openedAt: Instant; decidedAt: Instant | null; decidedBy: string | null;
}

export interface Clause {
  metric: string; operator: string; threshold: MetricValue | number[]; observed: MetricValue; met: boolean; margin: number; evidence: number;
}

export interface RuleOutcome {
  id: number; name: string; to: StatusTag; priority: number; met: boolean; confidence: number | null;
  held?: Held | null; lostBecause?: string | null; clauses: Clause[];
}

export interface Evaluation {
  customerId: string; at: Instant; currentTag: StatusTag; recommended: StatusTag | null; rule: string | null;
  confidence: number | null; calibratedConfidence: number | null; requiresReview: boolean; reviewReasons: ReviewReason[];
  held: Held | null; wouldApply: boolean; wouldChange: { to: StatusTag; rule: string; missing: Clause[] }[];
  rules: RuleOutcome[]; nextCheckAt: Instant | null; ruleSetVersion?: number;
}

export interface Day {
  date: string; sessionsCount: number; totalSessionMinutes: number; pagesViewed: number; featuresUsed: number; lessonsCompleted: number;
  assessmentsTaken: number; assessmentAvgScore: number | null; modulesCompleted: number; forumPosts: number; commentsMade: number;
  questionsAsked: number; answersGiven: number; engagementScore: number; progressScore: number; communityScore: number;
  overallHealthScore: number; scoreTrend: Trend; riskIndicators: (RiskIndicator | Indicator)[];
}

export interface TimelineItem { at: Instant; kind: string; [detail: string]: unknown }

export interface CustomerFilter { tag?: StatusTag | undefined; tier?: Tier | undefined; risk?: RiskIndicator | undefined; q?: string | undefined }

export class ApiError extends Error {
  constructor(readonly status: number, readonly code: string, message: string) { super(message); }
}

let csrf: string | null = null;

async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET" && csrf) headers["X-LStep-CSRF"] = csrf;
  const answer = await fetch(path, {
    method, headers, credentials: "same-origin", cache: "no-store",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...(signal ? { signal } : {}),
  });
  if (answer.status === 204) return undefined as T;
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string; title?: string };
    throw new ApiError(answer.status, problem.code ?? "error", problem.detail ?? problem.title ?? `The server answered ${answer.status}.`);
  }
  return (await answer.json()) as T;
}

function query(parts: Record<string, string | number | null | undefined>): string {
  const set = Object.entries(parts).filter((part): part is [string, string | number] => part[1] !== undefined && part[1] !== null && part[1] !== "");
  return set.length === 0 ? "" : "?" + new URLSearchParams(set.map(([name, value]) => [name, String(value)]));
}

const remember = (session: Session) => {
  csrf = session.csrf;
  return session;
};
const customer = (id: string) => `/api/customers/${encodeURIComponent(id)}`;

export const api = {
  session: (signal?: AbortSignal) => call<Session>("GET", "/api/session", undefined, signal).then(remember),
  signIn: (by: { token: string } | { link: string }) => call<Session>("POST", "/api/session", by).then(remember),
  signOut: () => call<void>("DELETE", "/api/session"),
  distribution: (signal?: AbortSignal) => call<Distribution>("GET", "/api/analytics/distribution", undefined, signal),
  transitionsAfter: (after: number, limit: number, signal?: AbortSignal) =>
    call<Page<Transition>>("GET", "/api/transitions" + query({ after, limit }), undefined, signal),
  latestTransitions: (limit: number, signal?: AbortSignal) =>
    call<Page<Transition>>("GET", "/api/transitions" + query({ limit, order: "desc" }), undefined, signal),
  openReviews: (signal?: AbortSignal) => call<Page<Review>>("GET", "/api/reviews?status=open&limit=500", undefined, signal),
  customers: (filter: CustomerFilter, cursor: string | null, signal?: AbortSignal) =>
    call<Page<CustomerLine>>("GET", "/api/customers" + query({ ...filter, cursor }), undefined, signal),
  customer: (id: string, signal?: AbortSignal) => call<Customer>("GET", customer(id), undefined, signal),
  days: (id: string, from: string, to: string, signal?: AbortSignal) =>
    call<Page<Day>>("GET", `${customer(id)}/metrics${query({ from, to })}`, undefined, signal),
  timeline: (id: string, cursor: string | null, signal?: AbortSignal) =>
    call<Page<TimelineItem>>("GET", `${customer(id)}/timeline${query({ cursor })}`, undefined, signal),
  evaluation: (id: string, signal?: AbortSignal) => call<Evaluation>("GET", `${customer(id)}/evaluation`, undefined, signal),
};
