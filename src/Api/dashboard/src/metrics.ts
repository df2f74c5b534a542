import type { Customer, MetricValue } from "./api/schema";
import { number, percentOf, things } from "./format";
import { t, text, translate, translated } from "./language";
import { behaviorNames, indicatorName, isIndicator, isTag, productNames, tagFacts } from "./tags";

/** The metrics that rules can name, as the API lists them; traits.NAME comes beside them. */
export type Metric = keyof Customer["metrics"];

/** How a metric is told. */
export interface MetricWords {
  /** What it is called: "engagement". */
  readonly noun: string;
  /** What was observed, as a sentence without its end. */
  say: (value: number | string | string[]) => string;
  /** A bound of it, with its unit. */
  bound: (value: number | string) => string;
  /** On which side of a bound the alarm lies: there it is a limit ("limit 30 days"), elsewhere an amount ("at least 2"). */
  alarm: "above" | "below" | "none";
}

const plain = (value: number | string) => (typeof value === "number" ? number(value) : value);
const figure = (value: number | string | string[]) => (typeof value === "number" ? value : Number(value));
const days = (value: number | string | string[]) => things(figure(value), "day");
const capital = (text: string) => text.replace(/^\p{Ll}/u, (first) => first.toUpperCase());

const timed = (what: string, when: string | null) => (when === null ? what : t("{what} {when}", { what, when: translate(when) }));

const counted = (none: string, some: string, noun: string, when: string | null = null): MetricWords => ({
  get noun() { return timed(translate(noun), when); },
  say: (value) => timed(translate(figure(value) === 0 ? none : some, { n: figure(value) }), when),
  bound: plain,
  alarm: "none",
});
const score = (noun: string, when: string | null = null): MetricWords => ({
  get noun() { return translate(noun); },
  say: (value) => {
    const [what, n] = [capital(translate(noun)), number(figure(value))];
    return when === null ? t("{what} is {n} of 100", { what, n }) : t("{what} is {n} of 100 {when}", { what, n, when: translate(when) });
  },
  bound: plain,
  alarm: "below",
});
const silence = (noun: string, none: string, recent: string, alarm: MetricWords["alarm"] = "above"): MetricWords => ({
  get noun() { return translate(noun); },
  say: (value) => (figure(value) === 0 ? translate(recent) : translate(none, { days: days(value) })),
  bound: days,
  alarm,
});
const same = (value: string) => value;
const named = (noun: string, name: (value: string) => string = same, says: string | null = null): MetricWords => ({
  get noun() { return translate(noun); },
  say: (value) => (says === null ? t("{what} is {value}", { what: capital(translate(noun)), value: name(String(value)) }) : translate(says, { value: name(String(value)) })),
  bound: (value) => name(String(value)),
  alarm: "none",
});
const measured = (noun: string, says: string, bound: (value: number | string) => string, alarm: MetricWords["alarm"]): MetricWords => ({
  get noun() { return translate(noun); },
  say: (value) => translate(says, { value: bound(typeof value === "number" ? value : String(value)) }),
  bound,
  alarm,
});

type Windowed<S extends string> = Record<`${S}_7d` | `${S}_30d`, MetricWords>;
const windowed = <S extends string>(stem: S, words: (when: string) => MetricWords) =>
  ({ [`${stem}_7d`]: words(text("in the last 7 days")), [`${stem}_30d`]: words(text("in the last 30 days")) }) as Windowed<S>;

type Scored<S extends string> = Record<S | `${S}_30d` | `${S}_today`, MetricWords>;
const scored = <S extends string>(stem: S, noun: string) =>
  ({
    [stem]: score(noun, text("in the mean of 7 days")), [`${stem}_30d`]: score(noun, text("in the mean of 30 days")), [`${stem}_today`]: score(noun, text("today")),
  }) as Scored<S>;

const change: MetricWords = {
  get noun() { return t("change of engagement against the week before"); },
  say: (value) => {
    const by = percentOf(Math.abs(figure(value)));
    return figure(value) === 0 ? t("Engagement is as it was the week before")
      : figure(value) < 0 ? t("Engagement fell by {by} against the week before", { by }) : t("Engagement rose by {by} against the week before", { by });
  },
  bound: (value) => {
    const by = percentOf(Math.abs(figure(value)));
    return figure(value) < 0 ? t("a fall of {by}", { by }) : t("a rise of {by}", { by });
  },
  alarm: "below",
};

const trends: Record<string, string> = translated({ up: "rising", down: "falling", stable: "stable" });
const trendName = (value: string) => trends[value] ?? value;
const tagName = (code: string) => (isTag(code) ? tagFacts[code].short : code);
const indicators = (value: number | string | string[]) => (Array.isArray(value) ? value : [String(value)]).map((name) => (isIndicator(name) ? indicatorName(name) : name)).join(t(", "));
const behaviours = (value: number | string | string[]) => (Array.isArray(value) ? value : [String(value)]).map((code) => behaviorNames[code] ?? code).join(t(", "));
const percents = (value: number | string) => percentOf(figure(value));

