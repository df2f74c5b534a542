import type { JourneyItem } from "../api/journeys";
import type { InventedCustomer, JourneyRequest } from "../api/schema";
import { campaignName, channelNames, reasonOf } from "../campaigns";
import { t } from "../language";
import type { StatusTag } from "../tags";
import { closeReasons, reviewReasons } from "../words";

/** The form of a journey, as people fill it in. */
export interface JourneyForm {
  who: "known" | "invented";
  customerId: string | null;
  /** As a field for a local date and time has it; empty for now. */
  at: string;
  days: number;
  tag: StatusTag | "";
  locale: string;
  invented: { name: string; email: string; tier: string; locale: string; timezone: string; traits: string; consent: { email: boolean; push: boolean; inApp: boolean } };
}

export const emptyForm = (zone: string): JourneyForm => ({
  who: "known", customerId: null, at: "", days: 120, tag: "", locale: "",
  invented: { name: "Alex Example", email: "alex@example.com", tier: "Pro", locale: "en", timezone: zone, traits: "", consent: { email: true, push: true, inApp: true } },
});

/** "trial=yes" a line; a line without a sign is a trait that is there. */
export function traitsOf(text: string): Record<string, unknown> {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return Object.fromEntries(lines.map((line) => {
    const at = line.indexOf("=");
    return at < 0 ? [line, true] : [line.slice(0, at).trim(), scalar(line.slice(at + 1).trim())];
  }));
}

const scalar = (text: string): unknown => (text === "true" || text === "false" ? text === "true" : /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);

/** Null while nobody is chosen. */
export function requestOf(form: JourneyForm): JourneyRequest | null {
  const start = form.at === "" ? null : new Date(form.at);
  const shared = {
    days: form.days, ...(start && !Number.isNaN(start.getTime()) ? { at: start.toISOString() } : {}),
    ...(form.tag ? { tag: form.tag } : {}), ...(form.locale ? { locale: form.locale } : {}),
  };
  if (form.who === "known") return form.customerId === null ? null : { customerId: form.customerId, ...shared };
  const { traits, name, email, ...rest } = form.invented;
  const customer: InventedCustomer = { ...rest, name: name.trim() || null, email: email.trim() || null, traits: traitsOf(traits) };
  return { customer, ...shared };
}

export interface Fate { word: string; why: string | null; tone: "sent" | "held" | "not" }

/** What becomes of a message, in words. */
export function fateOf({ outcome, reason }: Pick<JourneyItem, "outcome" | "reason">): Fate {
  const why = reason ? reasonOf(reason) : null;
  switch (outcome ?? null) {
    case "sent": return { word: t("sent"), why, tone: "sent" };
    case "held": return { word: t("held"), why, tone: "held" };
    case "cancelled": return { word: t("cancelled"), why, tone: "not" };
    case "failed": return { word: t("failed"), why, tone: "not" };
    case null: return { word: t("not sent"), why: why ?? t("campaigns are switched off"), tone: "not" };
    default: return { word: t("not sent"), why, tone: "not" };
  }
}

/** Why a review is asked for, or how it ended. */
export const reviewWords = (reason: string) =>
  reason.split(", ").filter(Boolean).map((one) => reviewReasons[one] ?? closeReasons[one] ?? one).join(t("; "));

export const titleOf = ({ campaign, step, channel, variant }: JourneyItem) => ({
  name: campaign ? campaignName(campaign) : "",
  more: [channel ? channelNames[channel] : null, step && step > 1 ? t("message {n}", { n: step }) : null, variant ? t("variant {name}", { name: variant }) : null]
    .filter((part) => part !== null).join(t(", ")),
});
