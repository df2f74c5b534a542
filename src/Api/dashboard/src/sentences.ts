import type { Clause, MetricValue } from "./api/schema";
import { startsSentence, valueText, wordsOf, type MetricWords } from "./metrics";

/** The operators of rules, and what a "not" makes of those that have no counterpart. */
export type Operator = ">=" | ">" | "<=" | "<" | "==" | "!=" | "in" | "not_in" | "between" | "contains" | "not between" | "not contains";

type Bound = (words: MetricWords, bound: unknown) => string;

const scalar = (value: unknown): number | string => (typeof value === "number" ? value : typeof value === "string" ? value : JSON.stringify(value));
const one = (words: MetricWords, bound: unknown) => words.bound(scalar(bound));
const all = (words: MetricWords, bound: unknown) => (Array.isArray(bound) ? bound : [bound]).map((each) => one(words, each));
const listed = (words: MetricWords, bound: unknown, last: string) =>
  all(words, bound).join(", ").replace(/, ([^,]*)$/, ` ${last} $1`);
const limit = (side: MetricWords["alarm"], amount: string): Bound => (words, bound) => `${words.alarm === side ? "limit" : amount} ${one(words, bound)}`;

const bounds: Record<Operator, Bound> = {
  ">=": limit("above", "at least"),
  ">": limit("above", "more than"),
  "<=": limit("below", "at most"),
  "<": limit("below", "less than"),
  "==": (words, bound) => `has to be ${one(words, bound)}`,
  "!=": (words, bound) => `has not to be ${one(words, bound)}`,
  in: (words, bound) => `has to be ${listed(words, bound, "or")}`,
  not_in: (words, bound) => `has to be none of ${listed(words, bound, "and")}`,
  between: (words, bound) => `has to be between ${listed(words, bound, "and")}`,
  "not between": (words, bound) => `has to be outside of ${listed(words, bound, "to")}`,
  contains: (words, bound) => `has to include ${one(words, bound)}`,
  "not contains": (words, bound) => `has to be without ${one(words, bound)}`,
};

export const isOperator = (text: string): text is Operator => Object.hasOwn(bounds, text);

const ordered: readonly string[] = [">=", ">", "<=", "<", "between", "not between"] satisfies Operator[];

type Told = Pick<Clause, "metric" | "operator" | "threshold" | "observed" | "met">;

/** What a clause saw and what it asks for, as a person would say it: "No activity for 30 days, limit 30 days". */
export function clauseSentence({ metric, operator, threshold, observed, met }: Told): string {
  const words = wordsOf(metric);
  const seen = observed === null ? `${startsSentence(words.noun)}: no value yet` : words.say(observed);
  // "Tier is Pro, has to be Pro or Enterprise" says no more than "Tier is Pro".
  if (met && !ordered.includes(operator)) return seen;
  return `${seen}, ${isOperator(operator) ? bounds[operator](words, threshold) : `${operator} ${valueText(threshold as MetricValue)}`}`;
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

const wholes: Record<string, string> = {
  "first assignment": "First seen, so the first tag was given",
  "first assignment, of an import": "First seen in an import, so the first tag was given",
  import: "Settled after an import",
  review_expired: "Nobody decided the review in time, so it was applied",
};

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
