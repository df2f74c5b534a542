import type { Range } from "../analytics/range";
import type { CohortBy } from "../analytics/sets";
import { isUnattended } from "../attention";
import { t } from "../language";
import type { RiskIndicator, Severity, StatusTag, Tier } from "../tags";
import { report } from "../reach";
import type { ActionFilter, TaskFilter } from "./campaigns";
import type { EventFilter } from "./events";
import type { Matrix } from "./foreseen";
import type { Journey } from "./journeys";
import type { ModelCard, ModelRow, PredictionWatch, TrainingRow } from "./predictions";
import { problemText } from "./problems";
import type { RecommendationList } from "./recommendations";
import type { Simulation } from "./simulation";
import type { NewView, View } from "./views";
import type {
  ActionRow, CampaignFindings, CampaignReport, CampaignSetRow, JourneyRequest, TestSendRequest, TestSendRow, CampaignSetVersion, NewCampaignSet, PageOfCardRow, PageOfCampaignSetHeadRow, PublishedCampaignSet, MailboxMessage, MailboxPage, PageOfActionRow, PageOfTaskRow, PreviewRequest, PreviewRow, TaskRow,
  MadeCard, MadeKey, PageOfAuditItem, PageOfKeyRow, PageOfProviderRow, BulkAct, BulkOutcomes, BulkResult, UndoOutcome, Note, ReviewPatch, ReviewRow, StatusChange, UndoneTransition,
  Customer, Decision, Distribution, Evaluation, EventEntry, EventPage, PageOfBatchRow, CustomerPage, PageOfCustomerName, PageOfFlag, PageOfRejectedRow, PageOfRuleSetRow, PublishedRuleSet, RuleFindings, RuleSetRow, RuleSetVersion, BatchRow, Flag, InputError, NewRuleSet, PageOfDailyMetricsRow, PageOfReviewRow, PageOfTimelineItem, PageOfTransitionRow, Problem,
  OperationsNow, SignIn, Today, WhoAmI, Automation, Cohorts, CostsOfSends, CustomerValue, Flow, KpiGoal, Kpis, NewKpiGoal, Overview, Risks, Weekly,
} from "./schema";

/** An ISO-8601 instant in UTC. */
export type Instant = string;

/** days are business days, both ends included; order is asc or desc. */
export interface CustomerFilter {
  tag?: StatusTag | undefined; tier?: Tier | undefined; risk?: RiskIndicator | Severity | undefined; behavior?: string | undefined; owner?: string | undefined; q?: string | undefined;
  minLtv?: string | undefined; maxLtv?: string | undefined; minChurn?: string | undefined; maxChurn?: string | undefined; enrolledFrom?: string | undefined; enrolledTo?: string | undefined; activeFrom?: string | undefined; activeTo?: string | undefined;
  sort?: string | undefined; order?: string | undefined;
}

/** from and to are days, both included. */
export interface ReviewFilter { assignee?: string | undefined; to?: string | undefined }
export interface AuditFilter { who?: string | undefined; action?: string | undefined; target?: string | undefined; from?: string | undefined; to?: string | undefined }

export class ApiError extends Error {
  constructor(readonly status: number, readonly code: string, message: string, readonly errors: readonly InputError[] = []) { super(message); }
}

let csrf: string | null = null;
const signedOutListeners = new Set<() => void>();

/** Told when a call finds that the session has ended. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => void signedOutListeners.delete(listener);
}

const sessionPath = "/api/session";
const askMsMax = 30_000, makingMsMax = 130_000;

async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal, msMax = askMsMax): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET" && csrf) headers["X-LStep-CSRF"] = csrf;
  if (isUnattended()) headers["X-LStep-Unattended"] = "1";
  const answer = await ask(path, {
    method, headers, credentials: "same-origin", cache: "no-store", signal: AbortSignal.any([AbortSignal.timeout(msMax), ...(signal ? [signal] : [])]),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.status === 204) return undefined as T;
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
    if (answer.status === 401 && path !== sessionPath) for (const listener of signedOutListeners) listener();
    throw new ApiError(answer.status, problem.code ?? "error", problemText(problem.code ?? "", problem.detail ?? problem.title ?? t("The server answered {status}.", { status: String(answer.status) })), problem.errors ?? []);
  }
  return (await answer.json()) as T;
}

/** An answer from 500 on comes from a server that cannot say what it is asked: it counts as none. */
async function ask(path: string, init: RequestInit): Promise<Response> {
  report("asked");
  let heard: "answered" | "failed" | "dropped" = "failed";
  try {
    const answer = await fetch(path, init);
    // Who one is may be known without the database: only an answer that needed it shows that the server can tell something.
    if (answer.status < 500) heard = path === sessionPath ? "dropped" : "answered";
    return answer;
  } catch (trouble) {
    if (trouble instanceof DOMException && trouble.name === "AbortError") heard = "dropped";
    else throw new NoAnswer();
    throw trouble;
  } finally {
    report(heard);
  }
}

