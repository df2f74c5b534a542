import type { Column, Table } from "../analytics/csv";
import type { Simulation } from "../api/simulation";
import { sentence } from "../format";
import { t, translated } from "../language";
import { isTag, tagFacts } from "../tags";
import { flagOf, listOf, nameOf, type DraftRule, type RuleChange } from "./draft";
import { conditionsText } from "./text";

// What the pages of rules and campaigns have in files: instants as ISO-8601 in UTC, numbers as numbers.

export const columns = (labels: readonly string[]): Column[] => labels.map((label) => ({ label }));
export const yesNo = (is: boolean) => (is ? t("yes") : t("no"));
/** "ST_004 Declining"; what is no tag stays as it is. */
export const tagText = (tag: string | null | undefined) => (isTag(tag) ? `${tag} ${tagFacts[tag].short}` : tag ?? "");
export const tagsText = (tags: readonly string[]) => tags.map(tagText).join("; ");

const figure = (value: unknown) => (typeof value === "number" ? value : null);

export const rulesTable = (rules: readonly DraftRule[]): Table => ({
  columns: columns([t("Priority of the rule"), t("Name"), t("Moves from"), t("Moves to"), t("Conditions"), t("Moves by itself"), t("Needs a person’s approval"), t("Waits for the usual rhythm"), t("In use")]),
  rows: rules.map((rule) => [
    figure(rule.priority), nameOf(rule), tagsText(listOf(rule, "from")), tagText(typeof rule.to === "string" ? rule.to : null), conditionsText(rule.conditions),
    yesNo(flagOf(rule, "automatic")), yesNo(flagOf(rule, "requiresApproval")), yesNo(flagOf(rule, "usualRhythm")), yesNo(flagOf(rule, "active")),
  ]),
});

interface SetHead { version: number; author: string; publishedAt: string; comment: string }

/** Every version of a set; `size` is how many rules or campaigns it has. */
export const versionsTable = <Set extends SetHead>(sets: readonly Set[], active: number, counted: string, size: (set: Set) => number): Table => ({
  columns: columns([t("Version"), t("In force"), t("Published at"), t("Published by"), t("Comment"), counted]),
  rows: sets.map((set) => [set.version, yesNo(set.version === active), set.publishedAt, set.author, set.comment, size(set)]),
});

const json = (value: unknown) => (value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value));

export const changesTable = (changes: readonly RuleChange[]): Table => ({
  columns: columns([t("Kind of change"), t("Name"), t("Field"), t("Value before"), t("Value after")]),
  rows: changes.flatMap(({ kind, name, fields }) => fields.length === 0 ? [[changeNames[kind], name, "", "", ""]]
    : fields.map(({ field, before, after }) => [changeNames[kind], name, fieldName(field), json(before), json(after)])),
});

export const changeNames = translated({ added: "Added", removed: "Removed", changed: "Edited" });

const fieldNames: Record<string, string> = translated({
  name: "Name", from: "Moves from", to: "Moves to", conditions: "Conditions", priority: "Priority of the rule", automatic: "Moves by itself", requiresApproval: "Needs a person’s approval",
  usualRhythm: "Waits for the usual rhythm", notification: "Notification", active: "Active or not",
  on: "Starts when the tag becomes", firstTime: "Only the first time", audience: "For whom", whenSending: "Looked at when a message is due", kind: "Kind", holdoutPercent: "Holdout (%)",
  onceInDays: "Starts once in (days)", onHighValueReview: "Also when a review of a high-value customer opens", steps: "Messages", variants: "Contents that are compared", promoted: "Winner", payload: "Payload",
});
/** A field of a rule or of a campaign, as the forms call it; one of a newer server by its own name. */
export const fieldName = (field: string) => (Object.hasOwn(fieldNames, field) ? fieldNames[field]! : sentence(field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)));

export const movesTable = ({ moves }: Simulation): Table => ({
  columns: columns([t("Moves from"), t("Moves to"), t("Customers")]), rows: moves.map(({ from, to, count }) => [tagText(from), tagText(to), count]),
});

export const movedTable = ({ customers }: Simulation): Table => ({
  columns: columns([t("Customer id"), t("Moves from"), t("Moves to")]), rows: customers.items.map(({ id, from, to }) => [id, tagText(from), tagText(to)]),
});
