import type { Clause, MetricValue } from "./api/schema";
import { t, text, translate, translated } from "./language";
import { startsSentence, valueText, wordsOf, type MetricWords } from "./metrics";

/** The operators of rules, and what a "not" makes of those that have no counterpart. */
export type Operator = ">=" | ">" | "<=" | "<" | "==" | "!=" | "in" | "not_in" | "between" | "contains" | "not between" | "not contains";

type Bound = (words: MetricWords, bound: unknown) => string;

const scalar = (value: unknown): number | string => (typeof value === "number" ? value : typeof value === "string" ? value : JSON.stringify(value));
const one = (words: MetricWords, bound: unknown) => words.bound(scalar(bound));
const all = (words: MetricWords, bound: unknown) => (Array.isArray(bound) ? bound : [bound]).map((each) => one(words, each));
const joins = { or: text("{some} or {last}"), and: text("{some} and {last}"), to: text("{some} to {last}") };
function listed(words: MetricWords, bound: unknown, join: keyof typeof joins): string {
  const each = all(words, bound);
  const last = each.pop() ?? "";
  return each.length === 0 ? last : translate(joins[join], { some: each.join(t(", ")), last });
}
const limit = (side: MetricWords["alarm"], amount: string): Bound => (words, bound) =>
  words.alarm === side ? t("limit {bound}", { bound: one(words, bound) }) : translate(amount, { bound: one(words, bound) });
const asked = (says: string): Bound => (words, bound) => translate(says, { bound: one(words, bound) });
const askedOf = (says: string, join: keyof typeof joins): Bound => (words, bound) => translate(says, { list: listed(words, bound, join) });

const bounds: Record<Operator, Bound> = {
  ">=": limit("above", text("at least {bound}")),
  ">": limit("above", text("more than {bound}")),
  "<=": limit("below", text("at most {bound}")),
  "<": limit("below", text("less than {bound}")),
  "==": asked(text("has to be {bound}")),
  "!=": asked(text("has not to be {bound}")),
  in: askedOf(text("has to be {list}"), "or"),
  not_in: askedOf(text("has to be none of {list}"), "and"),
  between: askedOf(text("has to be between {list}"), "and"),
  "not between": askedOf(text("has to be outside of {list}"), "to"),
  contains: asked(text("has to include {bound}")),
  "not contains": asked(text("has to be without {bound}")),
};

export const isOperator = (text: string): text is Operator => Object.hasOwn(bounds, text);

const ordered: readonly string[] = [">=", ">", "<=", "<", "between", "not between"] satisfies Operator[];

type Told = Pick<Clause, "metric" | "operator" | "threshold" | "observed" | "met">;

/** What a clause saw and what it asks for, as a person would say it: "No activity for 30 days, limit 30 days". */
export function clauseSentence({ metric, operator, threshold, observed, met }: Told): string {
  const words = wordsOf(metric);
  const seen = observed === null ? t("{what}: no value yet", { what: startsSentence(words.noun) }) : words.say(observed);
  // "Tier is Pro, has to be Pro or Enterprise" says no more than "Tier is Pro".
  if (met && !ordered.includes(operator)) return seen;
  return t("{seen}, {bound}", { seen, bound: isOperator(operator) ? bounds[operator](words, threshold) : `${operator} ${valueText(threshold as MetricValue)}` });
}

const symbols: Partial<Record<Operator, string>> = { ">=": "≥", "<=": "≤", "!=": "≠", "==": "=", not_in: "not in" };
export const symbol = (operator: string) => (isOperator(operator) ? symbols[operator] : undefined) ?? operator;

// "days_since_login 5 >= 5, customer_tier Pro in ["Pro","Enterprise"]": the ledger keeps a move's met clauses in one line.
const clausePattern = /^(\S+) (.*?) (not between|not contains|not_in|between|contains|in|>=|<=|==|!=|>|<) (\[.*\]|"(?:[^"\\]|\\.)*"|-?[\d.]+(?:[eE][-+]?\d+)?|true|false|null)$/su;
const betweenClauses = /, (?=(?:traits\.\S+|[a-z][a-z0-9_]*) )/u;

function observedOf(text: string): MetricValue | null {
  if (text === "-") return null;
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (text.startsWith("[") && text.endsWith("]")) return text.slice(1, -1).split(" ").filter(Boolean);
  return text;
}

function parseClause(text: string): Told | null {
  const match = clausePattern.exec(text);
  if (!match) return null;
  const [, metric, observed, operator, bound] = match as unknown as [string, string, string, string, string];
  try {
    return { metric, operator, threshold: JSON.parse(bound), observed: observedOf(observed), met: true } as Told;
  } catch {
    return null;
  }
}

const wholes: Record<string, string> = translated({
  "first assignment": "First seen, so the first tag was given",
  "first assignment, of an import": "First seen in an import, so the first tag was given",
  import: "Settled after an import",
  review_expired: "Nobody decided the review in time, so it was applied",
});

/** A ledger row's reason as sentences. A text that a person wrote, or that is not understood whole, stays as it is. */
export function reasonSentences(reason: string): string[] {
  const whole = wholes[reason];
  if (whole !== undefined) return [whole];
  const clauses: Told[] = [];
  let rest = "";
  // A text inside a clause may look like the beginning of the next one: parts are put together until they make a clause.
  for (const part of reason === "" ? [] : reason.split(betweenClauses)) {
    rest = rest === "" ? part : `${rest}, ${part}`;
    const clause = parseClause(rest);
    if (!clause) continue;
    clauses.push(clause);
    rest = "";
  }
  return rest === "" ? clauses.map(clauseSentence) : [reason];
}
