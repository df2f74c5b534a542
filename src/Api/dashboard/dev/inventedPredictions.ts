import { lines, now } from "./invented.ts";

/** Models, trainings, drift, matrix and recommendations for the pages without a silo. */
const dayMs = 86_400_000;
const iso = (daysAgo: number) => new Date(now() - daysAgo * dayMs).toISOString();
const day = (daysAgo: number) => iso(daysAgo).slice(0, 10);
const around = (value: number, width: number) => ({ value, low: value - width, high: value + width });

const bins = (bend: number) => Array.from({ length: 10 }, (_, at) => {
  const predicted = 0.04 + at * 0.1;
  return { from: at / 10, to: (at + 1) / 10, predicted, observed: Math.max(0, Math.min(1, predicted + bend * Math.sin(at))), rows: Math.round(9_000 / (1 + at)) };
});
const target = (name: string, population: string, rate: number, auc: number) => ({
  name, population, rows: 48_210, learners: 6_304, baseRate: around(rate, 0.008), auc: around(auc, 0.006), prAuc: around(auc - 0.12, 0.011), accuracy: around(0.861, 0.005), alwaysNo: around(1 - rate, 0.008),
  rule14: around(0.812, 0.006), logistic: { auc: around(auc - 0.021, 0.007), accuracy: around(0.846, 0.006) },
  budgets: [0.01, 0.05, 0.1, 0.2].map((share) => ({ share, precision: around(0.93 - share * 1.4, 0.02), recall: around(Math.min(1, share * 2.6), 0.015) })),
  calibration: bins(0.02),
  byTier: ["Enterprise", "Pro", "Freemium"].map((key, at) => ({ key, rows: 4_000 + at * 9_000, auc: auc - 0.01 * at, accuracy: 0.88 - 0.02 * at, baseRate: rate + 0.05 * at })),
  byCourseWeek: Array.from({ length: 30 }, (_, at) => ({ key: String(at + 1), rows: 1_600 - 40 * at, auc: at === 29 ? null : auc - 0.06 * Math.exp(-at / 4), accuracy: 0.83 + 0.002 * at, baseRate: rate + 0.01 * Math.cos(at) })),
});
const card = (number: number) => ({
  number, live: number === 2, source: number === 0 ? "shipped" : "trained", madeAt: iso(30 - 10 * number), provenance: number === 0 ? "OULAD, Open University" : "this installation’s log", licence: number === 0 ? "CC BY 4.0" : "",
  algorithm: "gradient-boosted trees, isotonic calibration", parameters: { trees: "300", leaves: "31" }, features: Array.from({ length: 52 }, (_, at) => ({ name: `f${at}`, unit: "", text: "" })),
  trainedOn: { from: day(400), to: day(120), rows: 182_400, learners: 21_880 }, testedOn: { from: day(118), to: day(16), rows: 48_210, learners: 6_304 },
  targets: [target("silent_14", "every enrolled learner", 0.221, 0.871), target("silent_14_active_last_7", "enrolled learners active in the last 7 days", 0.104, 0.812), target("silent_15_28", "every enrolled learner", 0.187, 0.834), target("cancelled_14", "every enrolled learner", 0.031, 0.792)],
  seconds: 214, note: "",
});
const models = [2, 1, 0].map((number) => ({
  number, live: number === 2, source: number === 0 ? "shipped" : "trained", madeAt: iso(30 - 10 * number), madeBy: number === 0 ? "L-Step" : "Dana Ops", learners: 21_880 - 400 * number, rows: 182_400 - 4_000 * number,
  auc: around(0.861 + 0.005 * number, 0.006), note: "", liveAt: number === 2 ? iso(9) : number === 0 ? iso(30) : null, liveBy: number === 2 ? "Dana Ops" : null, liveReason: number === 2 ? "Better on the autumn courses" : null,
}));
let asked = 0;
const trainings = () => {
  const share = asked === 0 ? 1 : Math.min(1, (now() - asked) / 40_000);
  const row = { requestedBy: "Dana Ops", requestedAt: iso(10), beganAt: iso(10), customers: 21_080, rows: 174_400, note: "", result: null, model: null };
  return { items: [
    ...(share < 1 ? [{ ...row, id: "training_3", finishedAt: null, step: share < 0.4 ? "reading" : "training", progress: share, rows: Math.round(174_400 * Math.min(1, share * 2)) }] : []),
    { ...row, id: "training_2", finishedAt: iso(10), step: "finished", progress: 1, result: "live", model: 2, note: "AUC 0.871 instead of 0.866, better in 98% of the draws." },
    { ...row, id: "training_1", finishedAt: iso(20), step: "finished", progress: 1, result: "kept", model: 1, note: "Not surely better than model 0." },
  ], next: null };
};
const moved = (name: string, text: string, index: number) => ({ name, unit: "days", text, index, verdict: index < 0.1 ? "stable" : index < 0.25 ? "watch" : "drifted" });
const watch = () => ({
  model: 2,
  drift: { verdict: "watch", samples: 8_412, samplesMin: 1_000, from: day(7), to: day(1), features: [moved("lessons_7", "", 0.181), moved("silent_days", "", 0.12), moved("active_days_7", "", 0.061), moved("mean_gap", "", 0.048), moved("lesson_rate", "", 0.031), moved("score_mean", "", 0.012)] },
  calibration: { verdict: "known", rows: 7_204, rowsMin: 1_000, predicted: 0.213, observed: 0.224, auc: 0.862, bins: bins(0.05) },
});

