import type { Metric } from "../metrics";
import { allBehaviors, allIndicators, allTags, allTiers, productNames } from "../tags";

// Conditions as the form edits them: a tree, read from the API's JSON and printed back as the API prints it.

export const operators = [">=", ">", "<=", "<", "==", "!=", "in", "not_in", "between", "contains"] as const;
export type RuleOperator = (typeof operators)[number];

export interface Clause { kind: "clause"; metric: string; operator: string; value: unknown }
export interface Group { kind: "all" | "any"; parts: Condition[] }
export interface Negation { kind: "not"; part: Condition }
export type Condition = Clause | Group | Negation;

type Json = Record<string, unknown>;
const isObject = (json: unknown): json is Json => typeof json === "object" && json !== null && !Array.isArray(json);

/** Null where the JSON is none that the form can show; the text still can. */
export function parse(json: unknown): Condition | null {
  if (!isObject(json)) return null;
  const parts = Object.entries(json).map(([name, value]) => member(name, value));
  if (parts.some((part) => part === null)) return null;
  return parts.length === 1 ? parts[0]! : { kind: "all", parts: parts as Condition[] };
}

function member(name: string, value: unknown): Condition | null {
  if (name === "all" || name === "any") {
    const parts = Array.isArray(value) ? value.map(parse) : [null];
    return parts.some((part) => part === null) ? null : { kind: name, parts: parts as Condition[] };
  }
  if (name === "not") {
    const part = parse(value);
    return part && { kind: "not", part };
  }
  if (isObject(value) && !("operator" in value && "value" in value)) return null;
  return isObject(value) ? { kind: "clause", metric: name, operator: String(value.operator), value: value.value } : { kind: "clause", metric: name, operator: "==", value };
}

const keyOf = (part: Condition) => (part.kind === "clause" ? part.metric : part.kind);

/** Two parts or more, no two of which would be the same member of one object. */
const isPlain = (condition: Condition): condition is Group =>
  condition.kind === "all" && condition.parts.length >= 2 && new Set(condition.parts.map(keyOf)).size === condition.parts.length;

export const print = (condition: Condition): Json =>
  Object.fromEntries((isPlain(condition) ? condition.parts : [condition]).map((part) => [keyOf(part), inner(part)]));

function inner(part: Condition): unknown {
  switch (part.kind) {
    case "clause": return { operator: part.operator, value: part.value };
    case "not": return print(part.part);
    default: return part.parts.map(print);
  }
}

/** Where each part of what is printed stands, as the API names places. */
export function placesOf(condition: Condition, path: string): Map<Condition, string> {
  const places = new Map<Condition, string>();
  const visit = (node: Condition, at: string) => {
    if (isPlain(node)) {
      places.set(node, at);
      for (const part of node.parts) member(part, `${at}.${keyOf(part)}`);
    } else member(node, `${at}.${keyOf(node)}`);
  };
  const member = (node: Condition, at: string) => {
    places.set(node, at);
    if (node.kind === "not") visit(node.part, at);
    else if (node.kind !== "clause") node.parts.forEach((part, index) => visit(part, `${at}[${index}]`));
  };
  visit(condition, path);
  return places;
}

/** The form's outermost group: everything in it has to hold. */
export const asGroup = (condition: Condition): Group => (condition.kind === "all" ? condition : { kind: "all", parts: [condition] });
export const outOfGroup = (group: Group): Condition => (group.kind === "all" && group.parts.length === 1 ? group.parts[0]! : group);

type Kind = "number" | "text" | "list" | "trait";

const closed: Partial<Record<Metric, readonly string[]>> = {
  customer_tier: allTiers, product_tag: Object.keys(productNames), score_trend: ["up", "stable", "down"], previous_tag: allTags, risk_indicators: allIndicators, behavior_tags: allBehaviors,
};

export const kindOf = (metric: string): Kind =>
  metric.startsWith("traits.") ? "trait" : metric === "risk_indicators" || metric === "behavior_tags" ? "list" : Object.hasOwn(closed, metric) ? "text" : "number";

/** The values that a metric can have, where they are a closed set. */
export const valuesOf = (metric: string): readonly string[] | null => closed[metric as Metric] ?? null;

const byKind: Record<Kind, readonly RuleOperator[]> = {
  number: [">=", ">", "<=", "<", "==", "!=", "between", "in", "not_in"],
  text: ["in", "not_in", "==", "!="],
  list: ["contains"],
  trait: ["==", "!=", "in", "not_in", "contains", ">=", ">", "<=", "<", "between"],
};

export const operatorsOf = (metric: string) => byKind[kindOf(metric)];
export const takesList = (operator: string) => operator === "in" || operator === "not_in";

/** The same clause about another metric or by another operator, with the value kept where it can be. */
export function changed(clause: Clause, to: { metric?: string; operator?: string }): Clause {
  const metric = to.metric ?? clause.metric;
  const allowed = operatorsOf(metric);
  const wanted = to.operator ?? clause.operator;
  const operator = allowed.includes(wanted as RuleOperator) ? wanted : allowed[0]!;
  return { kind: "clause", metric, operator, value: fitting(metric, operator, clause.value) };
}

function fitting(metric: string, operator: string, value: unknown): unknown {
  const old = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  const kind = kindOf(metric);
  const set = valuesOf(metric);
  const kept = old.filter((one) => (kind === "number" ? typeof one === "number" : set ? set.includes(String(one)) : true));
  const fallback: unknown = kind === "number" ? 0 : set ? set[0] : "";
  if (operator === "between") return [kept[0] ?? 0, kept[1] ?? kept[0] ?? 0];
  if (takesList(operator)) return kept.length > 0 ? kept : [fallback];
  return kept[0] ?? fallback;
}

export const newClause = (): Clause => ({ kind: "clause", metric: "days_since_login", operator: ">=", value: 5 });
