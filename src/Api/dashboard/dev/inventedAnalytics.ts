import { matrix } from "./inventedPredictions.ts";
import type { Automation, CohortRow, Cohorts, Distribution, Flow, Kpi, Kpis, Overview, Risks, Weekly } from "../src/api/schema";
import type { Counts, KpiName, Ranged } from "../src/analytics/sets";
import { allIndicators, allTags, allTiers, severities } from "../src/tags.ts";
import { counts, ledger, lines, now } from "./invented.ts";
import { inventedCosts, inventedValue, setInventedCosts } from "./inventedValue.ts";

/** Invented figures in the shapes of the analytics API; the same ones for the same days. */
const dayMs = 86_400_000;
const dayAt = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const daysOf = ({ from, to }: { from: string; to: string }) => Array.from({ length: (Date.parse(to) - Date.parse(from)) / dayMs + 1 }, (_, at) => dayAt(Date.parse(from) + at * dayMs));
const tenth = (n: number) => Math.round(n * 10) / 10;

/** A wave of its own for each name, between 0 and 1, the same on the same day. */
function wave(name: string, day: string): number {
  const at = Date.parse(day) / dayMs;
  const phase = [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 997;
  const noise = Math.abs(Math.sin(at * 12.9898 + phase) * 43758.5453) % 1;
  return Math.min(1, Math.max(0, 0.5 + 0.24 * Math.sin(at / 9 + phase) + 0.12 * Math.sin(at / 2.3 + phase) + 0.28 * (noise - 0.5)));
}

function ranged(ask: (name: string) => string): Ranged {
  const to = ask("to") || dayAt(now());
  const from = ask("from") || dayAt(Date.parse(to) - 27 * dayMs);
  const span = Date.parse(to) - Date.parse(from) + dayMs;
  return { from, to, previousFrom: dayAt(Date.parse(from) - span), previousTo: dayAt(Date.parse(from) - dayMs), asOf: new Date(now()).toISOString(), through: ledger.length };
}

const drift: Record<string, number> = { ST_001: 0.14, ST_002: 0.1, ST_003: 0.32, ST_004: 0.4, ST_005: 0.3, ST_006: 0.45 };

/** Today's counts, and before them fewer the longer ago. */
function countsOn(day: string): Counts {
  const ago = (Date.parse(dayAt(now())) - Date.parse(day)) / dayMs;
  const present = counts();
  return Object.fromEntries(allTags.map((tag) => [tag, Math.max(0, Math.round(present[tag] * Math.exp(-ago / 260) * (1 + (ago === 0 ? 0 : drift[tag]! * (wave(tag, day) - 0.5)))))])) as Counts;
}
const all = (of: Counts) => allTags.reduce((sum, tag) => sum + of[tag], 0);

function overview(range: Ranged): Overview {
  const days = daysOf(range);
  const card = (name: Overview["cards"][number]["name"], unit: "customers" | "percent", of: (day: string) => number) => {
    const [value, previous] = [of(range.to), of(range.previousTo)];
    return { name, value, previous, change: tenth(value - previous), unit, days: days.map((date) => ({ date, value: of(date) })) };
  };
  const on = countsOn;
  return {
    ...range, customers: all(counts()), cards: [
      card("active_learners", "customers", (day) => on(day).ST_001 + on(day).ST_002), card("mastery_rate", "percent", (day) => tenth((100 * on(day).ST_003) / all(on(day)))),
      card("at_risk", "customers", (day) => on(day).ST_004), card("recovery_rate", "percent", (day) => tenth(24 + 18 * wave("recovery", day))),
    ],
  };
}

const distribution = (range: Ranged): Distribution => ({ ...range, at: range.asOf, counts: counts(), days: daysOf(range).map((date) => ({ date, counts: countsOn(date) })) });

const moves: [string, string, number][] = [
  ["ST_001", "ST_002", 9.1], ["ST_001", "ST_004", 5.2], ["ST_002", "ST_003", 3.4], ["ST_002", "ST_004", 2.8], ["ST_003", "ST_004", 0.7], ["ST_004", "ST_001", 2.9],
  ["ST_004", "ST_005", 2.2], ["ST_004", "ST_006", 1.9], ["ST_005", "ST_001", 0.9], ["ST_005", "ST_006", 1.1], ["ST_006", "ST_001", 0.4],
];

function flow(range: Ranged): Flow {
  const over = (span: { from: string; to: string }, name: string, daily: number) => Math.round(daysOf(span).reduce((sum, day) => sum + daily * (0.4 + wave(name, day)), 0));
  const before = { from: range.previousFrom, to: range.previousTo };
  const items = moves.map(([from, to, daily]) => ({ from, to, count: over(range, from + to, daily), previous: over(before, from + to, daily) })) as Flow["items"];
  return { ...range, items, total: items.reduce((sum, { count }) => sum + count, 0), previousTotal: items.reduce((sum, { previous }) => sum + previous, 0) };
}

function cohorts(range: Ranged, ask: (name: string) => string): Cohorts {
  const by = (ask("by") || "month") as Cohorts["by"];
  const end = new Date(now());
  const first = ask("from") ? new Date(ask("from")) : new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - 11, 1));
  const months = (end.getUTCFullYear() - first.getUTCFullYear()) * 12 + end.getUTCMonth() - first.getUTCMonth();
  const named = by === "month" ? Array.from({ length: months + 1 }, (_, at) => dayAt(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + at, 1)).slice(0, 7)) : by === "tier" ? [...allTiers] : ["low", "medium", "high"];
  const rows = named.map((cohort, at): CohortRow => {
    const customers = Math.round(60 + 90 * wave(cohort, "2027-01-01"));
    const strength = by === "month" ? 0.8 + at / 60 : 0.65 + at * 0.2;
    const last = by === "month" ? months - at : months;
    const periods = Array.from({ length: last + 1 }, (_, period) => {
      const gone = Math.min(0.72, (1 - Math.exp(-period / (6 * strength))) * 0.62 + 0.02 * wave(cohort, dayAt(period * 8 * dayMs)));
      const mastered = Math.min(0.3, 0.035 * period * strength);
      const counted = [(1 - gone - mastered) * Math.max(0.3, 0.8 - period * 0.07), (1 - gone - mastered) * Math.min(0.7, 0.2 + period * 0.07), mastered, gone * 0.3, gone * 0.12, gone * 0.58].map((share) => Math.round(share * customers));
      counted[0]! += customers - counted.reduce((sum, n) => sum + n, 0);
      const of = Object.fromEntries(allTags.map((tag, index) => [tag, counted[index]!])) as Counts;
      return { period, customers, counts: of, shares: Object.fromEntries(allTags.map((tag) => [tag, tenth((100 * of[tag]) / customers)])) as Counts, partial: period === last };
    });
    return { cohort, customers, now: periods[last]!.counts, periods };
  });
  return { ...range, from: dayAt(first.getTime()), by, rows };
}

