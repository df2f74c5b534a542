import type { ActionRow } from "./schema";

/** The report of a campaign, as `GET /api/campaigns/{name}/report` answers it. Rates are shares, 0 to 1. */
export interface CampaignReport {
  campaign: string;
  /** Business days on which it started for those who count, both included. */
  from: string;
  to: string;
  /** How long after the start an outcome counts. */
  window: { recoveredWithinDays: number; convertedWithinDays: number };
  groups: ReportGroup[];
  /** Opens and clicks of programs; no rate counts them. */
  machine: { opened: number; clicked: number };
  /** The variant that does best for certain; null where none does. */
  leader: string | null;
}

export interface ReportGroup {
  variant: string | null;
  holdout: boolean;
  customers: number;
  actions: Record<ActionRow["status"], number>;
  sent: number;
  delivered: number;
  opened: number;
  clicked: number;
  bounced: number;
  complained: number;
  unsubscribed: number;
  converted: number;
  recovered: number;
  /** Of how many customers the days of an outcome are over: rates and uplift are of them. */
  known: { converted: number; recovered: number };
  rates: Record<"opened" | "clicked" | "converted" | "recovered", Share | null>;
  uplift: Record<"converted" | "recovered", Difference | null>;
  whyNoUplift: string | null;
}

/** A rate with its 95% interval. */
export interface Share { value: number; low: number; high: number }

/** The difference from the holdout with an interval that holds however often one looks. */
export interface Difference { difference: number; low: number; high: number; certain: boolean }