/** Nothing came back: the line or the server is down. */
export class NoAnswer extends Error {
  constructor() { super(t("The server does not answer.")); }
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
const analytics = <T>(name: string, range: Range | null, signal?: AbortSignal, more: Record<string, string> = {}) =>
  call<T>("GET", `/api/analytics/${name}` + query({ ...range, ...more }), undefined, signal);
const campaign = (name: string) => `/api/campaigns/${encodeURIComponent(name)}`;

export const api = {
  session: (signal?: AbortSignal) => call<WhoAmI>("GET", sessionPath, undefined, signal).then(remember),
  signIn: (by: SignIn) => call<WhoAmI>("POST", sessionPath, by).then(remember),
  providers: (signal?: AbortSignal) => call<PageOfProviderRow>("GET", "/api/session/providers", undefined, signal),
  keys: (cursor: string | null, signal?: AbortSignal) => call<PageOfKeyRow>("GET", "/api/keys" + query({ cursor }), undefined, signal),
  makeKey: (key: { name: string; role: string; expiresAt: Instant | null }) => call<MadeKey>("POST", "/api/keys", key),
  revokeKey: (id: string) => call<void>("DELETE", `/api/keys/${encodeURIComponent(id)}`),
  endSession: (key: string, session: string) => call<void>("DELETE", `/api/keys/${encodeURIComponent(key)}/sessions/${session}`),
  cards: (signal?: AbortSignal) => call<PageOfCardRow>("GET", "/api/cards", undefined, signal),
  makeCard: (card: { name: string; expiresAt: Instant | null }) => call<MadeCard>("POST", "/api/cards", card),
  deleteCard: (id: string) => call<void>("DELETE", `/api/cards/${encodeURIComponent(id)}`),
  audit: (filter: AuditFilter, cursor: string | null, signal?: AbortSignal, limit: number | null = null) => call<PageOfAuditItem>("GET", "/api/audit" + query({ ...filter, limit, cursor }), undefined, signal),
  signOut: () => call<void>("DELETE", sessionPath),
  distribution: (signal?: AbortSignal, range: Range | null = null) => analytics<Distribution>("distribution", range, signal),
  today: (owner: string | null, signal?: AbortSignal) => call<Today>("GET", "/api/analytics/today" + query({ owner }), undefined, signal),
  overview: (range: Range | null, signal?: AbortSignal) => analytics<Overview>("overview", range, signal),
  flow: (range: Range | null, signal?: AbortSignal) => analytics<Flow>("flow", range, signal),
  cohorts: (range: Range | null, by: CohortBy, signal?: AbortSignal) => analytics<Cohorts>("cohorts", range, signal, { by }),
  risks: (range: Range | null, signal?: AbortSignal) => analytics<Risks>("risks", range, signal),
  weekly: (range: Range | null, signal?: AbortSignal) => analytics<Weekly>("weekly", range, signal),
  automation: (range: Range | null, signal?: AbortSignal) => analytics<Automation>("automation", range, signal),
  matrix: (signal?: AbortSignal) => call<Matrix>("GET", "/api/analytics/matrix", undefined, signal),
  value: (range: Range | null, signal?: AbortSignal) => analytics<CustomerValue>("value", range, signal),
  campaignCosts: (signal?: AbortSignal) => call<CostsOfSends>("GET", "/api/analytics/value/costs", undefined, signal),
  setCampaignCosts: (to: CostsOfSends) => call<CostsOfSends>("PUT", "/api/analytics/value/costs", to),
  kpis: (range: Range | null, signal?: AbortSignal) => analytics<Kpis>("kpis", range, signal),
  setKpi: (name: string, to: NewKpiGoal) => call<KpiGoal>("PUT", `/api/analytics/kpis/${name}`, to),
  transitionsAfter: (after: number, limit: number, signal?: AbortSignal) =>
    call<PageOfTransitionRow>("GET", "/api/transitions" + query({ after, limit }), undefined, signal),
  latestTransitions: (limit: number, cursor: string | null = null, signal?: AbortSignal) =>
    call<PageOfTransitionRow>("GET", "/api/transitions" + query({ limit, order: "desc", cursor }), undefined, signal),
  openReviews: (filter: ReviewFilter, signal?: AbortSignal, cursor: string | null = null) =>
    call<PageOfReviewRow>("GET", "/api/reviews" + query({ ...filter, status: "open", limit: 500, cursor }), undefined, signal),
  names: (ids: readonly string[]) => call<PageOfCustomerName>("POST", "/api/customers/names", { ids }),
  decision: (id: string, number: number, signal?: AbortSignal) => call<Decision>("GET", `${customer(id)}/decisions/${number}`, undefined, signal),
  events: (filter: EventFilter, cursor: string | null, signal?: AbortSignal, limit: number | null = null) =>
    call<EventPage>("GET", "/api/events" + query({ ...filter, limit, cursor }), undefined, signal),
  mapEvent: (name: string, activity: string) => call<EventEntry>("PUT", `/api/events/${encodeURIComponent(name)}`, { activity }),
  unmapEvent: (name: string) => call<EventEntry>("DELETE", `/api/events/${encodeURIComponent(name)}`),
  rejected: (limit: number, cursor: string | null, signal?: AbortSignal) =>
    call<PageOfRejectedRow>("GET", "/api/rejected" + query({ limit, cursor }), undefined, signal),
  flags: (signal?: AbortSignal) => call<PageOfFlag>("GET", "/api/flags", undefined, signal),
  batches: (limit: number, signal?: AbortSignal) => call<PageOfBatchRow>("GET", "/api/evaluations" + query({ limit }), undefined, signal),
  rules: (signal?: AbortSignal) => call<RuleSetRow>("GET", "/api/rules", undefined, signal),
  setFlag: (name: string, value: unknown) => call<Flag>("PUT", `/api/flags/${encodeURIComponent(name)}`, { value }),
  batch: (id: string, signal?: AbortSignal) => call<BatchRow>("GET", `/api/evaluations/${encodeURIComponent(id)}`, undefined, signal),
  ruleSets: (cursor: string | null, signal?: AbortSignal) => call<PageOfRuleSetRow>("GET", "/api/rules/versions" + query({ limit: 20, cursor }), undefined, signal),
  ruleSet: (version: number, against: number | null, signal?: AbortSignal) => call<RuleSetVersion>("GET", `/api/rules/versions/${version}${query({ against })}`, undefined, signal),
  checkRules: (rules: readonly object[], signal?: AbortSignal) => call<RuleFindings>("POST", "/api/rules/check", { rules }, signal),
  simulateRules: (rules: readonly object[]) => call<Simulation>("POST", "/api/rules/simulate", { rules }),
  publishRules: (set: NewRuleSet) => call<PublishedRuleSet>("PUT", "/api/rules", set),
  customers: (filter: CustomerFilter, limit: number, cursor: string | null, signal?: AbortSignal) =>
    call<CustomerPage>("GET", "/api/customers" + query({ ...filter, limit, cursor }), undefined, signal),
  views: (signal?: AbortSignal) => call<{ items: View[] }>("GET", "/api/views", undefined, signal),
  saveView: ({ name, filter, columns, shared }: NewView) => call<View>("PUT", `/api/views/${encodeURIComponent(name)}`, { filter, columns, shared }),
  removeView: (name: string) => call<void>("DELETE", `/api/views/${encodeURIComponent(name)}`),
  changeAll: (act: BulkAct) => call<BulkOutcomes>("POST", "/api/customers/bulk", act),
  evaluateAll: (customers: readonly string[]) => call<BatchRow>("POST", "/api/evaluations", { customers }),
  findCustomers: (q: string, limit: number, signal?: AbortSignal) => call<CustomerPage>("GET", "/api/customers" + query({ q, limit }), undefined, signal),
  customer: (id: string, signal?: AbortSignal) => call<Customer>("GET", customer(id), undefined, signal),
  customerAt: (id: string, at: Instant, signal?: AbortSignal) => call<Customer>("GET", `${customer(id)}${query({ at })}`, undefined, signal),
  days: (id: string, from: string, to: string, signal?: AbortSignal) =>
    call<PageOfDailyMetricsRow>("GET", `${customer(id)}/metrics${query({ from, to })}`, undefined, signal),
  timeline: (id: string, cursor: string | null, signal?: AbortSignal, limit: number | null = null) =>
    call<PageOfTimelineItem>("GET", `${customer(id)}/timeline${query({ limit, cursor })}`, undefined, signal),
  evaluation: (id: string, signal?: AbortSignal) => call<Evaluation>("GET", `${customer(id)}/evaluation`, undefined, signal),
  decide: (review: string, decision: "approve" | "reject", note?: string) =>
    call<ReviewRow>("POST", `/api/reviews/${review}/${decision}`, note ? { note } : {}),
  decideAll: (ids: readonly string[], decision: "approve" | "reject") => call<BulkResult>("POST", "/api/reviews/bulk", { ids, decision }),
  annotate: (review: string, patch: ReviewPatch) => call<ReviewRow>("PATCH", `/api/reviews/${review}`, patch),
  setTag: (id: string, change: StatusChange) => call<Customer>("PUT", `${customer(id)}/status`, change),
  addNote: (id: string, text: string) => call<Note>("POST", `${customer(id)}/notes`, { text }),
  evaluateNow: (id: string) => call<Evaluation>("POST", `${customer(id)}/evaluation`),
  campaigns: (signal?: AbortSignal) => call<CampaignSetRow>("GET", "/api/campaigns", undefined, signal),
  checkCampaigns: (campaigns: readonly object[], signal?: AbortSignal) => call<CampaignFindings>("POST", "/api/campaigns/validate", { campaigns }, signal),
  publishCampaigns: (set: NewCampaignSet) => call<PublishedCampaignSet>("PUT", "/api/campaigns", set),
  campaignSets: (cursor: string | null, signal?: AbortSignal) => call<PageOfCampaignSetHeadRow>("GET", "/api/campaigns/versions" + query({ limit: 20, cursor }), undefined, signal),
  campaignSet: (version: number, against: number | null, signal?: AbortSignal) => call<CampaignSetVersion>("GET", `/api/campaigns/versions/${version}${query({ against })}`, undefined, signal),
  promote: (name: string, variant: string, comment?: string) => call<PublishedCampaignSet>("POST", `${campaign(name)}/promote`, comment ? { variant, comment } : { variant }),
  report: (name: string, from: string | null, signal?: AbortSignal) => call<CampaignReport>("GET", `${campaign(name)}/report${query({ from })}`, undefined, signal),
  preview: (name: string, of: PreviewRequest) => call<PreviewRow>("POST", `${campaign(name)}/preview`, of),
  testSend: (name: string, of: TestSendRequest) => call<TestSendRow>("POST", `${campaign(name)}/test`, of),
  journey: (of: JourneyRequest, signal?: AbortSignal) => call<Journey>("POST", "/api/journeys/preview", of, signal),
  actions: (filter: ActionFilter, limit: number, cursor: string | null, signal?: AbortSignal) =>
    call<PageOfActionRow>("GET", "/api/actions" + query({ ...filter, limit, cursor }), undefined, signal),
  actOn: (action: number, act: "cancel" | "replay") => call<ActionRow>("POST", `/api/actions/${action}/${act}`, {}),
  tasks: (filter: TaskFilter, cursor: string | null, signal?: AbortSignal, limit: number | null = null) =>
    call<PageOfTaskRow>("GET", "/api/tasks" + query({ ...filter, limit, cursor }), undefined, signal),
  completeTask: (task: number, note?: string) => call<TaskRow>("POST", `/api/tasks/${task}/complete`, note ? { note } : {}),
  assignTask: (task: number, assignee: string) => call<TaskRow>("PATCH", `/api/tasks/${task}`, { assignee }),
  mailbox: (cursor: string | null, signal?: AbortSignal, limit = 50) => call<MailboxPage>("GET", "/api/mailbox" + query({ limit, cursor }), undefined, signal),
  mailboxMessage: (key: string, signal?: AbortSignal) => call<MailboxMessage>("GET", `/api/mailbox/${encodeURIComponent(key)}`, undefined, signal),
  predictionModel: (number: number | null, signal?: AbortSignal) => call<ModelCard>("GET", "/api/predictions/model" + query({ number }), undefined, signal),
  predictionModels: (signal?: AbortSignal) => call<{ items: ModelRow[] }>("GET", "/api/predictions/models", undefined, signal),
  putModelLive: (number: number, reason: string) => call<{ number: number; before: number; batchId: string | null }>("POST", `/api/predictions/models/${number}/live`, reason ? { reason } : {}),
  train: () => call<{ id: string }>("POST", "/api/predictions/training"),
  predictionTrainings: (signal?: AbortSignal) => call<{ items: TrainingRow[] }>("GET", "/api/predictions/training" + query({ limit: 10 }), undefined, signal),
  predictionWatch: (signal?: AbortSignal) => call<PredictionWatch>("GET", "/api/predictions/watch", undefined, signal),
  recommendations: (signal?: AbortSignal) => call<RecommendationList>("GET", "/api/recommendations", undefined, signal),
  makeRecommendations: () => call<RecommendationList>("POST", "/api/recommendations", undefined, undefined, makingMsMax),
  dismissRecommendation: (id: string) => call<RecommendationList>("POST", `/api/recommendations/${encodeURIComponent(id)}/dismiss`),
  operations: (signal?: AbortSignal) => call<OperationsNow>("GET", "/api/operations", undefined, signal),
  undoBatch: (batch: string, preview = false) => call<UndoOutcome>("POST", "/api/undo", { batch, preview }),
  undo: (transition: number) => call<UndoneTransition>("POST", `/api/transitions/${transition}/undo`, {}),
};
