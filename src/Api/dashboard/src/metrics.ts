import type { Customer, MetricValue } from "./api/schema";
import { number, percentOf, things } from "./format";
import { indicatorName, isIndicator, isTag, productNames, tagFacts } from "./tags";

/** The metrics that rules can name, as the API lists them; traits.NAME comes beside them. */
export type Metric = keyof Customer["metrics"];

/** How a metric is told. */
export interface MetricWords {
  /** What it is called: "engagement". */
  noun: string;
  /** What was observed, as a sentence without its end. */
  say: (value: number | string | string[]) => string;
  /** A bound of it, with its unit. */
  bound: (value: number | string) => string;
  /** On which side of a bound the alarm lies: there it is a limit ("limit 30 days"), elsewhere an amount ("at least 2"). */
  alarm: "above" | "below" | "none";
}

const plain = (value: number | string) => (typeof value === "number" ? number(value) : value);
const figure = (value: number | string | string[]) => (typeof value === "number" ? value : Number(value));
const days = (value: number | string) => things(figure(value), "day");
const capital = (text: string) => text.replace(/^\p{Ll}/u, (first) => first.toUpperCase());

const counted = (one: string, done = "", when = ""): MetricWords => ({
  noun: [one.includes(" day") ? "active days" : `${one}s`, done, when].filter(Boolean).join(" "),
  say: (value) => [figure(value) === 0 ? `No ${one}` : things(figure(value), one), done, when].filter(Boolean).join(" "),
  bound: plain,
  alarm: "none",
});
const score = (noun: string, when = ""): MetricWords => ({
  noun,
  say: (value) => `${capital(noun)} is ${number(figure(value))} of 100${when && ` ${when}`}`,
  bound: plain,
  alarm: "below",
});
const silence = (noun: string, none: string, recent: string): MetricWords => ({
  noun,
  say: (value) => (figure(value) === 0 ? recent : none.replace("*", days(figure(value)))),
  bound: days,
  alarm: "above",
});
const named = (noun: string, name: (value: string) => string = (value) => value): MetricWords => ({
  noun,
  say: (value) => `${capital(noun)} is ${name(String(value))}`,
  bound: (value) => name(String(value)),
  alarm: "none",
});

type Windowed<S extends string> = Record<`${S}_7d` | `${S}_30d`, MetricWords>;
const windowed = <S extends string>(stem: S, words: (when: string) => MetricWords) =>
  ({ [`${stem}_7d`]: words("in the last 7 days"), [`${stem}_30d`]: words("in the last 30 days") }) as Windowed<S>;

type Scored<S extends string> = Record<S | `${S}_30d` | `${S}_today`, MetricWords>;
const scored = <S extends string>(stem: S, noun: string) =>
  ({
    [stem]: score(noun, "in the mean of 7 days"), [`${stem}_30d`]: score(noun, "in the mean of 30 days"), [`${stem}_today`]: score(noun, "today"),
  }) as Scored<S>;

const change: MetricWords = {
  noun: "change of engagement against the week before",
  say: (value) => (figure(value) === 0 ? "Engagement is as it was the week before"
    : `Engagement ${figure(value) < 0 ? "fell" : "rose"} by ${percentOf(Math.abs(figure(value)))} against the week before`),
  bound: (value) => `a ${figure(value) < 0 ? "fall" : "rise"} of ${percentOf(Math.abs(figure(value)))}`,
  alarm: "below",
};

const trends: Record<string, string> = { up: "rising", down: "falling", stable: "stable" };
const tagName = (code: string) => (isTag(code) ? tagFacts[code].short : code);
const indicators = (value: number | string | string[]) => (Array.isArray(value) ? value : [String(value)]).map((name) => (isIndicator(name) ? indicatorName(name) : name));

