import type { BoundedFigure, CampaignPayback, Correlation, CustomerValue, SupportOfTag } from "../src/api/schema";
import type { Ranged } from "../src/analytics/sets";
import { allTags, type StatusTag } from "../src/tags.ts";

/** Invented figures of value: payments by status and tier, campaigns with and without enough starts, people. */
const cents = (n: number) => Math.round(n * 100) / 100;
const around = (value: number, width: number): BoundedFigure => ({ value: cents(value), low: cents(value - width), high: cents(value + width) });

const shares: Record<StatusTag, number> = { ST_001: 0.34, ST_002: 0.28, ST_003: 0.2, ST_004: 0.1, ST_005: 0.05, ST_006: 0.03 };
const byTag = (sum: number) => Object.fromEntries(allTags.map((tag) => [tag, cents(sum * shares[tag])])) as Record<StatusTag, number>;

const costs = { channels: { email: 0.002, line: 0.03 } as Record<string, number>, campaigns: { course_discount: 15 } as Record<string, number> };

export function setInventedCosts(body: { channels?: Record<string, number>; campaigns?: Record<string, number> }) {
  [costs.channels, costs.campaigns] = [body.channels ?? {}, body.campaigns ?? {}];
  return costs;
}
export const inventedCosts = () => costs;

function payback(name: string, starts: number, heldOut: number, perStart: number | null, width: number, cost: number): CampaignPayback {
  const certain = perStart !== null && Math.abs(perStart) > width;
  return {
    name, starts, heldOut, meanPaid: 96.4 + (perStart ?? 0), heldOutMeanPaid: heldOut === 0 ? 0 : 96.4, sent: starts * 2, cost, certain, whyNone: perStart === null ? "Too few starts." : null,
    perStart: perStart === null ? null : around(perStart, width), gained: perStart === null ? null : around(perStart * starts, width * starts),
    net: perStart === null ? null : around(perStart * starts - cost, width * starts), roi: perStart === null || cost === 0 ? null : around((100 * (perStart * starts - cost)) / cost, (100 * width * starts) / cost),
  };
}

const together = (value: number, customers: number): Correlation => ({ value, low: cents(value - 0.11), high: cents(value + 0.11), customers });

function support(tag: StatusTag | null, at: number): SupportOfTag {
  const customerMonths = tag === null ? 812 : Math.round(812 * shares[tag]);
  const tickets = Math.round(customerMonths * (0.02 + at * 0.012));
  return {
    tag, customerMonths, tickets, ticketsPerCustomerMonth: around(tickets / customerMonths, 0.01), nps: at > 4 ? null : around(52 - at * 19, 12), npsAnswers: at > 4 ? 0 : 118 - at * 21,
    ticketsWithHealth: at > 3 ? null : together(-0.18 - at * 0.05, customerMonths), npsWithHealth: at > 2 ? null : together(0.41, 118 - at * 21),
  };
}

export function inventedValue(range: Ranged, days: readonly string[]): CustomerValue {
  const revenue = (day: string) => 41_000 + 60 * ((Date.parse(day) / 86_400_000) % 97) + 900 * Math.sin(Date.parse(day) / 86_400_000 / 4);
  return {
    ...range, revenueKept: 6_370, previousRevenueKept: 5_880,
    projected: {
      horizonDays: 365, projectedOn: range.to, payers: 341, customers: 341, sum: around(312_440, 11_900), mean: around(916.25, 34.9),
      rows: allTags.flatMap((tag, at) => (["Enterprise", "Pro"] as const).map((tier, of) => ({
        tag, tier, customers: Math.round(341 * shares[tag] * (of === 0 ? 0.22 : 0.78)), sum: around((of === 0 ? 190_000 : 122_440) * shares[tag], 2_900 - 300 * at), mean: around((of === 0 ? 2_540 : 460) - 60 * at, 90),
      }))),
    },
    monthly: { days: 30, now: cents(revenue(range.to)), previous: cents(revenue(range.previousTo)), tags: byTag(revenue(range.to)), each: days.map((date) => ({ date, sum: cents(revenue(date)), tags: byTag(revenue(date)) })) },
    campaigns: [
      payback("course_discount", 1_204, 141, 21.6, 14.2, 18_060), payback("personal_check_in", 2_318, 262, 6.1, 11.9, 9.3), payback("progression_milestone", 402, 0, null, 0, 0.8), payback("quarterly_winback", 212, 27, null, 0, 0.4),
    ],
    support: { isSample: false, all: support(null, 1), tags: allTags.map(support) },
    people: [
      { name: "Mika Tanaka", reviewsDecided: 64, medianHours: 3.2, approvedShare: 81.3, tasksCompleted: 41, atRisk: 33, recovered: 14, recoveryRate: 42.4 },
      { name: "Jonas Weber", reviewsDecided: 22, medianHours: 11.75, approvedShare: 63.6, tasksCompleted: 9, atRisk: 0, recovered: 0, recoveryRate: null },
    ],
  };
}