function risks(range: Ranged): Risks {
  const flagged = lines.filter(({ riskIndicators }) => riskIndicators.length > 0).length;
  return {
    ...range, customers: lines.length, flagged, items: allIndicators.map((type) => {
      const customers = lines.filter(({ riskIndicators }) => riskIndicators.some((each) => each.type === type)).length;
      const on = (day: string) => Math.round(customers * (0.7 + 0.5 * wave(type, day)));
      return { type, severity: severities[type], customers, share: tenth((100 * customers) / lines.length), previous: on(range.previousTo), days: daysOf(range).map((date) => ({ date, count: date === dayAt(now()) ? customers : on(date) })) };
    }),
  };
}

function automation(range: Ranged): Automation {
  const days = daysOf(range).map((date) => {
    const weekend = [0, 6].includes(new Date(date).getUTCDay()) ? 0.45 : 1;
    const n = (name: string, daily: number) => Math.round(daily * weekend * (0.4 + 1.2 * wave(name, date)));
    return { date, automatic: n("auto", 27), approved: n("approved", 2.6), overridden: n("over", 0.9), expired: n("expired", 0.7), reviewsOpened: n("opened", 5), reviewsDecided: n("decided", 4.6) };
  });
  const sum = (name: keyof (typeof days)[number]) => days.reduce((total, day) => total + Number(day[name]), 0);
  const [automatic, approved, overridden, expired] = [sum("automatic"), sum("approved"), sum("overridden"), sum("expired")];
  const transitions = automatic + approved + overridden + expired;
  const [undone, wrong] = [Math.round(automatic * 0.013), Math.round(automatic * 0.041)];
  const rejected = Math.round(approved * 0.28);
  return {
    ...range, transitions, automatic, approved, overridden, expired, share: tenth((100 * automatic) / transitions), previousShare: 84.6, undone, undoRate: tenth((100 * undone) / transitions), wrong, accuracy: tenth(100 - (100 * wrong) / automatic), rejectionRate: tenth((100 * rejected) / (approved + rejected)),
    reviews: { opened: sum("reviewsOpened"), approved, rejected, expired, superseded: 14, withdrawn: 21, open: 7, oldestOpenHours: 49.5, medianHours: 5.8, ages: [{ upToHours: 4, count: 2 }, { upToHours: 24, count: 3 }, { upToHours: 72, count: 2 }, { upToHours: null, count: 0 }] },
    days, campaigns: ["welcome_active_learner", "standard_nurturing", "progression_milestone", "cs_alert", "personal_check_in", "quarterly_winback"].map((name, at) => ({ name, actions: 1640 - at * 230, sent: 1403 - at * 211, failed: (at * 7) % 11, suppressed: 140 - at * 16 })),
  };
}

