import type { Instant } from "./api/client";
import { inLanguage, locale, t, translate } from "./language";

const secondMs = 1000, minuteMs = 60 * secondMs, hourMs = 60 * minuteMs, dayMs = 24 * hourMs;

// Numbers, dates and times are in the viewer's language and zone; a business day is a date without a zone and stays the day it is.
const whole = inLanguage((at) => new Intl.NumberFormat(at));
const upToTwo = inLanguage((at) => new Intl.NumberFormat(at, { maximumFractionDigits: 2 }));
const short = inLanguage((at) => new Intl.NumberFormat(at, { notation: "compact", maximumFractionDigits: 2 }));
const dateForm = inLanguage((at) => new Intl.DateTimeFormat(at, { day: "numeric", month: "short", year: "numeric" }));
const timeForm = inLanguage((at) => new Intl.DateTimeFormat(at, { hour: "2-digit", minute: "2-digit" }));
const dateTimeForm = inLanguage((at) => new Intl.DateTimeFormat(at, { dateStyle: "medium", timeStyle: "short" }));
const calendarForm = inLanguage((at) => new Intl.DateTimeFormat(at, { day: "numeric", month: "short", timeZone: "UTC" }));
const yearForm = inLanguage((at) => new Intl.DateTimeFormat(at, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }));
const weekdayForm = inLanguage((at) => new Intl.DateTimeFormat(at, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }));
const keyForm = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit" });

const compactFrom = 10_000_000;

export const count = (n: number) => whole().format(n);
export const number = (n: number) => upToTwo().format(n);
/** A figure for a small place: the whole one belongs in its title. */
export const compact = (n: number) => (Math.abs(n) < compactFrom ? upToTwo() : short()).format(n);
let currency: string | null = null;
const moneyForms = new Map<string, Intl.NumberFormat>();

/** What amounts are in, a code of ISO 4217; null where nobody said: then they are numbers. */
export const amountsAreIn = (code: string | null) => void (currency = code);

function moneyForm(short: boolean): Intl.NumberFormat | null {
  if (currency === null) return null;
  const key = `${locale()} ${currency} ${short}`;
  if (!moneyForms.has(key)) {
    const usual = { style: "currency", currency } as const;
    moneyForms.set(key, new Intl.NumberFormat(locale(), short ? { ...usual, notation: "compact", maximumFractionDigits: 2 } : usual));
  }
  return moneyForms.get(key)!;
}

export const money = (n: number) => moneyForm(false)?.format(n) ?? number(n);
/** An amount for a small place: the whole one belongs in its title. */
export const compactMoney = (n: number) => moneyForm(Math.abs(n) >= compactFrom)?.format(n) ?? compact(n);
/** How many of something, by its English word for one: "2 customers". */
export const things = (n: number, one: string) => translate(thingsText(one), { n });
export const thingsText = (one: string) => `{n} {n|${one}|${plural(one)}}`;
export const percentOf = (n: number) => `${upToTwo().format(n)}%`;
export const date = (at: Instant | number) => dateForm().format(new Date(at));
export const time = (at: Instant | number) => timeForm().format(new Date(at));
export const dateTime = (at: Instant | number) => dateTimeForm().format(new Date(at));
/** The exact instant, the same for every reader: "2026-01-31 09:00:00.123 UTC". */
export const exact = (at: Instant | number) => new Date(at).toISOString().replace("T", " ").replace("Z", " UTC");
/** The day of an instant where the viewer is, as YYYY-MM-DD. */
export const localDay = (at: Instant | number) => keyForm.format(new Date(at));
/** A calendar day, YYYY-MM-DD, in words. */
export const shortDay = (day: string) => calendarForm().format(new Date(day));
export const dayWithYear = (day: string) => yearForm().format(new Date(day));
export const weekday = (day: string) => weekdayForm().format(new Date(day));
export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
export const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
export const confidence = (c: number) => c.toFixed(2);

function plural(one: string): string {
  return one.endsWith("y") && !/[aeo]y$/.test(one) ? `${one.slice(0, -1)}ies` : `${one}s`;
}

export function percent(part: number, all: number): string {
  if (all === 0) return "–";
  const share = (100 * part) / all;
  return `${share > 0 && share < 10 ? share.toFixed(1) : Math.round(share)}%`;
}

/** A span in its two largest units at most: "3 d 4 h", "12 min", "0.2 s". */
export function span(ms: number): string {
  const size = Math.abs(ms);
  if (size < secondMs) return t("{n} s", { n: (size / secondMs).toFixed(size < 100 ? 2 : 1) });
  if (size < minuteMs) return seconds(size);
  if (size < hourMs) return minutes(size);
  if (size < 2 * dayMs) return two(hours(size), size % hourMs >= minuteMs && minutes(size % hourMs));
  return size < 14 * dayMs ? two(days(size), size % dayMs >= hourMs && hours(size % dayMs)) : days(size);
}

const seconds = (ms: number) => t("{n} s", { n: Math.floor(ms / secondMs) });
const minutes = (ms: number) => t("{n} min", { n: Math.floor(ms / minuteMs) });
const hours = (ms: number) => t("{n} h", { n: Math.floor(ms / hourMs) });
const days = (ms: number) => t("{n} d", { n: Math.floor(ms / dayMs) });
const two = (big: string, small: string | false) => (small ? t("{big} {small}", { big, small }) : big);

/** Relative to the server's now: "just now", "5 min ago", "in 3 h". */
export function relative(at: Instant | number, nowMs: number): string {
  const ago = nowMs - new Date(at).getTime();
  const size = Math.abs(ago);
  if (size < 5 * secondMs) return t("just now");
  const words = size < minuteMs ? seconds(size)
    : size < hourMs ? minutes(size)
    : size < 2 * dayMs ? hours(size)
    : size < 60 * dayMs ? days(size)
    : size < 730 * dayMs ? t("{n} mo", { n: Math.floor(size / (30.44 * dayMs)) })
    : t("{n} y", { n: Math.floor(size / (365.25 * dayMs)) });
  return ago > 0 ? t("{span} ago", { span: words }) : t("in {span}", { span: words });
}

/** snake_case as people say it. */
export const plain = (name: string) => name.replaceAll("_", " ");
export const sentence = (name: string) => plain(name).replace(/^./, (first) => first.toUpperCase());
