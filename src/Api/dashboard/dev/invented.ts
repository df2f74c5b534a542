import type {
  Clause, Customer, CustomerRow, DailyMetricsRow, Distribution, Evaluation, EventEntry, IndicatorView, ReviewRow, RuleOutcome, TimelineItem, TransitionRow,
} from "../src/api/schema";
import { allIndicators, allTags, severities, type StatusTag, type Tier } from "../src/tags.ts";

/** Invented learners in the shapes of the API; the same ones at every start. */
const start = Date.parse("2027-03-18T14:05:30Z");
const startedAt = performance.now();
export const now = () => start + (performance.now() - startedAt);

const minuteMs = 60_000, dayMs = 1440 * minuteMs;
const iso = (ms: number) => new Date(ms).toISOString();

let seed = 20_270_318;
export function random(): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
}
const upTo = (most: number) => Math.floor(random() * (most + 1));
const pick = <T>(list: readonly T[]): T => list[upTo(list.length - 1)]!;

const first = ["Amara", "Ben", "Chiara", "Daiki", "Elif", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Kavya", "Liam", "Mei", "Noor", "Olga", "Pablo", "Quinn", "Rosa", "Sven", "Tariq", "Uma", "Viktor", "Wanda", "Ximena", "Yuki", "Zoe"];
const last = ["Abe", "Brandt", "Costa", "Dlamini", "Eriksen", "Fischer", "Garcia", "Haddad", "Ito", "Jensen", "Kim", "Lindqvist", "Moreau", "Nakamura", "Okafor", "Petrov", "Rossi", "Silva", "Tanaka", "Ueda", "Varga", "Weber", "Yamada"];
const health: Record<StatusTag, number> = { ST_001: 52, ST_002: 68, ST_003: 84, ST_004: 21, ST_005: 13, ST_006: 1 };
const weights: Record<StatusTag, number> = { ST_001: 34, ST_002: 27, ST_003: 9, ST_004: 13, ST_005: 6, ST_006: 11 };
const products = { Pro: "PT_001", Enterprise: "PT_002", Freemium: "PT_003" } as const;
const bag = allTags.flatMap((tag) => Array<StatusTag>(weights[tag]).fill(tag));
const around = (middle: number, spread: number) => Math.max(0, Math.min(100, Math.round((middle + (random() - 0.5) * spread) * 10) / 10));

function inventLine(index: number): CustomerRow {
  const tag = pick(bag);
  const tier = pick<Tier>(["Freemium", "Freemium", "Freemium", "Pro", "Pro", "Enterprise"]);
  const name = `${pick(first)} ${pick(last)}`;
  const engagement = around(health[tag], 34), progress = around(health[tag] - 6, 40), community = around(health[tag] / 2, 50);
  const silentMs = tag === "ST_006" ? (31 + upTo(90)) * dayMs : tag === "ST_004" || tag === "ST_005" ? (4 + upTo(16)) * dayMs : upTo(3) * dayMs * random();
  const lastAt = now() - silentMs - upTo(600) * minuteMs;
  const risks = allIndicators.filter(() => random() < (health[tag] < 30 ? 0.35 : 0.05));
  return {
    id: `learner-${String(1000 + index)}`, email: `${name.toLowerCase().replace(" ", ".")}@example.com`, name: random() < 0.94 ? name : null, tier,
    ltvValue: tier === "Enterprise" ? 8000 + upTo(9000) : tier === "Pro" ? 900 + upTo(1400) : 0,
    tag, tagSince: iso(now() - upTo(60 * 24) * 60 * minuteMs), lockedUntil: null,
    scores: { engagement, progress, community, overall: Math.round(0.4 * engagement + 0.4 * progress + 0.2 * community), trend: pick(["up", "down", "stable"]) },
    riskIndicators: risks.map((type): IndicatorView => ({ type, severity: severities[type] })), lastLoginAt: iso(lastAt), lastActivityAt: iso(lastAt),
    productTag: products[tier], nextCheckAt: iso(now() + 500 * minuteMs), churnProbability: null, churnModel: null,
  };
}

export const lines = Array.from({ length: 1284 }, (_, index) => inventLine(index));
export const counts = () => lines.reduce((sum, line) => ({ ...sum, [line.tag]: sum[line.tag] + 1 }), Object.fromEntries(allTags.map((tag) => [tag, 0])) as Distribution["counts"]);

const moves: [StatusTag, StatusTag, string][] = [
  ["ST_001", "ST_002", "Active to Progressing"], ["ST_001", "ST_004", "At-risk detection"], ["ST_002", "ST_004", "Engagement collapse"],
  ["ST_002", "ST_003", "Progressing to Mastery"], ["ST_004", "ST_001", "Recovery"], ["ST_004", "ST_005", "Re-engagement campaign"],
  ["ST_005", "ST_001", "Recovery"], ["ST_004", "ST_006", "Mark as churned"], ["ST_001", "ST_004", "Never started"],
];
export const ledger: TransitionRow[] = [];

export function move(at = now()): TransitionRow {
  const [from, to, rule] = pick(moves);
  const line = pick(lines.filter((each) => each.tag === from));
  const late = random() < 0.4 ? upTo(50_000) : 0;
  line.tag = to;
  line.tagSince = iso(at - late);
  const row: TransitionRow = { id: ledger.length + 1, customerId: line.id, from, to, at: iso(at), dueAt: iso(at - late), rule, confidence: 0.85 + upTo(150) / 1000, assignedBy: "system", reason: rule, ruleSetVersion: 1, kind: "rule", batchId: null, decisionId: 1, undoneAt: null, undoes: null };
  ledger.push(row);
  return row;
}
for (let ago = 120; ago > 0; ago--) move(now() - ago * 7 * minuteMs + upTo(6) * minuteMs);

export const reviews = Array.from({ length: 7 }, (_, index): ReviewRow => {
  const line = lines.filter((each) => each.tag === "ST_001" || each.tag === "ST_002")[index * 31]!;
  return {
    id: `review-${index}`, customerId: line.id, from: line.tag, to: "ST_004", rule: pick(["Silent high-value customer", "Failing assessments", "Payment trouble"]),
    confidence: 0.78 + upTo(20) / 100, reasons: index % 2 ? ["approval_required"] : ["high_value_at_risk", "approval_required"], openedReasons: ["approval_required"], status: "open",
    openedAt: iso(now() - upTo(3000) * minuteMs), decidedAt: null, decidedBy: null, closeReason: null, decisionId: 1, transitionId: null, alerts: 0, assignee: index % 3 ? null : "Sue", note: null,
  };
});

export function customer(line: CustomerRow): Customer {
  const { engagement, progress, community, overall } = line.scores;
  return {
    ...line, enrolledAt: iso(now() - 140 * dayMs), startsAt: iso(now() - 140 * dayMs), timezone: "Europe/Berlin", locale: "en", traits: { cohort: "autumn" },
    metrics: { engagement_score_30d: engagement * 0.9 + 6, progress_score_30d: progress * 0.8 + 5, community_score_30d: community, overall_health_score_30d: overall * 0.85 + 5 } as Customer["metrics"],
    behaviorTags: ["BT_001", "BT_003"], churn: null, priorityAction: null, projectedLtv: null, recentTransitions: ledger.filter((row) => row.customerId === line.id), version: 41,
    openReview: reviews.find((review) => review.customerId === line.id) ?? null,
  };
}

export function days(line: CustomerRow): DailyMetricsRow[] {
  const level = Math.max(28, health[line.tag] + 14);
  const silentAfter = Date.parse(line.lastActivityAt!);
  return Array.from({ length: 30 }, (_, index) => now() - (29 - index) * dayMs).filter((at) => at < silentAfter + dayMs / 2 && random() < 0.72).map((at): DailyMetricsRow => {
    const engagementScore = Math.round(around(level, 50)), progressScore = Math.round(around(level - 12, 80)), communityScore = random() < 0.5 ? 0 : Math.round(around(40, 70));
    return {
      date: iso(at).slice(0, 10), sessionsCount: 1 + upTo(3), totalSessionMinutes: 10 + upTo(90), pagesViewed: upTo(30), featuresUsed: upTo(4), lessonsCompleted: upTo(3),
      assessmentsTaken: upTo(1), assessmentAvgScore: random() < 0.4 ? 55 + upTo(45) : null, modulesCompleted: upTo(1), forumPosts: upTo(1), commentsMade: upTo(2), questionsAsked: upTo(1),
      answersGiven: 0, engagementScore, progressScore, communityScore, overallHealthScore: Math.round(0.4 * engagementScore + 0.4 * progressScore + 0.2 * communityScore),
      scoreTrend: "stable", riskIndicators: communityScore === 0 ? ["social_isolation"] : [],
    };
  });
}

export function timeline(line: CustomerRow): TimelineItem[] {
  const names = ["lesson_completed", "login", "page_view", "assessment_taken", "video_play", "comment", "module_completed"];
  const activities = Array.from({ length: 26 }, (_, index): TimelineItem => ({
    at: iso(Date.parse(line.lastActivityAt!) - index * upTo(400) * minuteMs), kind: "activity", transition: null, review: null, note: null, action: null,
    activity: {
      messageId: `m-${index}`, type: pick(names), event: "", occurredAt: line.lastActivityAt!, receivedAt: line.lastActivityAt!,
      properties: { lessonId: `lesson-${upTo(40)}` },
    },
  }));
  const moved = ledger.filter((row) => row.customerId === line.id).map((row): TimelineItem => ({ at: row.at, kind: "transition", activity: null, transition: row, review: null, note: null, action: null }));
  const asked = reviews.filter((review) => review.customerId === line.id).map((review): TimelineItem => ({ at: review.openedAt, kind: "review_opened", activity: null, transition: null, review, note: null, action: null }));
  return [...activities, ...moved, ...asked].sort((a, b) => b.at.localeCompare(a.at));
}

const clause = (metric: string, operator: string, threshold: Clause["threshold"], observed: Clause["observed"], met: boolean): Clause =>
  ({ metric, operator, threshold, observed, met, margin: met ? 0.2 + upTo(80) / 100 : 0, evidence: met ? 1 : 0 });
const rule = (id: number, name: string, to: StatusTag, priority: number, clauses: Clause[]): RuleOutcome => {
  const met = clauses.every((each) => each.met);
  return { id, name, to, priority, met, confidence: met ? 0.932 : null, held: null, lostBecause: null, clauses };
};

export function evaluation(line: CustomerRow): Evaluation {
  const silent = Math.floor((now() - Date.parse(line.lastLoginAt!)) / dayMs);
  const { engagement, progress } = line.scores;
  const rules = [
    rule(6, "Silent high-value customer", "ST_004", 4, [clause("ltv_value", ">", 5000, line.ltvValue, line.ltvValue! > 5000), clause("days_since_login", ">=", 3, silent, silent >= 3), clause("engagement_score", "<", 40, engagement, engagement < 40)]),
    rule(3, "At-risk detection", "ST_004", 5, [clause("days_since_login", ">=", 5, silent, silent >= 5), clause("engagement_score", "<", 40, engagement, engagement < 40)]),
    rule(7, "Engagement collapse", "ST_004", 6, [clause("engagement_change_7d", "<=", -50, null, false), clause("active_days_7d", "<=", 1, 3, false), clause("days_since_login", ">=", 3, silent, silent >= 3)]),
    rule(10, "Failing assessments", "ST_004", 9, [clause("assessments_scored_30d", ">=", 2, 3, true), clause("assessment_avg_score_30d", "<", 50, 71.5, false)]),
    rule(1, "Active to Progressing", "ST_002", 10, [clause("modules_completed", ">=", 2, 1, false), clause("assessment_avg_score", ">=", 70, 71.5, true)]),
    rule(9, "Learning stagnation", "ST_004", 8, [clause("lessons_completed_30d", "<=", 0, 6, false), clause("days_in_status", ">=", 14, 9, false), clause("progress_score", "<", 10, progress, progress < 10)]),
    rule(14, "Payment trouble", "ST_004", 9, [clause("risk_indicators", "contains", "billing_risk", line.riskIndicators.map(({ type }) => type), false), clause("days_since_login", ">=", 2, silent, silent >= 2)]),
  ];
  const best = rules.find((each) => each.met) ?? null;
  return {
    customerId: line.id, at: iso(now()), currentTag: line.tag, recommended: best?.to ?? null, rule: best?.name ?? null, confidence: best?.confidence ?? null, calibratedConfidence: best ? 0.941 : null,
    requiresReview: best?.id === 6, reviewReasons: best?.id === 6 ? ["high_value_at_risk", "approval_required"] : [], held: null, wouldApply: best !== null && best.id !== 6,
    wouldChange: rules.filter((each) => !each.met).slice(0, 4).map(({ to, name, clauses }) => ({ to, rule: name, missing: clauses.filter((each) => !each.met) })), rules,
    nextCheckAt: iso(now() + 500 * minuteMs), ruleSetVersion: 1,
  };
}

export const eventNames: EventEntry[] = ["Lesson Completed", "Lesson Complete", "Invoice Paid", "Whiteboard Opened"].map((name, index): EventEntry => ({
  name, count: 40_000 >> (3 * index), firstSeenAt: iso(now() - 90 * dayMs), lastSeenAt: iso(now() - index * 700 * minuteMs),
  activity: (["lesson_completed", "other", "no_activity", "other"] as const)[index]!, learnerActivity: index !== 2,
  decidedBy: (["table", "unknown", "rule", "unknown"] as const)[index]!,
  suggestion: index === 1 ? { name: "Lesson Completed", activity: "lesson_completed" } : null, changedAt: null, changedBy: null,
}));
