import type { CampaignReport, RateRow, ReportGroup, UpliftRow } from "../api/schema";
import { number } from "../format";
import { t, text, translate, translated } from "../language";

/** The rates of a report, in the order in which people follow them. */
export const measures = translated({ opened: "Opens", clicked: "Clicks", converted: "Converted", recovered: "Recovered" });
export type Measure = keyof typeof measures;
export const allMeasures = Object.keys(measures) as Measure[];

export const groupName = ({ variant, holdout }: Pick<ReportGroup, "variant" | "holdout">, compares: boolean) =>
  holdout ? t("Holdout") : variant !== null ? t("Variant {name}", { name: variant }) : compares ? t("Before the comparison") : t("Those who get it");

export const comparesOf = ({ groups }: Pick<CampaignReport, "groups">) => groups.some(({ variant }) => variant !== null);

/** A share in percent, with one place where that is worth it: "4.2%", "38%". */
export const share = (value: number) => `${value > 0 && value < 0.1 ? (100 * value).toFixed(1) : Math.round(100 * value)}%`;
export const interval = ({ low, high }: { low: number; high: number }) => t("{low} to {high}", { low: share(low), high: share(high) });

const points = (value: number) => number(Math.round(1000 * value) / 10);

/** Bars of one column share a scale, so that they can be compared: the next round figure above all that is drawn. */
export function scaleOf(shares: readonly (RateRow | null | undefined)[]): number {
  const most = Math.max(0, ...shares.map((each) => each?.high ?? 0));
  return [0.05, 0.1, 0.2, 0.4, 0.6, 0.8].find((round) => most <= round) ?? 1;
}

const differences = {
  converted: {
    more: text("Converted {points} points more often than without it"), less: text("Converted {points} points less often than without it"), same: text("Converted as often as without it"),
  },
  recovered: {
    more: text("Recovered {points} points more often than without it"), less: text("Recovered {points} points less often than without it"), same: text("Recovered as often as without it"),
  },
};

/** What the difference from the holdout says, with the caution that it is due. */
export function upliftSentence(measure: "converted" | "recovered", { difference, low, high, certain }: UpliftRow): string {
  const what = translate(differences[measure][difference === 0 ? "same" : difference > 0 ? "more" : "less"], { points: points(Math.abs(difference)) });
  const told = { what, low: points(low), high: points(high) };
  return certain ? t("{what} (95% interval {low} to {high} points).", told) : t("{what}, which may still be chance (95% interval {low} to {high} points).", told);
}

const outcomes: Record<string, { name: string; did: string }> = translated({ converted: { name: "Converted", did: "converted" }, recovered: { name: "Recovered", did: "recovered" } });
const arms: Record<string, string> = translated({ "the holdout": "the holdout", "this group": "this group" });
/** The server's own sentences, by their parts. */
const whys: readonly (readonly [RegExp, string])[] = [
  [/^(?<what>\w+): the outcome of (?<n>\d+) customers of (?<arm>[\w ]+) is known, (?<days>\d+) days after their start; a figure needs (?<needed>\d+)\.$/,
    text("{outcome}: the outcome of {n} customers of {group} is known, {days} days after their start; a figure needs {needed}.")],
  [/^(?<what>\w+): (?<n>\d+) customers of (?<arm>[\w ]+) have \w+; a figure needs (?<needed>\d+)\.$/, text("{outcome}: {n} customers of {group} have {did}; a figure needs {needed}.")],
  [/^(?<what>\w+): all but (?<n>\d+) customers of (?<arm>[\w ]+) have \w+; a figure needs (?<needed>\d+) others\.$/,
    text("{outcome}: all but {n} customers of {group} have {did}; a figure needs {needed} others.")],
];

/** Why there is no figure, as the server says it: "converted: the outcome of 12 customers is known." */
export function whyNoUplift(why: string | null): string {
  if (why === null) return t("There is no figure yet.");
  if (why === text("Nobody was held out, so there is nothing to compare with.")) return translate(why);
  for (const [form, says] of whys) {
    const { what = "", arm = "", ...rest } = form.exec(why)?.groups ?? {};
    if (outcomes[what] && arms[arm]) return translate(says, { outcome: outcomes[what].name, did: outcomes[what].did, group: arms[arm], ...rest });
  }
  return why.replace(/^./, (first) => first.toUpperCase());
}

/** What the outcomes mean. */
export const windowSentence = ({ convertedWithinDays, recoveredWithinDays }: CampaignReport["window"]) =>
  t("Converted: learnt within {converted} days of the start. Recovered: rose to a better tag within {recovered} days.", { converted: convertedWithinDays, recovered: recoveredWithinDays });

/** Opens and clicks of programs, which no rate counts. */
export function machineSentence({ opened, clicked }: CampaignReport["machine"]): string | null {
  if (opened > 0 && clicked > 0) return t("{opened} {opened|open|opens} and {clicked} {clicked|click|clicks} by programs (privacy proxies, link scanners) are left out.", { opened, clicked });
  if (opened > 0) return t("{opened} {opened|open|opens} by programs (privacy proxies, link scanners) are left out.", { opened });
  return clicked > 0 ? t("{clicked} {clicked|click|clicks} by programs (privacy proxies, link scanners) are left out.", { clicked }) : null;
}
