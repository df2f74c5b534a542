import type { RuleRow, RuleSetRow } from "../src/api/schema";
import type { Simulation } from "../src/api/simulation";
import { lines, now } from "./invented.ts";

/** Invented rules with a version before them; what would be refused and where they would move people. */
const iso = (ms: number) => new Date(ms).toISOString();
const dayMs = 24 * 3_600_000;
const clause = (operator: string, value: unknown) => ({ operator, value });
const rule = (id: number, name: string, from: RuleRow["from"], to: RuleRow["to"], priority: number, conditions: unknown, more: Partial<RuleRow> = {}): RuleRow =>
  ({ id, name, from, to, conditions, priority, automatic: true, requiresApproval: false, usualRhythm: false, notification: {}, active: true, ...more });

const rules: RuleRow[] = [
  rule(1, "Active to Progressing", ["ST_001"], "ST_002", 10, { modules_completed: clause(">=", 2), assessment_avg_score: clause(">=", 70) }),
  rule(2, "Progressing to Mastery", ["ST_002"], "ST_003", 20, { curriculum_completion: clause(">=", 90), final_assessment: clause(">=", 80) }),
  rule(3, "At-risk detection", ["ST_001", "ST_002", "ST_003"], "ST_004", 30, { any: [{ days_since_login: clause(">=", 5) }, { engagement_score: clause("<", 40), score_trend: clause("in", ["down"]) }] }, { usualRhythm: true }),
  rule(4, "Re-engagement campaign", ["ST_004"], "ST_005", 40, { days_in_status: clause(">=", 7), not: { customer_tier: clause("in", ["Freemium"]) }, risk_indicators: clause("contains", "login_gap") }, { requiresApproval: true }),
  rule(5, "Mark as churned", ["ST_004", "ST_005"], "ST_006", 50, { days_since_activity: clause(">=", 30), sessions_30d: clause("between", [0, 1]), "traits.contract": clause("!=", "yearly") }, { active: false }),
];
const set = (version: number, some: readonly RuleRow[], days: number, author: string, comment: string): RuleSetRow =>
  ({ version, author, publishedAt: iso(now() - days * dayMs), comment, batchId: null, rules: [...some] });
const versions = [set(1, rules.slice(0, 4), 90, "system", ""), set(2, rules, 12, "Dana Ops", "Churn is marked after 30 days of silence")];

export function answerRules(parts: readonly string[], body: { rules?: Record<string, unknown>[] }): unknown {
  const [, act, number] = parts;
  switch (act) {
    case undefined: return versions.at(-1);
    case "versions": return number === undefined ? { items: [...versions].reverse(), next: null } : { ...versions[Number(number) - 1], difference: number === "1" ? null : difference };
    case "check": return { errors: [], warnings: (body.rules ?? []).flatMap((each, at) => (each.active === false ? [{ path: `$.rules[${at}].active`, code: "off", message: "Nobody is moved by it while it is off." }] : [])) };
    case "simulate": return simulated;
    default: return undefined;
  }
}

const difference = {
  against: 1, added: [rules[4]], removed: [],
  changed: [{ name: "At-risk detection", changes: [{ field: "conditions", before: { days_since_login: clause(">=", 7) }, after: rules[2]!.conditions }, { field: "usualRhythm", before: false, after: true }] }],
};

const simulated: Simulation = {
  moves: [{ from: "ST_001", to: "ST_002", count: 41 }, { from: "ST_002", to: "ST_004", count: 12 }], reviews: 7, messages: 53,
  customers: { items: lines.slice(0, 20).map(({ id }, at) => ({ id, from: at < 14 ? "ST_001" : "ST_002", to: at < 14 ? "ST_002" : "ST_004" })), next: "x" },
};
