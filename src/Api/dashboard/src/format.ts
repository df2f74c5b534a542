import type { Instant } from "./api/client";

const secondMs = 1000, minuteMs = 60 * secondMs, hourMs = 60 * minuteMs, dayMs = 24 * hourMs;

// Numbers, dates and times are the viewer's, in language and zone; a business day is a date without a zone and stays the day it is.
const whole = new Intl.NumberFormat();
const upToTwo = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
const short = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 2 });
const dateForm = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const timeForm = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const dateTimeForm = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const keyForm = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit" });
const calendarForm = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });
const weekdayForm = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });

const compactFrom = 10_000_000;

export const count = (n: number) => whole.format(n);
export const number = (n: number) => upToTwo.format(n);
/** A figure for a small place: the whole one belongs in its title. */
export const compact = (n: number) => (Math.abs(n) < compactFrom ? upToTwo : short).format(n);
export const things = (n: number, one: string) => `${number(n)} ${n === 1 ? one : plural(one)}`;
export const percentOf = (n: number) => `${upToTwo.format(n)}%`;
export const date = (at: Instant | number) => dateForm.format(new Date(at));
export const time = (at: Instant | number) => timeForm.format(new Date(at));
export const dateTime = (at: Instant | number) => dateTimeForm.format(new Date(at));
/** The exact instant, the same for every reader: "2026-01-31 09:00:00.123 UTC". */
export const exact = (at: Instant | number) => new Date(at).toISOString().replace("T", " ").replace("Z", " UTC");
/** The day of an instant where the viewer is, as YYYY-MM-DD. */
export const localDay = (at: Instant | number) => keyForm.format(new Date(at));
/** A calendar day, YYYY-MM-DD, in words. */
export const shortDay = (day: string) => calendarForm.format(new Date(day));
export const weekday = (day: string) => weekdayForm.format(new Date(day));
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
  if (size < secondMs) return `${(size / secondMs).toFixed(size < 100 ? 2 : 1)} s`;
  if (size < minuteMs) return `${Math.floor(size / secondMs)} s`;
  if (size < hourMs) return `${Math.floor(size / minuteMs)} min`;
  if (size < 2 * dayMs) return two(size, hourMs, "h", minuteMs, "min");
  return size < 14 * dayMs ? two(size, dayMs, "d", hourMs, "h") : `${Math.floor(size / dayMs)} d`;
}

function two(size: number, big: number, bigName: string, small: number, smallName: string): string {
  const rest = Math.floor((size % big) / small);
  return `${Math.floor(size / big)} ${bigName}${rest > 0 ? ` ${rest} ${smallName}` : ""}`;
}

/** Relative to the server's now: "just now", "5 min ago", "in 3 h". */
export function relative(at: Instant | number, nowMs: number): string {
  const ago = nowMs - new Date(at).getTime();
  const size = Math.abs(ago);
  if (size < 5 * secondMs) return "just now";
  const words = size < minuteMs ? `${Math.floor(size / secondMs)} s`
    : size < hourMs ? `${Math.floor(size / minuteMs)} min`
    : size < 2 * dayMs ? `${Math.floor(size / hourMs)} h`
    : size < 60 * dayMs ? `${Math.floor(size / dayMs)} d`
    : size < 730 * dayMs ? `${Math.floor(size / (30.44 * dayMs))} mo`
    : `${Math.floor(size / (365.25 * dayMs))} y`;
  return ago > 0 ? `${words} ago` : `in ${words}`;
}

/** snake_case as people say it. */
export const plain = (name: string) => name.replaceAll("_", " ");
export const sentence = (name: string) => plain(name).replace(/^./, (first) => first.toUpperCase());