const actions: Record<string, string> = {
  "PT_001 ST_001": "standard_nurturing", "PT_003 ST_002": "upgrade_nurturing", "PT_002 ST_003": "expansion_and_advocacy", "PT_001 ST_004": "immediate_csm_intervention", "PT_002 ST_004": "immediate_csm_intervention",
  "PT_003 ST_006": "value_demonstration",
};
export const priorityAction = (product: string | null, status: string) => {
  const campaign = actions[`${product} ${status}`];
  return campaign ? { campaign, text: campaign.replaceAll("_", " ") } : null;
};
export const matrix = () => ({
  asOf: new Date(now()).toISOString(), through: 1, campaignSet: 1, customers: lines.length,
  cells: ["PT_001", "PT_002", "PT_003", null].flatMap((productTag) => ["ST_001", "ST_002", "ST_003", "ST_004", "ST_005", "ST_006"].map((status) => ({
    productTag, status, customers: lines.filter((line) => line.productTag === productTag && line.tag === status).length, priorityAction: priorityAction(productTag, status),
  }))),
});

/** Of a customer, by its health: the same each time. */
export const churnProbability = (overall: number) => Math.round(10_000 / (1 + Math.exp((overall - 42) / 9))) / 10_000;
export const churn = (overall: number) => ({
  probability: churnProbability(overall), model: 2,
  reasons: [{ feature: "silent_days", text: "", value: 6, logOdds: 0.9 }, { feature: "active_days_7", text: "", value: 1, logOdds: 0.41 }, { feature: "lessons_28", text: "", value: 9, logOdds: -0.32 }],
});

let dismissed: string[] = [];
const recommendations = () => ({
  run: { day: day(0), madeAt: iso(0.2), madeBy: null, rules: 9, campaigns: 8, lessons: 64, learners: 400, thresholds: 16, seconds: 21.4 },
  items: [
    { kind: "false_alarms", subject: "rule:3", evidence: "/rules?rule=3", parameters: { action: "require_approval", days: "7", rule: "At-risk detection", ruleId: "3" }, try: { rules: [] },
      figures: [{ name: "wrong_share", value: 0.68, low: 0.61, high: 0.74 }, { name: "cases", value: 204, low: null, high: null }, { name: "refused", value: 41, low: null, high: null }, { name: "came_back", value: 98, low: null, high: null }] },
    { kind: "threshold", subject: "rules:6", evidence: "/rules?rule=6", parameters: { days: "7", rule1: "6", metric1: "days_since_login", operator1: ">=", was1: "3", becomes1: "2" }, try: { rules: [] },
      figures: [{ name: "found_share", value: 0.61, low: 0.52, high: 0.69 }, { name: "found_share_now", value: 0.44, low: 0.36, high: 0.53 }, { name: "silent", value: 118, low: null, high: null }, { name: "alarms", value: 141, low: null, high: null }, { name: "alarms_now", value: 142, low: null, high: null }] },
    { kind: "campaign_without_effect", subject: "campaign:personal_check_in", evidence: "/campaigns?name=personal_check_in", parameters: { campaign: "personal_check_in", worthwhile: "0.05" }, try: null,
      figures: [{ name: "converted_uplift", value: -0.004, low: -0.041, high: 0.033 }, { name: "people", value: 18_400, low: null, high: null }, { name: "held_out", value: 2_040, low: null, high: null }] },
    { kind: "silence_after_lesson", subject: "lesson:l-17", evidence: "/customers?tag=ST_004", parameters: { days: "14", id: "l-17", kind: "lesson" }, try: null,
      figures: [{ name: "silent_share", value: 0.31, low: 0.27, high: 0.36 }, { name: "silent_share_others", value: 0.08, low: 0.077, high: 0.083 }, { name: "learners", value: 402, low: null, high: null }] },
  ].map((item, at) => ({
    ...item, id: String(at + 1), title: item.subject, text: "", firstMadeAt: iso(3), madeAt: iso(0.2),
    dismissal: dismissed.includes(String(at + 1)) ? { by: "Dana Ops", at: iso(0), until: iso(-30) } : null,
  })),
});

export function answerPredictions(method: string, parts: readonly string[], ask: (name: string) => string): unknown {
  if (parts[0] === "recommendations") {
    if (parts[2] === "dismiss") dismissed = [...dismissed, parts[1]!];
    return recommendations();
  }
  switch (parts[1]) {
    case "model": return card(ask("number") === "" ? 2 : Number(ask("number")));
    case "models": return parts[3] === "live" ? { number: Number(parts[2]), before: 2, batchId: null } : { items: models, next: null };
    case "training": if (method === "POST") asked = now(); return method === "POST" ? { id: "training_3" } : trainings();
    case "watch": return watch();
    default: return undefined;
  }
}