function weekly(range: Ranged): Weekly {
  const monday = (day: string) => dayAt(Date.parse(day) - ((new Date(day).getUTCDay() + 6) % 7) * 86_400_000);
  const weeks = [...new Set(daysOf(range).map(monday))].map((week) => {
    const n = (name: string, most: number) => Math.round(most * wave(name, week));
    return { week, partial: week < range.from || dayAt(Date.parse(week) + 6 * 86_400_000) >= dayAt(now()), revenueKept: n("revenue", 1_240_000), tags: allTags.map((tag) => ({ tag, opens: n(`open${tag}`, 420), clicks: n(`click${tag}`, 120), conversions: n(`convert${tag}`, 24), nps: tenth(80 * wave(`nps${tag}`, week) - 20), npsAnswers: n(`answers${tag}`, 18), tickets: n(`ticket${tag}`, 9) })) };
  });
  return { ...range, weeks };
}

interface KpiFacts { unit: Kpi["unit"]; better: Kpi["better"]; goal: number | null; baseline: number | null; low: number; high: number }
const kpi = (unit: Kpi["unit"], better: Kpi["better"], goal: number | null, baseline: number | null, low: number, high: number): KpiFacts => ({ unit, better, goal, baseline, low, high });
const facts: Record<KpiName, KpiFacts> = {
  active_learner_rate: kpi("percent", "higher", 70, 58.2, 56, 66), active_learner_rate_open: kpi("percent", "higher", 70, 71, 70, 82), progression_velocity: kpi("days", "lower", 14, 16.5, 9, 17),
  mastery_within_60_days: kpi("percent", "higher", 40, 22.1, 18, 34), at_risk_detection: kpi("hours", "lower", 24, 30, 4, 20), recovery_rate: kpi("percent", "higher", 35, 28.4, 24, 42),
  automation_share: kpi("percent", "higher", 85, 79.5, 80, 94), automation_accuracy: kpi("percent", "higher", 85, 91, 90, 98), churn_rate: kpi("percent", "lower", 4.8, 6.4, 4, 7), progression_rate: kpi("percent", "higher", 16.3, 13, 12, 19),
};

function kpis(range: Ranged): Kpis {
  const months = Array.from({ length: 6 }, (_, at) => dayAt(Date.UTC(new Date(now()).getUTCFullYear(), new Date(now()).getUTCMonth() - 5 + at, 1)).slice(0, 7));
  return {
    ...range, items: (Object.entries(facts) as [KpiName, KpiFacts][]).map(([name, { low, high, ...of }]): Kpi => {
      const on = (day: string, more = "") => tenth(low + (high - low) * wave(name + more, day));
      const [value, previous] = [on(range.to), on(range.previousTo)];
      const met = of.goal === null ? null : of.better === "higher" ? value >= of.goal : value <= of.goal;
      return {
        name, ...of, goalIsSet: false, baselineIsSet: false, value, previous, change: tenth(value - previous), met, trend: Math.abs(value - previous) < 1 ? "stable" : value > previous ? "up" : "down",
        numerator: of.unit === "percent" ? Math.round(value * 12.84) : null, denominator: of.unit === "percent" ? 1284 : 412,
        days: daysOf(range).map((date, at) => ({ date, value: name === "at_risk_detection" && at % 9 === 4 ? null : on(date) })),
        breakdown: !["churn_rate", "progression_rate"].includes(name) ? [] : allTiers.flatMap((tier) => months.map((month) => ({ tier, month, value: tier === "Enterprise" && month === months[1] ? null : on(`${month}-15`, tier), baseline: of.baseline }))),
      };
    }),
  };
}

/** What `/api/analytics/…` answers; undefined for what it does not have. */
export function answerAnalytics(method: string, [name, part]: readonly string[], ask: (name: string) => string, body: { goal?: number | null; baseline?: number | null; channels?: Record<string, number>; campaigns?: Record<string, number> }): unknown {
  const range = ranged(ask);
  if (name === "value" && part === "costs") return method === "PUT" ? setInventedCosts(body) : inventedCosts();
  if (method === "PUT" && name === "kpis" && part) return Object.assign(facts[part as KpiName], body);
  switch (name) {
    case "overview": return overview(range);
    case "distribution": return distribution(range);
    case "flow": return flow(range);
    case "cohorts": return cohorts(range, ask);
    case "risks": return risks(range);
    case "automation": return automation(range);
    case "weekly": return weekly(range);
    case "value": return inventedValue(range, daysOf(range));
    case "kpis": return kpis(range);
    case "matrix": return matrix();
    default: return undefined;
  }
}
