/** Business days, both included. Without them the server shows the last 28. */
export interface Range { from: string; to: string }

const dayMs = 86_400_000;
/** What the server answers at most. */
export const spanDaysMax = 1100;

export const presets = ["7", "28", "90", "month", "year"] as const;
export type Preset = (typeof presets)[number];
export const defaultPreset: Preset = "28";

const ms = (day: string) => Date.parse(`${day}T00:00:00Z`);
const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(ms(text)) && dayAt(ms(text)) === text;
const dayAt = (at: number) => new Date(at).toISOString().slice(0, 10);

export const addDays = (day: string, days: number) => dayAt(ms(day) + days * dayMs);
export const spanDays = ({ from, to }: Range) => Math.round((ms(to) - ms(from)) / dayMs) + 1;

export function presetRange(preset: Preset, today: string): Range {
  switch (preset) {
    case "month": return { from: `${today.slice(0, 7)}-01`, to: today };
    case "year": return { from: `${today.slice(0, 4)}-01-01`, to: today };
    default: return { from: addDays(today, 1 - Number(preset)), to: today };
  }
}

/** Which preset a range is; null for one of its own. */
export function presetOf(range: Range | null, today: string): Preset | null {
  if (!range) return defaultPreset;
  return [defaultPreset, ...presets].find((preset) => same(presetRange(preset, today), range)) ?? null;
}

const same = (one: Range, other: Range) => one.from === other.from && one.to === other.to;

/** The months up to the one of today, for what is counted by month. */
export const monthsRange = (months: number, today: string): Range => {
  const [year, month] = today.split("-").map(Number) as [number, number];
  return { from: dayAt(Date.UTC(year, month - months, 1)), to: today };
};

/** What keeps a range from being asked for; null for a good one. */
export function troubleOf({ from, to }: Range): "unreadable" | "backward" | "too_long" | null {
  if (!isDay(from) || !isDay(to)) return "unreadable";
  if (from > to) return "backward";
  return spanDays({ from, to }) > spanDaysMax ? "too_long" : null;
}

/** The range that an address asks for; null where it asks for none that can be answered. */
export function rangeOf(search: string): Range | null {
  const set = new URLSearchParams(search);
  const range = { from: set.get("from") ?? "", to: set.get("to") ?? "" };
  return troubleOf(range) === null ? range : null;
}

/** The same address with other parts; an empty one is left out. */
export function withParts(path: string, search: string, parts: Record<string, string | null>): string {
  const set = new URLSearchParams(search);
  for (const [name, value] of Object.entries(parts)) if (value === null || value === "") set.delete(name); else set.set(name, value);
  return set.size > 0 ? `${path}?${set}` : path;
}

export const withRange = (path: string, search: string, range: Range | null) => withParts(path, search, { from: range?.from ?? null, to: range?.to ?? null });

/** The business day of an instant: business days are those of the server's zone, wherever the viewer is. */
export const businessDay = (atMs: number, zone: string | undefined) =>
  zone ? new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(atMs) : dayAt(atMs);