/** One line a metric: a new one does not compile until it has its words here. */
export const metricWords: Record<Metric, MetricWords> = {
  modules_completed: counted(text("No module completed"), text("{n} {n|module|modules} completed"), text("modules completed")),
  lessons_completed: counted(text("No lesson completed"), text("{n} {n|lesson|lessons} completed"), text("lessons completed")),
  assessments_taken: counted(text("No assessment taken"), text("{n} {n|assessment|assessments} taken"), text("assessments taken")),
  assessment_avg_score: score(text("mean assessment score")),
  final_assessment: score(text("best final assessment")),
  curriculum_completion: measured(text("curriculum completion"), text("{value} of the curriculum completed"), percents, "none"),
  ...windowed("sessions", (when) => counted(text("No session"), text("{n} {n|session|sessions}"), text("sessions"), when)),
  ...windowed("session_minutes", (when) => counted(text("No minute spent learning"), text("{n} {n|minute|minutes} spent learning"), text("minutes spent learning"), when)),
  ...windowed("pages_viewed", (when) => counted(text("No page viewed"), text("{n} {n|page|pages} viewed"), text("pages viewed"), when)),
  ...windowed("features_used", (when) => counted(text("No feature used"), text("{n} {n|feature|features} used"), text("features used"), when)),
  ...windowed("lessons_completed", (when) => counted(text("No lesson completed"), text("{n} {n|lesson|lessons} completed"), text("lessons completed"), when)),
  ...windowed("assessments_taken", (when) => counted(text("No assessment taken"), text("{n} {n|assessment|assessments} taken"), text("assessments taken"), when)),
  ...windowed("assessments_scored", (when) => counted(text("No assessment scored"), text("{n} {n|assessment|assessments} scored"), text("assessments scored"), when)),
  ...windowed("assessment_avg_score", (when) => score(text("mean assessment score"), when)),
  ...windowed("modules_completed", (when) => counted(text("No module completed"), text("{n} {n|module|modules} completed"), text("modules completed"), when)),
  ...windowed("forum_posts", (when) => counted(text("No forum post written"), text("{n} {n|forum post|forum posts} written"), text("forum posts written"), when)),
  ...windowed("comments_made", (when) => counted(text("No comment made"), text("{n} {n|comment|comments} made"), text("comments made"), when)),
  ...windowed("questions_asked", (when) => counted(text("No question asked"), text("{n} {n|question|questions} asked"), text("questions asked"), when)),
  ...windowed("answers_given", (when) => counted(text("No answer given"), text("{n} {n|answer|answers} given"), text("answers given"), when)),
  ...windowed("active_days", (when) => counted(text("No active day"), text("{n} {n|active day|active days}"), text("active days"), when)),
  ...scored("engagement_score", text("engagement")),
  ...scored("progress_score", text("progress")),
  ...scored("community_score", text("community score")),
  ...scored("overall_health_score", text("overall health")),
  community_contribution: score(text("community contribution"), text("over 30 days")),
  engagement_change_7d: change,
  score_trend: named(text("score trend"), trendName, text("Scores are {value}")),
  usual_gap: measured(text("usual break"), text("The longest usual break is {value}"), days, "above"),
  days_since_login: silence(text("days since the last login"), text("No login for {days}"), text("Logged in within the last 24 hours")),
  days_since_activity: silence(text("days since the last activity"), text("No activity for {days}"), text("Active within the last 24 hours")),
  days_since_enrollment: silence(text("days since enrolment"), text("Enrolled {days} ago"), text("Enrolled within the last 24 hours"), "none"),
  days_in_status: silence(text("days in this status"), text("In this status for {days}"), text("In this status for less than a day"), "none"),
  customer_tier: named(text("tier")),
  product_tag: named(text("product"), (code) => productNames[code] ?? code),
  ltv_value: measured(text("lifetime value"), text("Lifetime value is {value}"), plain, "none"),
  risk_indicator_count: counted(text("No risk indicator raised"), text("{n} risk {n|indicator|indicators} raised"), text("risk indicators raised")),
  risk_indicators: {
    get noun() { return t("risk indicators"); },
    say: (value) => (indicators(value) === "" ? t("No risk indicator raised") : t("Risk indicators raised: {list}", { list: indicators(value) })),
    bound: indicators, alarm: "none",
  },
  behavior_tags: {
    get noun() { return t("behaviour tags"); },
    say: (value) => (behaviours(value) === "" ? t("No behaviour tag") : t("Behaviour tags: {list}", { list: behaviours(value) })),
    bound: behaviours, alarm: "none",
  },
  churn_probability: measured(text("churn probability"), text("Churn probability is {value}"), (value) => percentOf(100 * figure(value)), "above"),
  previous_tag: named(text("tag before"), tagName, text("The tag before was {value}")),
};

const traitPrefix = "traits.";

/** Words for a trait, and for a metric of a newer server too: its own name, spaced. */
function wordsOfOther(metric: string): MetricWords {
  const name = metric.startsWith(traitPrefix) ? t("trait “{name}”", { name: metric.slice(traitPrefix.length) }) : metric.replaceAll("_", " ");
  return { noun: name, say: (value) => t("{what} is {value}", { what: capital(name), value: valueText(value) }), bound: plain, alarm: "none" };
}

export const wordsOf = (metric: string): MetricWords => (Object.hasOwn(metricWords, metric) ? metricWords[metric as Metric] : wordsOfOther(metric));

export const valueText = (value: MetricValue | null): string =>
  value === null ? t("no value") : Array.isArray(value) ? (value.length === 0 ? t("none") : value.join(", ")) : plain(value);

export const startsSentence = capital;
