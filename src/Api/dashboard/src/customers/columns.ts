import { churnOf } from "../api/foreseen";
import type { CustomerRow } from "../api/schema";
import { text, translate } from "../language";
import { indicatorName, productNames, tagFacts } from "../tags";
import type { Sort } from "./filter";

/** The columns of the list in their order; of a file too. */
export const columns = {
  customer: { label: text("Customer"), sort: "name", first: "asc" },
  email: { label: text("Email") },
  tier: { label: text("Tier") },
  product: { label: text("Product") },
  tag: { label: text("Tag") },
  since: { label: text("Since"), sort: "tagSince", first: "desc" },
  engagement: { label: text("Engagement") },
  progress: { label: text("Progress") },
  community: { label: text("Community") },
  overall: { label: text("Overall"), sort: "overall", first: "asc" },
  churn: { label: text("Churn"), sort: "churn", first: "desc" },
  indicators: { label: text("Indicators"), sort: "risk", first: "desc" },
  ltv: { label: text("LTV"), sort: "ltv", first: "desc" },
  login: { label: text("Last login") },
  activity: { label: text("Last activity"), sort: "lastActivity", first: "desc" },
} as const satisfies Record<string, { label: string; sort?: Sort; first?: "asc" | "desc" }>;

export type ColumnId = keyof typeof columns;
export const allColumns = Object.keys(columns) as ColumnId[];
export const usualColumns: readonly ColumnId[] = ["customer", "tier", "tag", "since", "engagement", "progress", "community", "overall", "churn", "indicators", "activity"];

/** Those that are known, in the order of the table; the customer is always there. */
export const columnsOf = (names: readonly string[]): ColumnId[] => allColumns.filter((id) => id === "customer" || names.includes(id));

const storedAs = "lstep.customers.columns";

export function keptColumns(): readonly ColumnId[] {
  try {
    const kept = localStorage.getItem(storedAs);
    return kept ? columnsOf(kept.split(",")) : usualColumns;
  } catch {
    return usualColumns;
  }
}

export function keepColumns(chosen: readonly ColumnId[]) {
  try {
    if (chosen.join() === usualColumns.join()) localStorage.removeItem(storedAs);
    else localStorage.setItem(storedAs, chosen.join(","));
  } catch {
    // The address has them.
  }
}

const inFile: Record<ColumnId, (row: CustomerRow) => (string | number | null)[]> = {
  customer: ({ id, name }) => [id, name],
  email: ({ email }) => [email],
  tier: ({ tier }) => [tier],
  product: ({ productTag }) => [productTag && (productNames[productTag] ?? productTag)],
  tag: ({ tag }) => [tag, tagFacts[tag].name],
  since: ({ tagSince }) => [tagSince],
  engagement: ({ scores }) => [scores.engagement],
  progress: ({ scores }) => [scores.progress],
  community: ({ scores }) => [scores.community],
  overall: ({ scores }) => [scores.overall],
  churn: (row) => [churnOf(row)],
  indicators: ({ riskIndicators }) => [riskIndicators.map(({ type }) => indicatorName(type)).join("; ")],
  ltv: ({ ltvValue }) => [ltvValue],
  login: ({ lastLoginAt }) => [lastLoginAt],
  activity: ({ lastActivityAt }) => [lastActivityAt],
};
const heads: Partial<Record<ColumnId, readonly string[]>> = { customer: [text("Customer id"), text("Name")], tag: [text("Tag code"), text("Tag")] };

/** The rows as a file has them: instants as ISO-8601 in UTC, numbers as numbers. */
export const asTable = (chosen: readonly ColumnId[], rows: readonly CustomerRow[]) => ({
  columns: chosen.flatMap((id) => (heads[id] ?? [columns[id].label]).map((label) => ({ label: translate(label) }))),
  rows: rows.map((row) => chosen.flatMap((id) => inFile[id](row))),
});
