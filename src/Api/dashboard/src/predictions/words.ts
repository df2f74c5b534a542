import type { CardTarget, Judged } from "../api/predictions";
import { inLanguage, locale, t, text, translate, translated } from "../language";

const three = inLanguage((at) => new Intl.NumberFormat(at, { minimumFractionDigits: 3, maximumFractionDigits: 3 }));
const one = inLanguage((at) => new Intl.NumberFormat(at, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 }));

/** An AUC is no percentage: 0.5 is a coin, 1 never errs. */
export const aucOf = (value: number) => three().format(value);
export const shareOf = (value: number) => one().format(value);

/** "0.871 (0.862 to 0.880)". */
export const withInterval = ({ value, low, high }: Judged, show: (value: number) => string) => t("{value} ({low} to {high})", { value: show(value), low: show(low), high: show(high) });

const targetNames: Record<string, string> = translated({
  silent_14: "silent for the next 14 days", silent_14_active_last_7: "silent for the next 14 days", silent_15_28: "silent from day 15 to 28", cancelled_14: "cancels within 14 days",
});
const populations: Record<string, string> = translated({
  "every enrolled learner": "every enrolled learner", "enrolled learners active in the last 7 days": "enrolled learners active in the last 7 days",
});
/** A target of a newer product than this page is told by its name. */
export const targetName = ({ name }: Pick<CardTarget, "name">) => (Object.hasOwn(targetNames, name) ? targetNames[name]! : name.replaceAll("_", " "));

export const populationName = (told: string) => (Object.hasOwn(populations, told) ? populations[told]! : told);

export const stepNames: Record<string, string> = translated({
  waiting: "waits for its turn", reading: "reading the history", training: "training", comparing: "comparing with the live model", finished: "finished",
});
export const resultNames: Record<string, string> = translated({
  live: "went live", kept: "kept, not live", too_little_history: "too little history", failed: "failed", interrupted: "interrupted",
});
export const verdictNames: Record<string, string> = translated({ stable: "stable", watch: "to be watched", drifted: "drifted", too_few: "too few samples", known: "known" });
export const sourceNames: Record<string, string> = translated({ starting: "comes with the product", shipped: "comes with the product", trained: "trained here" });
export const named = (names: Record<string, string>, name: string) => (Object.hasOwn(names, name) ? names[name]! : name.replaceAll("_", " "));

const featureTexts: Record<string, string> = {
  silent_days: text("days since the last activity"),
  active_days_3: text("active days among the last 3"),
  active_days_7: text("active days among the last 7"),
  active_days_8_14: text("active days 8 to 14 days ago"),
  active_days_15_21: text("active days 15 to 21 days ago"),
  active_days_22_28: text("active days 22 to 28 days ago"),
  active_days_28: text("active days among the last 28"),
  active_weeks_4: text("weeks with an active day among the last 4"),
  active_days_decayed_2: text("active days, half as much each 2 days back"),
  active_days_decayed_5: text("active days, half as much each 5 days back"),
  active_days_decayed_10: text("active days, half as much each 10 days back"),
  activity_decayed_5: text("activity, half as much each 5 days back"),
  activity_decayed_10: text("activity, half as much each 10 days back"),
  activities_7: text("activities in the last 7 days"),
  activities_8_14: text("activities 8 to 14 days ago"),
  activities_28: text("activities in the last 28 days"),
  activities_per_active_day: text("activities per active day"),
  activities_last_active_day: text("activities on the latest active day"),
  page_views_7: text("page views in the last 7 days"),
  page_views_28: text("page views in the last 28 days"),
  page_view_share: text("share of page views in the activity"),
  recent_share: text("share of the last 7 days in the last 28"),
  weekly_slope: text("change of active days from week to week"),
  longest_gap: text("longest gap between active days"),
  mean_gap: text("mean gap between active days"),
  gap_spread: text("spread of the gaps between active days"),
  latest_gap: text("gap before the latest active day"),
  gaps_3: text("gaps of 3 days or more"),
  gaps_7: text("gaps of 7 days or more"),
  silence_to_mean_gap: text("present silence beside the mean gap"),
  silence_to_longest_gap: text("present silence beside the longest gap"),
  rate_before_silence: text("active days before the present silence"),
  missed_days: text("active days that the present silence has cost"),
  lessons_7: text("lessons completed, last 7 days"),
  lessons_28: text("lessons completed, last 28 days"),
  features_28: text("features used, last 28 days"),
  talk_28: text("posts, comments, questions and answers, last 28 days"),
  assessments_28: text("assessments taken, last 28 days"),
  days_since_assessment: text("days since the latest assessment"),
  score_mean: text("mean score of all assessments"),
  score_mean_28: text("mean score of the last 28 days"),
  days_since_module: text("days since the latest module"),
  module_rate: text("modules completed per 28 days"),
  lesson_rate: text("lessons completed per 28 days"),
  assessment_rate: text("assessments taken per 28 days"),
  lesson_rate_before: text("lessons per 28 days before the last 28 days"),
  activity_rate: text("activities per day, over the whole time"),
  activity_rate_before: text("activities per day before the last 28 days"),
  activity_to_usual: text("activity beside what is usual for this learner"),
  completion_rate: text("progress in the curriculum per 28 days"),
  observed_28: text("days observed of the last 28"),
  ever_active: text("has been active at all"),
};
/** In the viewer's language where it is known here, else as the model tells it. */
export const featureText = (name: string, told: string) => (Object.hasOwn(featureTexts, name) ? translate(featureTexts[name]!) : told);

/** The API tells a reason in English, with its value in it; in another language it is told by the feature's name. */
export const reasonText = (name: string, told: string, value: number) =>
  told !== "" && (locale().startsWith("en") || !Object.hasOwn(featureTexts, name)) ? told : t("{what}: {value}", { what: featureText(name, name), value: Math.round(value * 100) / 100 });

/** How much of an interval's worth a model is above the yardstick beside it: false where the intervals meet. */
export const isBeyond = (model: Judged, yardstick: Judged) => model.low > yardstick.high;
