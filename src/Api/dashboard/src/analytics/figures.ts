import { t } from "../language";
import { compact, compactMoney, count, money, number, percentOf } from "../format";

export type Unit = "customers" | "percent" | "days" | "hours" | "count" | "money";
export type Better = "higher" | "lower" | null;

/** A figure with its unit; "–" where nothing was counted. */
export function figure(value: number | null, unit: Unit): string {
  if (value === null) return "–";
  switch (unit) {
    case "percent": return percentOf(value);
    case "days": return t("{n} d", { n: number(value) });
    case "hours": return t("{n} h", { n: number(value) });
    case "money": return money(value);
    default: return count(value);
  }
}

/** As above, for a place that is too small for ten million. */
export const shortFigure = (value: number | null, unit: Unit) => (value !== null && unit === "money" ? compactMoney(value) : value !== null && (unit === "customers" || unit === "count") ? compact(value) : figure(value, unit));

export interface Difference { words: string; direction: "up" | "down" | "same"; good: boolean | null }

const signed = (n: number, words: string) => (n > 0 ? `+${words}` : n < 0 ? `−${words.replace(/^-/, "")}` : words);
const round = (n: number, digits: number) => Math.round(n * 10 ** digits) / 10 ** digits;

/** How far a figure is from the one before: rates in points, spans in their unit, counts in percent of what they were. */
export function difference(value: number | null, previous: number | null, unit: Unit, better: Better): Difference | null {
  if (value === null || previous === null) return null;
  const by = round(value - previous, 2);
  const direction = by > 0 ? "up" : by < 0 ? "down" : "same";
  const good = by === 0 || better === null ? null : (by > 0) === (better === "higher");
  return { words: differenceWords(by, previous, unit), direction, good };
}

function differenceWords(by: number, previous: number, unit: Unit): string {
  if (unit === "percent") return t("{n} pts", { n: signed(by, number(round(by, 1))) });
  if (unit === "days" || unit === "hours") return signed(by, figure(by, unit));
  if (previous === 0) return signed(by, figure(by, unit));
  const share = round((100 * by) / previous, Math.abs(by) * 10 < previous ? 1 : 0);
  return signed(share, percentOf(share));
}

/** Where a bullet's scale ends, so that value, goal and baseline all lie on it. */
export function scaleEnd(unit: Unit, ...values: readonly (number | null)[]): number {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  if (unit === "percent" && most > 40 && most <= 100) return 100;
  return most === 0 ? 1 : most * 1.25;
}

export const last = <T>(list: readonly T[]): T | undefined => list[list.length - 1];
