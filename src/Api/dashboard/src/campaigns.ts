import type { ActionRow, CampaignRow } from "./api/schema";
import { things } from "./format";
import { wordsOf } from "./metrics";
import { parse, type Condition } from "./rules/conditions";
import { symbol } from "./sentences";
import { productNames, tagFacts, isTag } from "./tags";

export const channelNames: Record<ActionRow["channel"], string> = {
  email: "Email", push: "Push", line: "LINE", in_app: "In-app", webhook: "Webhook", task: "Task", alert: "Alert",
};

const acronyms: Record<string, string> = { cs: "CS", csm: "CSM", ppal: "PPAL" };

/** A campaign as people say it: "Immediate CSM intervention". */
export const campaignName = (name: string) => name.split("_").map((word) => (Object.hasOwn(acronyms, word) ? acronyms[word]! : word)).join(" ").replace(/^./, (first) => first.toUpperCase());

export const campaignPath = (name: string) => `/campaigns?name=${encodeURIComponent(name)}`;

/** Raised by a review that nobody decides; no campaign that has a page. */
export const isOfReviews = (campaign: string) => campaign === "review_waiting";

export const statusNames: Record<ActionRow["status"], string> = {
  scheduled: "scheduled", held: "held", sending: "being sent", sent: "sent", failed: "failed", suppressed: "not sent", cancelled: "cancelled", uncertain: "uncertain",
};

const reasonWords: Record<string, string> = {
  holdout: "in the holdout, which gets nothing so that the campaign’s effect can be told",
  opted_out: "opted out of this channel",
  frequency_cap: "enough messages for now",
  quiet_hours: "quiet hours where the customer is",
  status_changed: "the tag has changed since",
  condition: "not one of those it is for",
  undone: "the transition was taken back",
};

/** Why an action waits or was not sent; a reason that is a text already stays one. */
export const reasonOf = (reason: string) => (Object.hasOwn(reasonWords, reason) ? reasonWords[reason]! : reason.replace(/^./, (first) => first.toLowerCase()).replace(/\.$/, ""));

const hourMinutes = 60, dayMinutes = 24 * hourMinutes;

/** After how long a message comes: "at once", "after 2 h", "after 3, 7 and 14 days". */
export function delays(afterMinutes: readonly number[]): string {
  if (afterMinutes.length === 0) return "never";
  if (afterMinutes.every((minutes) => minutes === 0)) return "at once";
  if (afterMinutes.every((minutes) => minutes > 0 && minutes % dayMinutes === 0)) {
    const days = afterMinutes.map((minutes) => minutes / dayMinutes);
    return days.length === 1 ? `after ${things(days[0]!, "day")}` : `after ${listed(days.map(String), "and")} days`;
  }
  return `after ${listed(afterMinutes.map(delay), "and")}`;
}

function delay(minutes: number): string {
  const [days, hours, rest] = [Math.floor(minutes / dayMinutes), Math.floor((minutes % dayMinutes) / hourMinutes), minutes % hourMinutes];
  return [days > 0 ? `${days} d` : "", hours > 0 ? `${hours} h` : "", rest > 0 || minutes === 0 ? `${rest} min` : ""].filter(Boolean).join(" ");
}

export function listed(all: readonly string[], last: string): string {
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} ${last} ${all.at(-1)}`;
}

/** A condition in a line; null where there is none. What cannot be read as one is shown as it is. */
export function inWords(json: unknown): string | null {
  if (json === null || json === undefined) return null;
  const condition = parse(json);
  return condition ? told(condition) : JSON.stringify(json);
}

function told(condition: Condition): string {
  switch (condition.kind) {
    case "not": return `not ${told(condition.part)}`;
    // Two parts may read the same, as a trait that is asked for as text and as a number.
    case "all": return [...new Set(condition.parts.map(told))].join(" and ");
    case "any": return [...new Set(condition.parts.map(told))].join(" or ");
    case "clause": return clause(condition.metric, condition.operator, condition.value);
  }
}

/** Whom a campaign is for, in a line. */
export const forWhom = ({ audience, whenSending, firstTime, from }: Pick<CampaignRow, "audience" | "whenSending" | "firstTime" | "from">) =>
  [inWords(audience), firstTime ? "the first time" : null, from.length > 0 ? `coming from ${listed(from.map((tag) => tagFacts[tag].short), "or")}` : null, whenSending ? `if by then ${inWords(whenSending)}` : null]
    .filter((part) => part !== null).join(", ") || "everybody";

export const channelsOf = ({ steps }: Pick<CampaignRow, "steps">) => [...new Set(steps.map(({ channel }) => channelNames[channel]))].join(", ");

const meansYes = new Set(["true", "yes", "on", "y", "1"]);

function clause(metric: string, operator: string, value: unknown): string {
  const values = (Array.isArray(value) ? value : [value]).map(String);
  if (operator === "in" || operator === "==") {
    if (metric.startsWith("traits.") && values.every((one) => meansYes.has(one))) return `has the trait ${metric.slice("traits.".length)}`;
    return metric === "product_tag" ? listed(values.map((one) => productNames[one] ?? one), "or") : `${wordsOf(metric).noun} ${listed(values.map(nameOf), "or")}`;
  }
  return `${wordsOf(metric).noun} ${symbol(operator)} ${listed(values.map(nameOf), "and")}`;
}

const nameOf = (value: string) => (isTag(value) ? tagFacts[value].short : value);

/** How pressing a task is: overdue, due within a day, or neither. */
export function pressing(dueAt: string | null, nowMs: number): "overdue" | "soon" | null {
  if (dueAt === null) return null;
  const left = Date.parse(dueAt) - nowMs;
  return left < 0 ? "overdue" : left < dayMinutes * 60_000 ? "soon" : null;
}
