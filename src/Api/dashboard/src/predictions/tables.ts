import type { Table } from "../analytics/csv";
import type { CardBin, CardPart, CardTarget, FeatureMove } from "../api/predictions";
import { count } from "../format";
import { t } from "../language";
import { aucOf, featureText, named, populationName, shareOf, targetName, verdictNames } from "./words";

const share = (label: string) => ({ label, show: shareOf });
const auc = (label: string) => ({ label, show: aucOf });

export const targetsTable = (targets: readonly CardTarget[]): Table => ({
  columns: [
    { label: t("Predicted") }, { label: t("Population") }, { label: t("Rows") }, { label: t("Learners") }, share(t("Base rate")), auc("AUC"), auc(t("AUC from")), auc(t("AUC up to")),
    share(t("Accuracy")), share(t("Accuracy from")), share(t("Accuracy up to")), share(t("Always no")), share(t("14-day rule")), auc(t("Logistic regression: AUC")),
  ],
  rows: targets.map((of) => [
    targetName(of), populationName(of.population), of.rows, of.learners, of.baseRate.value, of.auc.value, of.auc.low, of.auc.high, of.accuracy.value, of.accuracy.low, of.accuracy.high, of.alwaysNo.value, of.rule14.value,
    of.logistic?.auc.value ?? null,
  ]),
});

export const binsTable = (bins: readonly CardBin[]): Table => ({
  columns: [share(t("Probability from")), share(t("up to")), share(t("Predicted on average")), share(t("Came true")), { label: t("Rows"), show: count }],
  rows: bins.map(({ from, to, predicted, observed, rows }) => [from, to, predicted, observed, rows]),
});

export const partsTable = (what: string, parts: readonly CardPart[]): Table => ({
  columns: [{ label: what }, { label: t("Rows"), show: count }, auc("AUC"), share(t("Accuracy")), share(t("Base rate"))],
  rows: parts.map(({ key, rows, auc: value, accuracy, baseRate }) => [key, rows, value, accuracy, baseRate]),
});

export const driftTable = (features: readonly FeatureMove[]): Table => ({
  columns: [t("Feature"), t("Name"), t("Stability index"), t("Verdict")].map((label) => ({ label })),
  rows: features.map(({ name, text, index, verdict }) => [featureText(name, text), name, index, named(verdictNames, verdict)]),
});

/** The mean distance between what was said and what came true, each span with the weight of its rows; null of none. */
export function calibrationError(bins: readonly CardBin[]): number | null {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  return rows === 0 ? null : bins.reduce((sum, bin) => sum + bin.rows * Math.abs(bin.predicted - bin.observed), 0) / rows;
}

export function binsSummary(bins: readonly CardBin[]): string {
  const error = calibrationError(bins);
  return error === null ? t("No prediction has an outcome yet.") : t("Of {n} {n|prediction|predictions} what was said and what came true differ by {error} on average.", { n: bins.reduce((sum, bin) => sum + bin.rows, 0), error: shareOf(error) });
}

export function partsSummary(name: string, parts: readonly CardPart[]): string {
  const known = parts.flatMap(({ key, auc: value }) => (value === null ? [] : [{ key, value }])).sort((a, b) => a.value - b.value);
  const [worst, best] = [known[0], known[known.length - 1]];
  return worst && best ? t("{name}: the AUC is lowest at {worst} with {low}, and highest at {best} with {high}.", { name, worst: worst.key, low: aucOf(worst.value), best: best.key, high: aucOf(best.value) }) : t("{name}: too little is known.", { name });
}
