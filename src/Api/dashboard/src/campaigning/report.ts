import type { CampaignReport, RateRow, ReportGroup, UpliftRow } from "../api/schema";
import { number } from "../format";

/** The rates of a report, in the order in which people follow them. */
export const measures = { opened: "Opened", clicked: "Clicked", converted: "Converted", recovered: "Recovered" } as const;
export type Measure = keyof typeof measures;
export const allMeasures = Object.keys(measures) as Measure[];

export const groupName = ({ variant, holdout }: Pick<ReportGroup, "variant" | "holdout">, compares: boolean) =>
  holdout ? "Holdout" : variant !== null ? `Variant ${variant}` : compares ? "Before the comparison" : "Those who get it";

/** A share in percent, with one place where that is worth it: "4.2%", "38%". */
export const share = (value: number) => `${value > 0 && value < 0.1 ? (100 * value).toFixed(1) : Math.round(100 * value)}%`;
export const interval = ({ low, high }: { low: number; high: number }) => `${share(low)} to ${share(high)}`;

const points = (value: number) => number(Math.round(1000 * value) / 10);

/** Bars of one column share a scale, so that they can be compared: the next round figure above all that is drawn. */
export function scaleOf(shares: readonly (RateRow | null | undefined)[]): number {
  const most = Math.max(0, ...shares.map((each) => each?.high ?? 0));
  return [0.05, 0.1, 0.2, 0.4, 0.6, 0.8].find((round) => most <= round) ?? 1;
}

/** What the difference from the holdout says, with the caution that it is due. */
export function upliftSentence(measure: "converted" | "recovered", { difference, low, high, certain }: UpliftRow): string {
  const what = difference === 0 ? `as often as without it` : `${points(Math.abs(difference))} points ${difference > 0 ? "more" : "less"} often than without it`;
  const between = `95% interval ${points(low)} to ${points(high)} points`;
  return certain ? `${measures[measure]} ${what} (${between}).` : `${measures[measure]} ${what}, which may still be chance (${between}).`;
}

/** Why there is no figure, as the server says it: "converted: the outcome of 12 customers is known." */
export const whyNoUplift = (why: string | null) => (why ?? "There is no figure yet.").replace(/^./, (first) => first.toUpperCase());

/** What the outcomes mean. */
export const windowSentence = ({ convertedWithinDays, recoveredWithinDays }: CampaignReport["window"]) =>
  `Converted: learnt within ${convertedWithinDays} days of the start. Recovered: rose to a better tag within ${recoveredWithinDays} days.`;

/** Opens and clicks of programs, which no rate counts. */
export function machineSentence({ opened, clicked }: CampaignReport["machine"]): string | null {
  const parts = [opened > 0 ? `${number(opened)} ${opened === 1 ? "open" : "opens"}` : null, clicked > 0 ? `${number(clicked)} ${clicked === 1 ? "click" : "clicks"}` : null].filter((part) => part !== null);
  return parts.length === 0 ? null : `${parts.join(" and ")} by programs (privacy proxies, link scanners) are left out.`;
}
