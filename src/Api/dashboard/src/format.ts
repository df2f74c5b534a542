import type { Instant } from "./api/client";

const secondMs = 1000, minuteMs = 60 * secondMs, hourMs = 60 * minuteMs, dayMs = 24 * hourMs;

const whole = new Intl.NumberFormat("en-GB");
const upToTwo = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
const dateForm = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const dayForm = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const weekdayForm = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
const timeForm = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const secondForm = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "UTC" });

export const count = (n: number) => whole.format(n);
export const number = (n: number) => upToTwo.format(n);
export const things = (n: number, one: string) => `${count(n)} ${one}${n === 1 ? "" : "s"}`;
export const money = (n: number) => `$${whole.format(Math.round(n))}`;
export const date = (at: Instant | number) => dateForm.format(new Date(at));
export const shortDay = (at: Instant | number) => dayForm.format(new Date(at));
export const weekday = (at: Instant | number) => weekdayForm.format(new Date(at));
export const time = (at: Instant | number) => timeForm.format(new Date(at));
export const dateTime = (at: Instant | number) => `${date(at)}, ${time(at)} UTC`;
export const exact = (at: Instant | number) => `${date(at)}, ${secondForm.format(new Date(at))} UTC`;
export const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
export const confidence = (c: number) => c.toFixed(2);

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

/** A metric's value, or what a rule compares it with, which is any JSON. */
export function metricValue(value: unknown): string {
  if (value === null || value === undefined) return "no value";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(metricValue).join(", ");
  return typeof value === "number" ? number(value) : plain(String(value));
}
