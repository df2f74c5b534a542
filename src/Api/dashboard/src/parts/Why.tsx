import type { Clause, Evaluation, RuleOutcome } from "../api/schema";
import { useEvaluation } from "../api/queries";
import { dateTime, metricValue, plain, relative } from "../format";
import { useNow } from "../clock";
import { tagFacts } from "../tags";
import { holds, metricName, missing, reviewReasons, symbol, threshold } from "../words";
import { ConfidenceMeter } from "./Bars";
import { TagChip } from "./Chips";
import { Nothing, Trouble, Waiting } from "./States";

export function WhyCard({ id }: { id: string }) {
  const evaluation = useEvaluation(id);
  const data = evaluation.data;
  return (
    <section className="card why" aria-labelledby="why-title">
      <header className="card-head">
        <h2 id="why-title">Why this tag</h2>
        {data && <span className="faint">rule set {data.ruleSetVersion}</span>}
        {data && <NextCheck at={data.nextCheckAt} />}
      </header>
      {evaluation.error && !data ? <Trouble error={evaluation.error} again={() => void evaluation.refetch()} />
        : !data ? <Waiting lines={10} />
        : <><Verdict evaluation={data} /><WouldChange evaluation={data} /><Rules rules={data.rules} winner={data.rule} /></>}
    </section>
  );
}

function NextCheck({ at }: { at: string | null }) {
  const now = useNow();
  return at === null ? null : <span className="faint" title={dateTime(at)}>next check {relative(at, now)}</span>;
}

function Verdict({ evaluation }: { evaluation: Evaluation }) {
  const { currentTag, recommended, rule, held, reviewReasons: reasons, confidence, calibratedConfidence } = evaluation;
  if (recommended === null || rule === null) {
    return <p className="verdict"><TagChip tag={currentTag} /> stays: no rule that leads away from {tagFacts[currentTag].short} is met.</p>;
  }
  const outcome = held ? `held, ${holds[held] ?? plain(held)}`
    : evaluation.requiresReview ? "waits for a person" : evaluation.wouldApply ? "applies at once" : "is not applied";
  return (
    <div className="verdict">
      <p><TagChip tag={recommended} /> is recommended by <strong>{rule}</strong>; it {outcome}. <ConfidenceMeter value={calibratedConfidence ?? confidence} /></p>
      {calibratedConfidence !== null && calibratedConfidence !== confidence && confidence !== null && <p className="faint">before calibration {confidence.toFixed(3)}</p>}
      {reasons.length > 0 && <ul className="reasons-list">{reasons.map((reason) => <li key={reason}><b>{plain(reason)}</b>{reviewReasons[reason] && `: ${reviewReasons[reason]}`}</li>)}</ul>}
    </div>
  );
}

function WouldChange({ evaluation }: { evaluation: Evaluation }) {
  if (evaluation.wouldChange.length === 0) return null;
  return (
    <>
      <h3>What would change it</h3>
      <ul className="would-change">
        {evaluation.wouldChange.map(({ to, rule, missing: clauses }) => (
          <li key={rule}><TagChip tag={to} /><span><b>{rule}</b><span className="muted"> {clauses.map(missing).join("; ")}</span></span></li>
        ))}
      </ul>
    </>
  );
}

const shareMet = (rule: RuleOutcome) => rule.clauses.filter((clause) => clause.met).length / Math.max(1, rule.clauses.length);
const nearestFirst = (a: RuleOutcome, b: RuleOutcome) => Number(b.met) - Number(a.met) || a.priority - b.priority || shareMet(b) - shareMet(a) || a.id - b.id;

function Rules({ rules, winner }: { rules: readonly RuleOutcome[]; winner: string | null }) {
  if (rules.length === 0) return <Nothing>No rule leads away from this tag.</Nothing>;
  return (
    <>
      <h3>Every rule, clause by clause</h3>
      <div className="rules">{[...rules].sort(nearestFirst).map((rule, index) => <Rule key={rule.id} rule={rule} wins={rule.met && rule.name === winner} headed={index === 0} />)}</div>
    </>
  );
}

const columns = ["mark", "metric", "observed", "needed", "margin", "evidence"] as const;

function Rule({ rule, wins, headed }: { rule: RuleOutcome; wins: boolean; headed: boolean }) {
  const met = rule.clauses.filter((clause) => clause.met).length;
  const note = rule.held ? `held: ${holds[rule.held] ?? plain(rule.held)}` : rule.lostBecause ? `not chosen: ${plain(rule.lostBecause)}` : null;
  return (
    <details className="rule-card" open data-met={rule.met} data-testid={`rule-${rule.id}`}>
      <summary>
        <span className="rule-state" data-met={rule.met}>{wins ? "recommended" : rule.met ? "met" : `${met} of ${rule.clauses.length}`}</span>
        <span className="rule-name">{rule.name}</span>
        <TagChip tag={rule.to} />
        <span className="faint">priority {rule.priority}</span>
        <ConfidenceMeter value={rule.met ? rule.confidence : null} />
      </summary>
      {note && <p className="rule-note">{note}</p>}
      <table className="clauses">
        <colgroup>{columns.map((name) => <col key={name} />)}</colgroup>
        <thead className={headed ? undefined : "sr-only"}><tr><th scope="col"><span className="sr-only">Met</span></th><th scope="col">Metric</th><th scope="col">Observed</th><th scope="col">Needed</th><th scope="col">Margin</th><th scope="col">Evidence</th></tr></thead>
        <tbody>{rule.clauses.map((clause, index) => <ClauseRow key={index} clause={clause} />)}</tbody>
      </table>
    </details>
  );
}

const ClauseRow = ({ clause }: { clause: Clause }) => (
  <tr data-met={clause.met} className="clause">
    <td className="clause-mark">
      <svg viewBox="0 0 14 14" role="img" aria-label={clause.met ? "met" : "not met"}>
        {clause.met ? <path d="M2.5 7.5 6 11l5.5-7.5" /> : <path d="M3.5 3.500l7 7M10.5 3.500l-7 7" />}
      </svg>
    </td>
    <td className="clause-metric" title={clause.metric}>{metricName(clause.metric)}</td>
    <td className="clause-observed">{metricValue(clause.observed)}</td>
    <td className="clause-needed"><span className="op">{symbol(clause.operator)}</span> {threshold(clause)}</td>
    <td><Part value={clause.margin} /></td>
    <td><Part value={clause.evidence} /></td>
  </tr>
);

const Part = ({ value }: { value: number }) => (
  <span className="part"><span className="part-track" aria-hidden="true"><span className="part-fill" style={{ width: `${Math.min(1, Math.max(0, value)) * 100}%` }} /></span>{value.toFixed(2)}</span>
);
