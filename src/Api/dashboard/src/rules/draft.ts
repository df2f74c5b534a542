import type { RuleRow, RuleSetRow } from "../api/schema";
import { t } from "../language";

/** A rule while it is edited: whatever the JSON says, so that the text can say anything. */
export type DraftRule = Record<string, unknown>;

/** Rules that are being changed, and the version that they were made from. */
export interface Draft { base: number; rules: DraftRule[]; comment: string }

export interface Finding { path: string; code: string; message: string }

const defaults: Record<string, unknown> = { automatic: true, requiresApproval: false, usualRhythm: false, active: true };

export const toDraft = (rule: RuleRow): DraftRule => {
  const { notification, ...rest } = rule as unknown as DraftRule;
  return isEmpty(notification) ? rest : { ...rest, notification };
};
export const draftOf = (set: RuleSetRow): Draft => ({ base: set.version, rules: set.rules.map(toDraft), comment: "" });

const isEmpty = (json: unknown) => typeof json !== "object" || json === null || Object.keys(json).length === 0;

export const newRule = (rules: readonly DraftRule[]): DraftRule => ({
  name: freeName(rules), from: ["ST_001"], to: "ST_004", conditions: { days_since_login: { operator: ">=", value: 5 } }, priority: 50,
  automatic: true, requiresApproval: true, usualRhythm: false, active: true,
});

function freeName(rules: readonly DraftRule[]): string {
  const taken = new Set(rules.map(nameOf));
  for (let n = 1; ; n++) {
    const name = n === 1 ? t("New rule") : t("New rule {n}", { n });
    if (!taken.has(name)) return name;
  }
}

export const nameOf = (rule: DraftRule) => (typeof rule.name === "string" ? rule.name : "");
export const listOf = (rule: DraftRule, field: string) => (Array.isArray(rule[field]) ? rule[field].filter((item): item is string => typeof item === "string") : []);
export const flagOf = (rule: DraftRule, field: string) => (typeof rule[field] === "boolean" ? rule[field] : Boolean(defaults[field]));

/** The same text for the same JSON, whatever the order of members. */
export const canonical = (json: unknown): string =>
  Array.isArray(json) ? `[${json.map(canonical).join(",")}]`
    : typeof json === "object" && json !== null ? `{${Object.entries(json).filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${JSON.stringify(name)}:${canonical(value)}`).join(",")}}`
      : JSON.stringify(json) ?? "null";

export interface FieldChange { field: string; before: unknown; after: unknown }
export interface RuleChange { kind: "added" | "removed" | "changed"; name: string; fields: FieldChange[] }

const fields = ["name", "from", "to", "conditions", "priority", "automatic", "requiresApproval", "usualRhythm", "notification", "active"];
const valueOf = (rule: DraftRule, field: string) => rule[field] ?? (field === "notification" ? {} : defaults[field]);

/** What publishing would change; a rule is known by its id. */
export function changesOf(before: readonly DraftRule[], after: readonly DraftRule[]): RuleChange[] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const kept = new Set(after.map((rule) => rule.id));
  return [
    ...after.filter((rule) => rule.id === undefined || !old.has(rule.id)).map((rule) => ({ kind: "added" as const, name: nameOf(rule), fields: [] })),
    ...before.filter((rule) => !kept.has(rule.id)).map((rule) => ({ kind: "removed" as const, name: nameOf(rule), fields: [] })),
    ...after.filter((rule) => rule.id !== undefined && old.has(rule.id)).map((rule) => ({ kind: "changed" as const, name: nameOf(rule), fields: fieldsOf(old.get(rule.id)!, rule) }))
      .filter((change) => change.fields.length > 0),
  ];
}

const fieldsOf = (before: DraftRule, after: DraftRule): FieldChange[] =>
  fields.map((field) => ({ field, before: valueOf(before, field), after: valueOf(after, field) })).filter((change) => canonical(change.before) !== canonical(change.after));

/** The findings about one rule of the list, and about one place in it with all that lies below. */
export const findingsOf = (findings: readonly Finding[], index: number) => findings.filter(({ path }) => isAt(path, `$.rules[${index}]`));
export const isAt = (path: string, place: string) => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
