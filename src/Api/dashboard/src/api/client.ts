import type { RiskIndicator, StatusTag, Tier } from "../tags";
import type {
  Customer, Distribution, Evaluation, PageOfCustomerRow, PageOfDailyMetricsRow, PageOfReviewRow, PageOfTimelineItem, PageOfTransitionRow, Problem,
  SignIn, WhoAmI,
} from "./schema";

/** An ISO-8601 instant in UTC. */
export type Instant = string;

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
    const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
    throw new ApiError(answer.status, problem.code ?? "error", problem.detail ?? problem.title ?? `The server answered ${answer.status}.`);
  }
  return (await answer.json()) as T;
}

function query(parts: Record<string, string | number | null | undefined>): string {
  const set = Object.entries(parts).filter((part): part is [string, string | number] => part[1] !== undefined && part[1] !== null && part[1] !== "");
  return set.length === 0 ? "" : "?" + new URLSearchParams(set.map(([name, value]) => [name, String(value)]));
}

const remember = (session: WhoAmI) => {
  csrf = session.csrf;
  return session;
};
const customer = (id: string) => `/api/customers/${encodeURIComponent(id)}`;

export const api = {
  session: (signal?: AbortSignal) => call<WhoAmI>("GET", "/api/session", undefined, signal).then(remember),
  signIn: (by: SignIn) => call<WhoAmI>("POST", "/api/session", by).then(remember),
  signOut: () => call<void>("DELETE", "/api/session"),
  distribution: (signal?: AbortSignal) => call<Distribution>("GET", "/api/analytics/distribution", undefined, signal),
  transitionsAfter: (after: number, limit: number, signal?: AbortSignal) =>
    call<PageOfTransitionRow>("GET", "/api/transitions" + query({ after, limit }), undefined, signal),
  latestTransitions: (limit: number, signal?: AbortSignal) =>
    call<PageOfTransitionRow>("GET", "/api/transitions" + query({ limit, order: "desc" }), undefined, signal),
  openReviews: (signal?: AbortSignal) => call<PageOfReviewRow>("GET", "/api/reviews?status=open&limit=500", undefined, signal),
  customers: (filter: CustomerFilter, cursor: string | null, signal?: AbortSignal) =>
    call<PageOfCustomerRow>("GET", "/api/customers" + query({ ...filter, cursor }), undefined, signal),
  customer: (id: string, signal?: AbortSignal) => call<Customer>("GET", customer(id), undefined, signal),
  days: (id: string, from: string, to: string, signal?: AbortSignal) =>
    call<PageOfDailyMetricsRow>("GET", `${customer(id)}/metrics${query({ from, to })}`, undefined, signal),
  timeline: (id: string, cursor: string | null, signal?: AbortSignal) =>
    call<PageOfTimelineItem>("GET", `${customer(id)}/timeline${query({ cursor })}`, undefined, signal),
  evaluation: (id: string, signal?: AbortSignal) => call<Evaluation>("GET", `${customer(id)}/evaluation`, undefined, signal),
};