/** One line a metric: a new one does not compile until it has its words here. */
export const metricWords: Record<Metric, MetricWords> = {
  modules_completed: counted("module", "completed"),
  lessons_completed: counted("lesson", "completed"),
  assessments_taken: counted("assessment", "taken"),
  assessment_avg_score: score("mean assessment score"),
  final_assessment: score("best final assessment"),
  curriculum_completion: { noun: "curriculum completion", say: (value) => `${percentOf(figure(value))} of the curriculum completed`, bound: (value) => percentOf(figure(value)), alarm: "none" },
  ...windowed("sessions", (when) => counted("session", when)),
  ...windowed("session_minutes", (when) => counted("minute", "spent learning", when)),
  ...windowed("pages_viewed", (when) => counted("page", "viewed", when)),
  ...windowed("features_used", (when) => counted("feature", "used", when)),
  ...windowed("lessons_completed", (when) => counted("lesson", "completed", when)),
  ...windowed("assessments_taken", (when) => counted("assessment", "taken", when)),
  ...windowed("assessments_scored", (when) => counted("assessment", "scored", when)),
  ...windowed("assessment_avg_score", (when) => score("mean assessment score", when)),
  ...windowed("modules_completed", (when) => counted("module", "completed", when)),
  ...windowed("forum_posts", (when) => counted("forum post", "written", when)),
  ...windowed("comments_made", (when) => counted("comment", "made", when)),
  ...windowed("questions_asked", (when) => counted("question", "asked", when)),
  ...windowed("answers_given", (when) => counted("answer", "given", when)),
  ...windowed("active_days", (when) => counted("active day", when)),
  ...scored("engagement_score", "engagement"),
  ...scored("progress_score", "progress"),
  ...scored("community_score", "community score"),
  ...scored("overall_health_score", "overall health"),
  community_contribution: score("community contribution", "over 30 days"),
  engagement_change_7d: change,
  score_trend: { ...named("score trend", (value) => trends[value] ?? value), say: (value) => `Scores are ${trends[String(value)] ?? value}` },
  usual_gap: { noun: "usual break", say: (value) => `The longest usual break is ${days(figure(value))}`, bound: days, alarm: "above" },
  days_since_login: silence("days since the last login", "No login for *", "Logged in within the last 24 hours"),
  days_since_activity: silence("days since the last activity", "No activity for *", "Active within the last 24 hours"),
  days_since_enrollment: { ...silence("days since enrolment", "Enrolled * ago", "Enrolled within the last 24 hours"), alarm: "none" },
  days_in_status: { ...silence("days in this status", "In this status for *", "In this status for less than a day"), alarm: "none" },
  customer_tier: named("tier"),
  product_tag: named("product", (code) => productNames[code] ?? code),
  ltv_value: { noun: "lifetime value", say: (value) => `Lifetime value is ${plain(value as number)}`, bound: plain, alarm: "none" },
  risk_indicator_count: counted("risk indicator", "raised"),
  risk_indicators: {
    noun: "risk indicators",
    say: (value) => (indicators(value).length === 0 ? "No risk indicator raised" : `Risk indicators raised: ${indicators(value).join(", ")}`),
    bound: (value) => indicators(value).join(", "), alarm: "none",
  },
  churn_probability: { noun: "churn probability", say: (value) => `Churn probability is ${percentOf(100 * figure(value))}`, bound: (value) => percentOf(100 * figure(value)), alarm: "above" },
  previous_tag: { ...named("tag before", tagName), say: (value) => `The tag before was ${tagName(String(value))}` },
};

const traitPrefix = "traits.";

/** Words for a trait, and for a metric of a newer server too: its own name, spaced. */
function wordsOfOther(metric: string): MetricWords {
  const name = metric.startsWith(traitPrefix) ? `trait “${metric.slice(traitPrefix.length)}”` : metric.replaceAll("_", " ");
  return { noun: name, say: (value) => `${capital(name)} is ${valueText(value)}`, bound: plain, alarm: "none" };
}

export const wordsOf = (metric: string): MetricWords => (Object.hasOwn(metricWords, metric) ? metricWords[metric as Metric] : wordsOfOther(metric));

export const valueText = (value: MetricValue | null): string =>
  value === null ? "no value" : Array.isArray(value) ? (value.length === 0 ? "none" : value.join(", ")) : plain(value);

export const startsSentence = capital;
