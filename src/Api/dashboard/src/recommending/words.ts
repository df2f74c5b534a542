import type { Recommendation, RecommendationFigure } from "../api/recommendations";
import { campaignName } from "../campaigns";
import { count, number, percentOf } from "../format";
import { t, translated } from "../language";
import { wordsOf } from "../metrics";

const figureNames: Record<string, string> = translated({
  wrong_share: "false alarms", cases: "alarms with a known outcome", refused: "refused or taken back by people", came_back: "came back by themselves",
  found_share: "found in time by the other thresholds", found_share_now: "found in time now", silent: "fell silent", alarms: "alarms by the other thresholds", alarms_now: "alarms now",
  false_alarms: "false alarms by the other thresholds", false_alarms_now: "false alarms now", learners: "learners",
  converted_uplift: "more who acted than in the holdout", recovered_uplift: "more who recovered than in the holdout", people: "customers who got it", held_out: "customers held out",
  silent_share: "silent after it", silent_share_others: "silent after others",
});
export const figureName = (name: string) => (Object.hasOwn(figureNames, name) ? figureNames[name]! : name.replaceAll("_", " "));

const isShare = (name: string) => name.endsWith("_share") || name.includes("_share_");
const isUplift = (name: string) => name.endsWith("_uplift");
const shown = (name: string, value: number) => (isShare(name) ? percentOf(Math.round(value * 1000) / 10) : isUplift(name) ? t("{n} pts", { n: signed(value * 100) }) : count(value));
const signed = (points: number) => `${points > 0 ? "+" : points < 0 ? "−" : ""}${number(Math.abs(Math.round(points * 10) / 10))}`;

/** "78% (72% to 83%)". */
export const figureText = ({ name, value, low, high }: RecommendationFigure) =>
  low === null || high === null ? shown(name, value) : t("{value} ({low} to {high})", { value: shown(name, value), low: shown(name, low), high: shown(name, high) });

const kindNames: Record<string, string> = translated({ false_alarms: "False alarms", threshold: "Thresholds", campaign_without_effect: "Campaigns", silence_after_lesson: "Course" });
export const kindName = (kind: string) => (Object.hasOwn(kindNames, kind) ? kindNames[kind]! : kind.replaceAll("_", " "));

const of = ({ figures }: Recommendation, name: string) => count(figures.find((figure) => figure.name === name)?.value ?? 0);
const shareNow = ({ figures }: Recommendation, name: string) => percentOf(Math.round((figures.find((figure) => figure.name === name)?.value ?? 0) * 1000) / 10);

/** Title and text in the viewer's language; of a kind that is not known here as the API words it. */
export function worded(item: Recommendation): { title: string; text: string } {
  const { kind, parameters: named } = item;
  switch (kind) {
    case "false_alarms": return {
      title: t("The alarms of rule {id}, “{rule}”, are mostly false", { id: named.ruleId ?? "", rule: named.rule ?? "" }),
      text: t("Of {cases} alarms whose outcome is known, {refused} were refused or taken back by people, and after {back} the learner came back within {days} days without any contact.", { cases: of(item, "cases"), refused: of(item, "refused"), back: of(item, "came_back"), days: named.days ?? "" })
        + " " + (named.action === "switch_off" ? t("Try the rules without it.") : t("Try the rules with this one asking for a review first.")),
    };
    case "threshold": return {
      title: t("Other thresholds would find more learners who fall silent"),
      text: t("With {changes} more of those who fell silent would have been found within {days} days of their last activity: {then} instead of {now}, at no more alarms. The thresholds were chosen on other learners than these figures are of.", { changes: changesOf(named), days: named.days ?? "", then: shareNow(item, "found_share"), now: shareNow(item, "found_share_now") }),
    };
    case "campaign_without_effect": return {
      title: t("The campaign “{campaign}” shows no effect", { campaign: campaignName(named.campaign ?? "") }),
      text: t("{people} customers got it and {heldOut} were held out. An effect of {points} percentage points or more would have been seen. Change its texts, or switch it off and spare customers the messages.", { people: of(item, "people"), heldOut: of(item, "held_out"), points: number(Number(named.worthwhile) * 100) }),
    };
    case "silence_after_lesson": return {
      title: named.kind === "module" ? t("Learners fall silent after module {name}", { name: named.id ?? "" }) : t("Learners fall silent after lesson {name}", { name: named.id ?? "" }),
      text: t("{share} of {learners} learners completed nothing after it before {days} silent days or more; after others it is {others}. Learners in mastery are left out. Look at what comes after it: the step may be too large, or the next one hard to find.", { share: shareNow(item, "silent_share"), learners: of(item, "learners"), days: named.days ?? "", others: shareNow(item, "silent_share_others") }),
    };
    default: return { title: item.title, text: item.text };
  }
}

/** One or two changed thresholds: "rule 3: days since login ≥ 4 instead of 5". */
export function changesOf(named: Recommendation["parameters"]): string {
  const all = [1, 2].filter((at) => named[`metric${at}`]).map((at) =>
    t("rule {id}: {metric} {operator} {becomes} instead of {was}", {
      id: named[`rule${at}`] ?? "", metric: wordsOf(named[`metric${at}`]!).noun, operator: sign(named[`operator${at}`] ?? ""), becomes: named[`becomes${at}`] ?? "", was: named[`was${at}`] ?? "",
    }));
  return all.join(t(", ")) || (named.changes ?? "");
}

const signs: Record<string, string> = { ">=": "≥", "<=": "≤" };
const sign = (operator: string) => signs[operator] ?? operator;
