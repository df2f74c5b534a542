import type { ActionRow, CampaignRow } from "./api/schema";
import { number, things } from "./format";
import { t, text, translate, translated } from "./language";
import { wordsOf } from "./metrics";
import { parse, type Condition } from "./rules/conditions";
import { productNames, tagFacts, isTag } from "./tags";

export const channelNames: Record<ActionRow["channel"], string> = translated({
  email: "Email", push: "Push", line: "LINE", in_app: "In-app", webhook: "Webhook", task: "Task", alert: "Alert",
});

const acronyms: Record<string, string> = { cs: "CS", csm: "CSM", ppal: "PPAL" };

/** A campaign as people say it: "Immediate CSM intervention". */
export const campaignName = (name: string) => name.split("_").map((word) => (Object.hasOwn(acronyms, word) ? acronyms[word]! : word)).join(" ").replace(/^./, (first) => first.toUpperCase());

export const campaignPath = (name: string) => `/campaigns?name=${encodeURIComponent(name)}`;

/** Raised by a review that nobody decides; no campaign that has a page. */
export const isOfReviews = (campaign: string) => campaign === "review_waiting";

/** Whether consent, cap and quiet hours hold for it. */
export const kindNames: Record<string, string> = translated({ marketing: "marketing", service: "service" });

export const statusNames: Record<ActionRow["status"], string> = translated({
  scheduled: "scheduled", held: "held", sending: "being sent", sent: "sent", failed: "failed", suppressed: "not sent", cancelled: "cancelled", uncertain: "uncertain",
});

const reasonWords: Record<string, string> = translated({
  holdout: "in the holdout, which gets nothing so that the campaign’s effect can be told",
  opted_out: "opted out of this channel",
  frequency_cap: "enough messages for now",
  quiet_hours: "quiet hours where the customer is",
  status_changed: "the tag has changed since",
  condition: "not one of those it is for",
  undone: "the transition was taken back",
});

/** Why an action waits or was not sent; a reason that is a text already stays one. */
export const reasonOf = (reason: string) => (Object.hasOwn(reasonWords, reason) ? reasonWords[reason]! : reason.replace(/^./, (first) => first.toLowerCase()).replace(/\.$/, ""));

const hourMinutes = 60, dayMinutes = 24 * hourMinutes;

/** After how long a message comes: "at once", "after 2 h", "after 3, 7 and 14 days". */
export function delays(afterMinutes: readonly number[]): string {
  if (afterMinutes.length === 0) return t("never");
  if (afterMinutes.every((minutes) => minutes === 0)) return t("at once");
  if (afterMinutes.length > 1 && afterMinutes.every((minutes) => minutes > 0 && minutes % dayMinutes === 0)) {
    const days = afterMinutes.map((minutes) => number(minutes / dayMinutes));
    return t("after {some} and {last} days", { some: days.slice(0, -1).join(t(", ")), last: days.at(-1)! });
  }
  const each = afterMinutes.map(delay);
  return each.length === 1 ? t("after {span}", { span: each[0]! }) : t("after {some} and {last}", { some: each.slice(0, -1).join(t(", ")), last: each.at(-1)! });
}

function delay(minutes: number, _: number, all: readonly number[]): string {
  const [days, hours, rest] = [Math.floor(minutes / dayMinutes), Math.floor((minutes % dayMinutes) / hourMinutes), minutes % hourMinutes];
  if (all.length === 1 && days > 0 && hours === 0 && rest === 0) return things(days, "day");
  const parts = [days > 0 ? t("{n} d", { n: days }) : "", hours > 0 ? t("{n} h", { n: hours }) : "", rest > 0 || minutes === 0 ? t("{n} min", { n: rest }) : ""];
  return parts.filter((part) => part !== "").reduce((big, small) => t("{big} {small}", { big, small }));
}

/** "a, b and c". */
export function listed(all: readonly string[], last: "and" | "or"): string {
  if (all.length < 2) return all.join("");
  const some = all.slice(0, -1).join(t(", "));
  return translate(last === "and" ? text("{some} and {last}") : text("{some} or {last}"), { some, last: all.at(-1)! });
}

/** A condition in a line; null where there is none. What cannot be read as one is shown as it is. */
export function inWords(json: unknown): string | null {
  if (json === null || json === undefined) return null;
  const condition = parse(json);
  return condition ? told(condition) : JSON.stringify(json);
}

const joined = (all: readonly string[], join: string) => (all.length === 0 ? "" : all.reduce((one, other) => translate(join, { one, other })));

function told(condition: Condition): string {
  switch (condition.kind) {
    case "not": return t("not {condition}", { condition: told(condition.part) });
    // Two parts may read the same, as a trait that is asked for as text and as a number.
    case "all": return joined([...new Set(condition.parts.map(told))], text("{one} and {other}"));
    case "any": return joined([...new Set(condition.parts.map(told))], text("{one} or {other}"));
    case "clause": return clause(condition.metric, condition.operator, condition.value);
  }
}

/** Whom a campaign is for, in a line. */
export const forWhom = ({ audience, whenSending, firstTime, from }: Pick<CampaignRow, "audience" | "whenSending" | "firstTime" | "from">) =>
  [
    inWords(audience), firstTime ? t("the first time") : null, from.length > 0 ? t("coming from {tags}", { tags: listed(from.map((tag) => tagFacts[tag].short), "or") }) : null,
    whenSending ? t("if by then {condition}", { condition: inWords(whenSending) ?? "" }) : null,
  ].filter((part) => part !== null).join(t(", ")) || t("everybody");

export const channelsOf = ({ steps }: Pick<CampaignRow, "steps">) => [...new Set(steps.map(({ channel }) => channelNames[channel]))].join(t(", "));

const meansYes = new Set(["true", "yes", "on", "y", "1"]);

const clauseTexts: Record<string, string> = {
  ">=": text("{what} ≥ {value}"), ">": text("{what} > {value}"), "<=": text("{what} ≤ {value}"), "<": text("{what} < {value}"), "!=": text("{what} ≠ {value}"),
  not_in: text("{what} not in {value}"), between: text("{what} between {value}"), contains: text("{what} contains {value}"),
};

function clause(metric: string, operator: string, value: unknown): string {
  const values = (Array.isArray(value) ? value : [value]).map(String);
  const what = wordsOf(metric).noun;
  if (operator === "in" || operator === "==") {
    if (metric.startsWith("traits.") && values.every((one) => meansYes.has(one))) return t("has the trait {name}", { name: metric.slice("traits.".length) });
    return metric === "product_tag" ? listed(values.map((one) => productNames[one] ?? one), "or") : t("{what} {list}", { what, list: listed(values.map(nameOf), "or") });
  }
  const list = listed(values.map(nameOf), "and");
  return Object.hasOwn(clauseTexts, operator) ? translate(clauseTexts[operator]!, { what, value: list }) : `${what} ${operator} ${list}`;
}

const nameOf = (value: string) => (isTag(value) ? tagFacts[value].short : value);

/** How pressing a task is: overdue, due within a day, or neither. */
export function pressing(dueAt: string | null, nowMs: number): "overdue" | "soon" | null {
  if (dueAt === null) return null;
  const left = Date.parse(dueAt) - nowMs;
  return left < 0 ? "overdue" : left < dayMinutes * 60_000 ? "soon" : null;
}
