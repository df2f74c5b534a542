import type { Clause } from "./api/schema";
import { metricValue, plain } from "./format";

/** Why a person is asked before the tag moves. */
export const reviewReasons: Record<string, string> = {
  competing_rules: "another rule speaks almost as strongly for another tag",
  high_value_at_risk: "a high-value customer is at stake",
  rapid_changes: "the tag changed often in the last week",
  conflicting_signals: "risk indicators speak against it",
  low_confidence: "confidence is below 0.85",
  approval_required: "the rule asks for approval",
  auto_apply_off: "automatic moves are switched off",
};

export const holds: Record<string, string> = {
  dwell: "the tag changed less than 24 hours ago",
  manual: "a person set the tag; automation waits 7 days",
  locked: "the tag is locked",
  rejected: "this move was rejected or undone",
  usual_rhythm: "the silence fits this learner’s usual rhythm",
  shadow: "outside the roll-out; recorded, not applied",
};

const operators: Record<string, string> = {
  ">=": "at least", ">": "more than", "<=": "at most", "<": "less than", "==": "is", "!=": "is not",
  in: "one of", not_in: "none of", between: "between", contains: "includes",
};

const symbols: Record<string, string> = { ">=": "≥", "<=": "≤", "!=": "≠", "==": "=", not_in: "not in", contains: "includes", "not contains": "without" };

export const symbol = (operator: string) => symbols[operator] ?? operator;

/** `assessment_avg_score_30d` → "assessment avg score · 30 d". */
export function metricName(metric: string): string {
  const window = /_(7d|30d|today)$/.exec(metric);
  const stem = plain(window ? metric.slice(0, -window[0].length) : metric);
  if (!window) return stem;
  return `${stem} · ${window[1] === "today" ? "today" : window[1]!.replace("d", " d")}`;
}

/** A stored reason in the signs and words of the page: `days_since_login 5 >= 5` → "days since login 5 ≥ 5". */
export const reasonText = (reason: string) =>
  reason.replace(/(?<=[a-z0-9])_(?=[a-z0-9])/g, " ").replaceAll(">=", "≥").replaceAll("<=", "≤").replaceAll("!=", "≠").replaceAll("==", "=");

export function threshold(clause: Pick<Clause, "operator" | "threshold">): string {
  const { operator, threshold: bound } = clause;
  return operator === "between" && Array.isArray(bound) ? bound.map(metricValue).join(" and ") : metricValue(bound);
}

/** What is still missing, as a sentence: "days since login must be at least 5; it is 2". */
export function missing(clause: Clause): string {
  const bound = `${operators[clause.operator] ?? clause.operator} ${threshold(clause)}`;
  const verb = ["==", "!="].includes(clause.operator) ? "" : "be ";
  const wish = clause.operator.includes("contain") ? `must ${clause.operator === "contains" ? "include" : "not include"} ${threshold(clause)}`
    : clause.operator === "==" ? `must be ${threshold(clause)}`
    : clause.operator === "!=" ? `must not be ${threshold(clause)}`
    : `must ${verb}${bound}`;
  const now = clause.observed === null ? "it has no value yet" : `now ${metricValue(clause.observed)}`;
  return `${metricName(clause.metric)} ${wish} (${now})`;
}
