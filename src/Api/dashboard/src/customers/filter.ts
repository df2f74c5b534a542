import type { CustomerFilter } from "../api/client";
import { allBehaviors, allIndicators, allSeverities, allTags, allTiers } from "../tags";

/** What the list can be sorted by, as the API names it. */
export const sorts = ["id", "name", "tagSince", "overall", "ltv", "lastActivity", "risk", "churn"] as const;
export type Sort = (typeof sorts)[number];

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
const isAmount = (text: string) => /^-?\d{1,15}(\.\d+)?$/.test(text);
const isShare = (text: string) => /^(0(\.\d{1,6})?|1(\.0{1,6})?)$/.test(text);
const oneOf = (all: readonly string[]) => (text: string) => all.includes(text);
const charsMax = 200;

/** Every part of the address that the list follows, and what of it is understood; the rest is left out. */
const understood: Record<keyof CustomerFilter, (text: string) => boolean> = {
  tag: oneOf(allTags), tier: oneOf(allTiers), risk: oneOf([...allIndicators, ...allSeverities]), behavior: oneOf(allBehaviors),
  owner: (text) => text.length <= charsMax, q: (text) => text.length <= charsMax, minLtv: isAmount, maxLtv: isAmount, minChurn: isShare, maxChurn: isShare,
  enrolledFrom: isDay, enrolledTo: isDay, activeFrom: isDay, activeTo: isDay, sort: oneOf(sorts), order: oneOf(["asc", "desc"]),
};

const parts = Object.keys(understood) as (keyof CustomerFilter)[];

export function filterOf(search: string): CustomerFilter {
  const set = new URLSearchParams(search);
  const found = parts.map((part) => [part, set.get(part)] as const).filter(([part, text]) => text && understood[part](text));
  return Object.fromEntries(found) as CustomerFilter;
}

/** The filter as texts, without what is not asked. */
export const asked = (filter: CustomerFilter): Record<string, string> =>
  Object.fromEntries(parts.flatMap((part) => (filter[part] ? [[part, filter[part]]] : [])));

export function customersPath(filter: CustomerFilter, columns: readonly string[] | null = null): string {
  const set = new URLSearchParams({ ...asked(filter), ...(columns ? { columns: columns.join(",") } : {}) });
  return set.size > 0 ? `/customers?${set}` : "/customers";
}

/** What narrows the list; the order does not. */
export const narrowing = ({ sort: _, order: __, ...filter }: CustomerFilter) => Object.keys(asked(filter)).length;

/** Of what stands behind a button. */
export const fartherParts = ["behavior", "owner", "minLtv", "maxLtv", "minChurn", "maxChurn", "enrolledFrom", "enrolledTo", "activeFrom", "activeTo"] as const satisfies (keyof CustomerFilter)[];

/** The next order of a column: as it is first wanted, then the other way, then as the list comes by itself. */
export function sortedBy(filter: CustomerFilter, sort: Sort, first: "asc" | "desc"): CustomerFilter {
  if (filter.sort !== sort) return { ...filter, sort, order: first };
  return filter.order === first ? { ...filter, order: first === "asc" ? "desc" : "asc" } : { ...filter, sort: undefined, order: undefined };
}
