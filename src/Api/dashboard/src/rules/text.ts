import { t, text, translate, translated } from "../language";
import { startsSentence, wordsOf } from "../metrics";
import { parse, type Clause, type Condition } from "./conditions";

const clauseTexts: Record<string, string> = {
  ">=": text("{what} is at least {value}"), ">": text("{what} is more than {value}"), "<=": text("{what} is at most {value}"), "<": text("{what} is less than {value}"),
  "==": text("{what} is {value}"), "!=": text("{what} is not {value}"), in: text("{what} is one of {value}"), not_in: text("{what} is none of {value}"),
  contains: text("{what} contains {value}"),
};

/** A clause as a sentence without its end: "Modules completed is at least 2". */
export function clauseText({ metric, operator, value }: Clause): string {
  const what = startsSentence(wordsOf(metric).noun);
  const values = (Array.isArray(value) ? value : [value]).map((one) => (typeof one === "number" || typeof one === "string" ? wordsOf(metric).bound(one) : JSON.stringify(one)));
  if (operator === "between" && values.length === 2) return t("{what} is between {low} and {high}", { what, low: values[0]!, high: values[1]! });
  const list = values.join(t(", "));
  return Object.hasOwn(clauseTexts, operator) ? translate(clauseTexts[operator]!, { what, value: list }) : `${what} ${operator} ${list}`;
}

export const negated = (condition: string) => t("not: {condition}", { condition });

/** What stands above the parts of a group. */
export const groupHeads = translated({ all: "all of these:", any: "any of these:" });
export const negatedHeads = translated({ all: "not all of these:", any: "not any of these:" });

/** Conditions in one line, groups within groups in brackets. */
export function conditionsText(json: unknown): string {
  const read = parse(json);
  return read ? told(read, false) : JSON.stringify(json);
}

function told(node: Condition, inner: boolean): string {
  switch (node.kind) {
    case "clause": return clauseText(node);
    case "not": return inner ? `(${negated(told(node.part, true))})` : negated(told(node.part, true));
    default: {
      const parts = node.parts.map((part) => told(part, node.parts.length > 1));
      const join = node.kind === "all" ? text("{one} and {other}") : text("{one} or {other}");
      const line = parts.length === 0 ? "" : parts.reduce((one, other) => translate(join, { one, other }));
      return inner && parts.length > 1 ? `(${line})` : line;
    }
  }
}
