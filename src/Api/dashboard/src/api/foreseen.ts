import type { StatusTag } from "../tags";
import type { Instant } from "./client";

export interface PriorityAction { campaign: string; text: string }
export interface Matrix { asOf: Instant; through: number; campaignSet: number; customers: number; cells: readonly MatrixCell[] }
/** productTag is null for customers without a product. */
export interface MatrixCell { productTag: string | null; status: StatusTag; customers: number; priorityAction: PriorityAction | null }

export interface ChurnReason { feature: string; text: string; value: number; logOdds: number }
/** What is told of a customer's future; each is null or missing where nothing can be said. */
export interface Foreseen {
  churn?: { probability: number; model: number; reasons: readonly ChurnReason[] } | null;
  projectedLtv?: { value: number; low: number; high: number; horizonDays: number } | null;
  priorityAction?: PriorityAction | null;
}
export const foreseenOf = (customer: object): Foreseen => customer;
export const churnOf = (row: object): number | null => (row as { churnProbability?: number | null }).churnProbability ?? null;
