import { describe, expect, test } from "vitest";
import type { Clause } from "./api/schema";
import { metricWords, type Metric } from "./metrics";
import { clauseSentence, reasonSentences, symbol } from "./sentences";

const say = (metric: string, observed: Clause["observed"], operator: string, threshold: unknown, met = true) =>
  clauseSentence({ metric, observed, operator, threshold, met } as Clause);

describe("a clause as a sentence", () => {
  test.each([
    ["days_since_activity", 30, ">=", 30, "No activity for 30 days, limit 30 days"],
    ["days_since_login", 1, ">=", 5, "No login for 1 day, limit 5 days"],
    ["days_since_login", 0, "<", 2, "Logged in within the last 24 hours, less than 2 days"],
    ["days_since_enrollment", 40, ">=", 30, "Enrolled 40 days ago, at least 30 days"],
    ["days_in_status", 14, ">=", 14, "In this status for 14 days, at least 14 days"],
    ["engagement_change_7d", -60, "<=", -50, "Engagement fell by 60% against the week before, limit a fall of 50%"],
    ["engagement_change_7d", 12.5, "<=", -50, "Engagement rose by 12.5% against the week before, limit a fall of 50%"],
    ["engagement_score", 12.3, "<", 40, "Engagement is 12.3 of 100 in the mean of 7 days, limit 40"],
    ["engagement_score_today", 50, ">=", 40, "Engagement is 50 of 100 today, at least 40"],
    ["progress_score_30d", 9, "<", 10, "Progress is 9 of 100 in the mean of 30 days, limit 10"],
    ["modules_completed", 1, ">=", 2, "1 module completed, at least 2"],
    ["modules_completed", 2, ">=", 2, "2 modules completed, at least 2"],
    ["lessons_completed_30d", 0, "<=", 0, "No lesson completed in the last 30 days, at most 0"],
    ["assessment_avg_score", 71.5, ">=", 70, "Mean assessment score is 71.5 of 100, at least 70"],
    ["assessment_avg_score_30d", 42, "<", 50, "Mean assessment score is 42 of 100 in the last 30 days, limit 50"],
    ["curriculum_completion", 100, ">=", 90, "100% of the curriculum completed, at least 90%"],
    ["active_days_7d", 1, "<=", 1, "1 active day in the last 7 days, at most 1"],
    ["active_days_30d", 4, "between", [2, 6], "4 active days in the last 30 days, has to be between 2 and 6"],
    ["active_days_30d", 4, "not between", [2, 6], "4 active days in the last 30 days, has to be outside of 2 to 6"],
    ["session_minutes_7d", 90, ">", 60, "90 minutes spent learning in the last 7 days, more than 60"],
    ["ltv_value", 6000, ">", 5000, `Lifetime value is ${(6000).toLocaleString()}, more than ${(5000).toLocaleString()}`],
    ["churn_probability", 0.23, ">", 0.2, "Churn probability is 23%, limit 20%"],
  ])("%s %s %s %s", (metric, observed, operator, threshold, sentence) => {
    expect(say(metric, observed, operator, threshold)).toBe(sentence);
  });

  test("what is met by being in a set is said once, what is not met names the set", () => {
    expect(say("customer_tier", "Pro", "in", ["Pro", "Enterprise"])).toBe("Tier is Pro");
    expect(say("customer_tier", "Freemium", "in", ["Pro", "Enterprise"], false)).toBe("Tier is Freemium, has to be Pro or Enterprise");
    expect(say("customer_tier", "Pro", "not_in", ["Pro"], false)).toBe("Tier is Pro, has to be none of Pro");
    expect(say("product_tag", "PT_003", "==", "PT_001", false)).toBe("Product is PPAL Freemium, has to be PPAL Pro");
    expect(say("previous_tag", "ST_004", "!=", "ST_004", false)).toBe("The tag before was Declining, has not to be Declining");
    expect(say("score_trend", "down", "==", "up", false)).toBe("Scores are falling, has to be rising");
  });

  test("indicators are told by name", () => {
    expect(say("risk_indicators", ["login_gap", "billing_risk"], "contains", "billing_risk")).toBe("Risk indicators raised: login gap, billing risk");
    expect(say("risk_indicators", [], "contains", "billing_risk", false)).toBe("No risk indicator raised, has to include billing risk");
    expect(say("risk_indicators", ["assessment_failure"], "not contains", "assessment_failure", false))
      .toBe("Risk indicators raised: assessment failure, has to be without assessment failure");
  });

  test("a metric without a value says so", () => {
    expect(say("engagement_change_7d", null, "<=", -50, false)).toBe("Change of engagement against the week before: no value yet, limit a fall of 50%");
  });

  test("a trait, and a metric or an operator of a newer server, are still told", () => {
    expect(say("traits.cohort", "autumn", "==", "spring", false)).toBe("Trait “cohort” is autumn, has to be spring");
    expect(say("forum_visits_7d", 3, ">=", 4, false)).toBe("Forum visits 7d is 3, at least 4");
    expect(say("sessions_7d", 3, "near", 4, false)).toBe("3 sessions in the last 7 days, near 4");
    expect(say("toString", 3, ">=", 4, false)).toBe("ToString is 3, at least 4");
  });

  test("every metric has a sentence for one, for none and for many", () => {
    for (const metric of Object.keys(metricWords) as Metric[])
      for (const observed of [0, 1, 2.5])
        expect(say(metric, observed, ">=", 1), metric).toMatch(/^\p{Lu}|^\d/u);
  });
});

describe("a stored reason", () => {
  test("becomes a sentence a clause", () => {
    expect(reasonSentences("days_since_login 5 >= 5, engagement_score 6 < 40")).toEqual([
      "No login for 5 days, limit 5 days", "Engagement is 6 of 100 in the mean of 7 days, limit 40",
    ]);
  });

  test("keeps lists, texts and missing values together", () => {
    expect(reasonSentences('customer_tier Pro in ["Pro","Enterprise"], risk_indicators [login_gap social_isolation] not contains "assessment_failure"')).toEqual([
      "Tier is Pro", "Risk indicators raised: login gap, social isolation",
    ]);
    expect(reasonSentences('traits.goal learn C#, then more == "learn C#, then more"')).toEqual(["Trait “goal” is learn C#, then more"]);
  });

  test("that a person wrote stays as it is", () => {
    for (const written of ["called her, she is on holiday", "x 1 >= ", ">= <script>", "days_since_login 5 >= 5, and I know him"])
      expect(reasonSentences(written)).toEqual([written]);
  });

  test("with a meaning of its own is told in words, an empty one not at all", () => {
    expect(reasonSentences("first assignment")).toEqual(["First seen, so the first tag was given"]);
    expect(reasonSentences("review_expired")).toHaveLength(1);
    expect(reasonSentences("")).toEqual([]);
  });
});

test("operators have their signs", () => {
  expect([">=", "<", "not_in", "contains"].map(symbol)).toEqual(["≥", "<", "not in", "contains"]);
});
