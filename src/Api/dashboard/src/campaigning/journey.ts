import type { InventedCustomer, JourneyItem, JourneyRequest } from "../api/journeys";
import { campaignName, channelNames, reasonOf } from "../campaigns";
import type { StatusTag } from "../tags";

/** The form of a journey, as people fill it in. */
export interface JourneyForm {
  who: "known" | "invented";
  customerId: string | null;
  /** As a field for a local date and time has it; empty for now. */
  at: string;
  days: number;
  tag: StatusTag | "";
  locale: string;
  invented: { name: string; email: string; tier: string; productTag: string; locale: string; timezone: string; traits: string; consent: { email: boolean; push: boolean; inApp: boolean } };
}

export const emptyForm = (zone: string): JourneyForm => ({
  who: "known", customerId: null, at: "", days: 30, tag: "", locale: "",
  invented: { name: "Alex Example", email: "alex@example.com", tier: "Pro", productTag: "PT_001", locale: "en", timezone: zone, traits: "", consent: { email: true, push: true, inApp: true } },
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

/** What becomes of a message, in words. What is held comes later, as heldUntil says. */
export function fateOf({ outcome, reason, heldUntil }: JourneyItem): Fate {
  const why = reason === null ? null : reasonOf(reason);
  switch (outcome) {
    case "sent": case "send": return heldUntil ? { word: "sent later", why, tone: "held" } : { word: "sent", why, tone: "sent" };
    case "held": case "hold": return { word: "held", why, tone: "held" };
    case "cancelled": case "cancel": return { word: "cancelled", why, tone: "not" };
    default: return { word: "not sent", why, tone: "not" };
  }
}

export const titleOf = ({ campaign, step, channel, variant }: JourneyItem) => ({
  name: campaign ? campaignName(campaign) : "",
  more: [channel ? channelNames[channel] : null, step && step > 1 ? `message ${step}` : null, variant ? `variant ${variant}` : null].filter((part) => part !== null).join(", "),
});
