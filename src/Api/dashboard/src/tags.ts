import type { CustomerRow, IndicatorView, ScoresView, StatusTag } from "./api/schema";
import { translated } from "./language.ts";

// The closed sets of the product, as the API has them. A new member does not compile until every table below has a line for it.
export type { StatusTag };
export type Tier = NonNullable<CustomerRow["tier"]>;
export type Severity = IndicatorView["severity"];
export type Trend = ScoresView["trend"];
export type RiskIndicator = IndicatorView["type"];

export interface TagFacts {
  emoji: string;
  /** The display name after its emoji. */
  name: string;
  short: string;
  meaning: string;
}

export const tagFacts: Record<StatusTag, TagFacts> = translated({
  ST_001: { emoji: "🌱", name: "Learning:Active", short: "Active", meaning: "engaging with the content" },
  ST_002: { emoji: "📚", name: "Learning:Progressing", short: "Progressing", meaning: "completing milestones" },
  ST_003: { emoji: "🏆", name: "Learning:Mastery", short: "Mastery", meaning: "proficiency reached" },
  ST_004: { emoji: "⚠️", name: "Risk:Declining", short: "Declining", meaning: "engagement is falling" },
  ST_005: { emoji: "🔄", name: "Risk:Re-engagement", short: "Re-engagement", meaning: "in a retention campaign" },
  ST_006: { emoji: "📤", name: "Status:Churned", short: "Churned", meaning: "silent for 30 days or more" },
});

export const severities: Record<RiskIndicator, Severity> = {
  low_engagement: "high",
  learning_stagnation: "medium",
  social_isolation: "low",
  activity_decline: "medium",
  login_gap: "high",
  engagement_drop: "high",
  assessment_failure: "medium",
  session_shortening: "low",
  stalled_module: "medium",
  never_started: "high",
  support_burden: "medium",
  billing_risk: "high",
};

export const productNames: Record<string, string> = { PT_001: "PPAL Pro", PT_002: "PPAL Enterprise", PT_003: "PPAL Freemium" };
export const tierOfProduct: Record<string, Tier> = { PT_001: "Pro", PT_002: "Enterprise", PT_003: "Freemium" };

export const behaviorNames: Record<string, string> = translated({
  BT_001: "High-Frequency",
  BT_002: "Mobile-Primary",
  BT_003: "Community-Active",
  BT_004: "Fast-Track",
  BT_005: "Feature-Explorer",
  BT_006: "Video-Preferred",
  BT_007: "Collaboration-Focused",
  BT_008: "Certification-Driven",
});

const indicatorNames: Record<RiskIndicator, string> = translated({
  low_engagement: "low engagement",
  learning_stagnation: "learning stagnation",
  social_isolation: "social isolation",
  activity_decline: "activity decline",
  login_gap: "login gap",
  engagement_drop: "engagement drop",
  assessment_failure: "assessment failure",
  session_shortening: "session shortening",
  stalled_module: "stalled module",
  never_started: "never started",
  support_burden: "support burden",
  billing_risk: "billing risk",
});

/** How bad an indicator is, in words. */
export const severityNames: Record<Severity, string> = translated({ high: "high", medium: "medium", low: "low" });

const tierOrder: Record<Tier, number> = { Freemium: 0, Pro: 1, Enterprise: 2 };
const severityOrder: Record<Severity, number> = { high: 0, medium: 1, low: 2 };

export const allTags = Object.keys(tagFacts) as StatusTag[];
export const allTiers = Object.keys(tierOrder) as Tier[];
export const allBehaviors = Object.keys(behaviorNames);
export const allSeverities = Object.keys(severityOrder) as Severity[];
export const allIndicators = Object.keys(severities) as RiskIndicator[];

export const fullName = (tag: StatusTag) => `${tagFacts[tag].emoji} ${tagFacts[tag].name}`;
export const isTag = (text: string | null | undefined): text is StatusTag => !!text && Object.hasOwn(tagFacts, text);
export const worstFirst = (a: Severity, b: Severity) => severityOrder[a] - severityOrder[b];
export const isIndicator = (text: string): text is RiskIndicator => Object.hasOwn(severities, text);
export const indicatorName = (indicator: RiskIndicator) => (isIndicator(indicator) ? indicatorNames[indicator] : String(indicator).replaceAll("_", " "));
