import { inLanguage, t } from "../language";
import { indicatorName, type RiskIndicator } from "../tags";
import type { CardName, CohortBy, KpiName } from "./sets";

const at = (day: string) => new Date(`${day}T00:00:00Z`);
const rangeForm = inLanguage((where) => new Intl.DateTimeFormat(where, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }));
const monthForm = inLanguage((where) => new Intl.DateTimeFormat(where, { month: "short", year: "numeric", timeZone: "UTC" }));

/** "Feb 19 – Mar 18, 2027" */
export const rangeWords = ({ from, to }: { from: string; to: string }) => rangeForm().formatRange(at(from), at(to));
/** A month, YYYY-MM, in words. */
export const monthWords = (month: string) => monthForm().format(at(`${month}-01`));

export const cardWords = (): Record<CardName, { name: string; note: string }> => ({
  active_learners: { name: t("Active learners"), note: t("Active and Progressing") },
  mastery_rate: { name: t("Mastery rate"), note: t("Mastery, of all customers") },
  at_risk: { name: t("At risk"), note: t("Declining") },
  recovery_rate: { name: t("Recovery rate"), note: t("back within 30 days of slipping") },
});

export const kpiWords = (): Record<KpiName, { name: string; what: string }> => ({
  active_learner_rate: { name: t("Active learner rate"), what: t("Customers in Active or Progressing, of all customers.") },
  active_learner_rate_open: { name: t("Active rate, still learning"), what: t("Customers in Active or Progressing, of those neither in Mastery nor Churned.") },
  progression_velocity: { name: t("Progression velocity"), what: t("Median days from the start to the first time in Progressing.") },
  mastery_within_60_days: { name: t("Mastery within 60 days"), what: t("Customers who reached Mastery in their first 60 days, of those whose 60 days are over.") },
  at_risk_detection: { name: t("At-risk detection"), what: t("Hours from the moment the condition held to the tag Declining or to the opened review.") },
  recovery_rate: { name: t("Recovery rate"), what: t("Falls into Declining that were back in Active or Progressing within 30 days, of those whose 30 days are over.") },
  automation_share: { name: t("Automation share"), what: t("Transitions that were applied without a person, of all transitions.") },
  automation_accuracy: { name: t("Automation accuracy"), what: t("Automatic transitions that were neither undone nor overridden within 14 days.") },
  churn_rate: { name: t("Churn rate"), what: t("Customers who moved to Churned, per 28 days. The aim is a quarter below the baseline.") },
  progression_rate: { name: t("Progression rate"), what: t("Customers who moved on to Progressing, per 28 days. The aim is a quarter above the baseline.") },
});

export const allKpis = (): KpiName[] => Object.keys(kpiWords()) as KpiName[];

export const cohortByWords = (): Record<CohortBy, { name: string; column: string }> => ({
  month: { name: t("Start month"), column: t("Started in") },
  tier: { name: t("Tier"), column: t("Tier") },
  engagement: { name: t("Engagement"), column: t("Engagement of the first 28 days") },
});

const levels = (): Record<string, string> => ({ low: t("Low, below 30"), medium: t("Medium, 30 to 70"), high: t("High, from 70"), "": t("Not known yet") });

export function cohortName(by: CohortBy, cohort: string): string {
  if (by === "month") return monthWords(cohort);
  if (by === "tier") return cohort === "" ? t("No tier") : cohort;
  return levels()[cohort] ?? cohort;
}

/** When each indicator is raised, as the contract has it. */
export const riskWords = (): Record<RiskIndicator, string> => ({
  low_engagement: t("mean engagement of the days of learning below 30"),
  learning_stagnation: t("mean progress of the days of learning below 20"),
  social_isolation: t("no contact with others in 30 days, active on at least 4"),
  activity_decline: t("fewer than 3 activities on a day of learning"),
  login_gap: t("no login for 5 days or more"),
  engagement_drop: t("engagement of 7 days at half of the 7 before, or less"),
  assessment_failure: t("2 assessments or more in 30 days, mean below 50"),
  session_shortening: t("sessions of 7 days less than half as long as those of 30"),
  stalled_module: t("lessons, but no module finished for 21 days"),
  never_started: t("no lesson, module or assessment 3 days after the start"),
  support_burden: t("3 support tickets in 7 days, or an NPS of 6 or less"),
  billing_risk: t("a failed payment within 14 days, and none that was paid since"),
});

export const capital = (text: string) => text.replace(/^./u, (letter) => letter.toUpperCase());
export const riskName = (type: RiskIndicator) => capital(indicatorName(type));
