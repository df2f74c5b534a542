import type { Cohorts, Distribution, Kpi, Overview, OverviewCard } from "../api/schema";

// The closed sets of analytics, as the API has them.
export type CardName = OverviewCard["name"];
export type KpiName = Kpi["name"];
export type CohortBy = Cohorts["by"];
export type Counts = Distribution["counts"];
/** What every answer says of its days. */
export type Ranged = Pick<Overview, "from" | "to" | "previousFrom" | "previousTo" | "asOf" | "through">;
