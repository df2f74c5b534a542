import type { Evaluation, RuleOutcome } from "../api/schema";
import { useEvaluation } from "../api/queries";
import { dateTime, exact, relative } from "../format";
import { rich, t } from "../language";
import { useNow } from "../clock";
import { clauseSentence } from "../sentences";
import { tagFacts } from "../tags";
import { holds, losses, reviewReasonsOf } from "../words";
import { ConfidenceMeter } from "./Bars";
import { Clauses } from "./Because";
import { TagChip } from "./Chips";
import { CsvButton } from "./CsvButton";
import { Nothing, Trouble, Waiting } from "./States";

export function WhyCard({ id }: { id: string }) {
  const evaluation = useEvaluation(id);
  const data = evaluation.data;
  return (
    <section className="card why" aria-labelledby="why-title">
      <header className="card-head">
        <h2 id="why-title">{t("Why this tag")}</h2>
        {data && <span className="faint">{t("rule set {version}", { version: String(data.ruleSetVersion) })}</span>}
        {data && <NextCheck at={data.nextCheckAt} />}
        {data && data.rules.length > 0 && <CsvButton name={["rules", id]} table={() => asTable(data.rules)} />}
      </header>
      {evaluation.error && !data ? <Trouble error={evaluation.error} again={() => void evaluation.refetch()} />
        : !data ? <Waiting lines={10} />
        : <><Verdict evaluation={data} /><WouldChange evaluation={data} /><Rules rules={data.rules} winner={data.rule} /></>}
    </section>
  );
}

function NextCheck({ at }: { at: string | null }) {
  const now = useNow();
  return at === null ? null : <span className="faint" title={`${dateTime(at)} · ${exact(at)}`}>{t("next check {when}", { when: relative(at, now) })}</span>;
}

function Verdict({ evaluation }: { evaluation: Evaluation }) {
  const { currentTag, recommended, rule, held, reviewReasons: reasons, confidence, calibratedConfidence } = evaluation;
  if (recommended === null || rule === null) {
    return <p className="verdict">{rich("{tag} stays: no rule that leads away from {name} is met.", { tag: <TagChip tag={currentTag} />, name: tagFacts[currentTag].short })}</p>;
  }
  const of = { tag: <TagChip tag={recommended} />, rule: <strong>{rule}</strong> };
  const told = held ? rich("{tag} is recommended by {rule}; it is held: {why}.", { ...of, why: holds[held] ?? held.replaceAll("_", " ") })
    : evaluation.requiresReview ? rich("{tag} is recommended by {rule}; it waits for a person.", of)
    : evaluation.wouldApply ? rich("{tag} is recommended by {rule}; it applies at once.", of)
    : rich("{tag} is recommended by {rule}; it is not applied.", of);
  return (
    <div className="verdict">
      <p>{told} <ConfidenceMeter value={calibratedConfidence ?? confidence} /></p>
      {calibratedConfidence !== null && calibratedConfidence !== confidence && confidence !== null && <p className="faint">{t("before calibration {value}", { value: confidence.toFixed(3) })}</p>}
      {reasons.length > 0 && <ul className="sentences">{reviewReasonsOf(reasons).map((reason) => <li key={reason}>{reason}</li>)}</ul>}
    </div>
  );
}

const changesShown = 4;

function WouldChange({ evaluation }: { evaluation: Evaluation }) {
  if (evaluation.wouldChange.length === 0) return null;
  return (
    <>
      <h3>{t("What is missing for a change")}</h3>
      <ul className="would-change">
        {evaluation.wouldChange.slice(0, changesShown).map(({ to, rule, missing }) => (
          <li key={rule}><TagChip tag={to} /><span><b>{rule}</b><span className="muted" dir="auto"> {missing.map(clauseSentence).join(t("; "))}</span></span></li>
        ))}
      </ul>
    </>
  );
}

/** One line a clause of a rule. */
const asTable = (rules: readonly RuleOutcome[]) => ({
  columns: [
    t("Rule"), t("Code after"), t("Tag after"), t("Priority"), t("Rule met"), t("Confidence"), t("Clause"), t("Metric"), t("Observed"), t("Operator"), t("Threshold"), t("Clause met"), t("Margin"), t("Evidence"),
  ].map((label) => ({ label })),
  rows: [...rules].sort(nearestFirst).flatMap((rule) => rule.clauses.map((clause) => [
    rule.name, rule.to, tagFacts[rule.to].name, rule.priority, yesNo(rule.met), rule.confidence, clauseSentence(clause), clause.metric, cellOf(clause.observed), clause.operator, cellOf(clause.threshold), yesNo(clause.met), clause.margin, clause.evidence,
  ])),
});

const yesNo = (is: boolean) => t(is ? "Yes" : "No");
const cellOf = (value: unknown) => (value === null || typeof value === "number" ? value : typeof value === "string" ? value : JSON.stringify(value));

const shareMet = (rule: RuleOutcome) => rule.clauses.filter((clause) => clause.met).length / Math.max(1, rule.clauses.length);
const nearestFirst = (a: RuleOutcome, b: RuleOutcome) => Number(b.met) - Number(a.met) || a.priority - b.priority || shareMet(b) - shareMet(a) || a.id - b.id;

function Rules({ rules, winner }: { rules: readonly RuleOutcome[]; winner: string | null }) {
  if (rules.length === 0) return <Nothing why={t("No rule leads away from this tag.")} />;
  return (
    <>
      <h3>{t("{n} {n|rule|rules} looked at", { n: rules.length })}</h3>
      <div className="rules">{[...rules].sort(nearestFirst).map((rule) => <Rule key={rule.id} rule={rule} wins={rule.met && rule.name === winner} />)}</div>
    </>
  );
}

function Rule({ rule, wins }: { rule: RuleOutcome; wins: boolean }) {
  const met = rule.clauses.filter((clause) => clause.met).length;
  const note = rule.held ? t("Held: {why}.", { why: holds[rule.held] ?? rule.held.replaceAll("_", " ") }) : rule.lostBecause ? t("Not chosen: {why}.", { why: losses[rule.lostBecause] ?? rule.lostBecause }) : null;
  return (
    <details className="rule-card" open={rule.met || undefined} data-met={rule.met} data-testid={`rule-${rule.id}`}>
      <summary>
        <span className="rule-state" data-met={rule.met}>{wins ? t("recommended") : rule.met ? t("met") : t("{n} of {all}", { n: met, all: rule.clauses.length })}</span>
        <span className="rule-name">{rule.name}</span>
        <TagChip tag={rule.to} />
        <span className="faint" title={t("Of several rules that are met, the one with the lowest number wins.")}>{t("priority {n}", { n: rule.priority })}</span>
        <ConfidenceMeter value={rule.met ? rule.confidence : null} />
      </summary>
      {note && <p className="rule-note">{note}</p>}
      <Clauses clauses={rule.clauses} />
    </details>
  );
}
