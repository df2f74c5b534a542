import { useId, type ReactNode } from "react";
import { rich, t, text, translate, translated } from "../language";
import { metricWords, startsSentence, wordsOf, type Metric } from "../metrics";
import { changed, kindOf, newClause, operatorsOf, takesList, valuesOf, type Clause, type Condition, type Group } from "../rules/conditions";
import { isAt, type Finding } from "../rules/draft";
import { clauseText, groupHeads, negated, negatedHeads } from "../rules/text";

interface Place { places: Map<Condition, string>; findings: readonly Finding[]; readOnly: boolean }
interface PartProps<T extends Condition> extends Place { node: T; change: (to: Condition) => void; remove?: (() => void) | undefined }

const groupWords = translated({ all: "All of these", any: "Any of these" });

/** Conditions as a form: groups within groups, a clause a line. */
export function ConditionGroup({ node, change, remove, ...place }: PartProps<Group>) {
  const put = (index: number, part: Condition) => change({ ...node, parts: node.parts.map((each, at) => (at === index ? part : each)) });
  return (
    <fieldset className="condition-group" disabled={place.readOnly}>
      <legend className="sr-only">{groupWords[node.kind]}</legend>
      <div className="condition-head">
        <select aria-label={t("How many of these have to hold")} value={node.kind} onChange={(event) => change({ ...node, kind: event.target.value as Group["kind"] })}>
          {Object.entries(groupWords).map(([kind, words]) => <option key={kind} value={kind}>{words}</option>)}
        </select>
        {remove && <RemoveButton label={t("Remove this group")} remove={remove} />}
      </div>
      <Here node={node} {...place} exact />
      <ul>{node.parts.map((part, index) => (
        <li key={index}><Part node={part} change={(to) => put(index, to)} remove={node.parts.length > 1 || remove ? () => change({ ...node, parts: node.parts.filter((_, at) => at !== index) }) : undefined} {...place} /></li>
      ))}</ul>
      {!place.readOnly && (
        <div className="condition-add">
          <button type="button" className="small" onClick={() => change({ ...node, parts: [...node.parts, newClause()] })}>{t("Add a clause")}</button>
          <button type="button" className="small" onClick={() => change({ ...node, parts: [...node.parts, { kind: node.kind === "all" ? "any" : "all", parts: [newClause()] }] })}>{t("Add a group")}</button>
        </div>
      )}
    </fieldset>
  );
}

function Part({ node, change, remove, ...place }: PartProps<Condition>) {
  const isNot = node.kind === "not";
  const inside = isNot ? node.part : node;
  const put = (to: Condition) => change(isNot ? { kind: "not", part: to } : to);
  const props = { change: put, remove, ...place };
  return (
    <div className="condition-part">
      <button type="button" className="small not" aria-pressed={isNot} disabled={place.readOnly} title={t("Met when what follows is not")} onClick={() => change(isNot ? node.part : { kind: "not", part: node })}>{t("not")}</button>
      {inside.kind === "clause" ? <ClauseFields node={inside} {...props} /> : inside.kind === "not" ? <Part node={inside} {...props} /> : <ConditionGroup node={inside} {...props} />}
    </div>
  );
}

const RemoveButton = ({ label, remove }: { label: string; remove: () => void }) => (
  <button type="button" className="small remove" aria-label={label} title={label} onClick={remove}>×</button>
);

/** What is wrong right here; of a group only what is said of itself. */
function Here({ node, places, findings, exact = false }: Place & { node: Condition; exact?: boolean }) {
  const at = places.get(node);
  const here = at === undefined ? [] : findings.filter(({ path }) => (exact ? path === at : isAt(path, at)));
  return here.length > 0 && <div className="wrong" role="alert"><ul>{here.map(({ path, code, message }) => <li key={path + code + message}>{message}</li>)}</ul></div>;
}

const families: readonly (readonly [string, (metric: string) => boolean])[] = [
  [text("Silence and time"), (metric) => metric.startsWith("days_") || metric === "usual_gap"],
  [text("In the last 7 days"), (metric) => metric.endsWith("_7d")],
  [text("In the last 30 days"), (metric) => metric.endsWith("_30d")],
  [text("Scores"), (metric) => metric.includes("score") || metric === "community_contribution"],
  [text("Ever"), (metric) => /^(modules|lessons|assessments|final|curriculum)/.test(metric)],
  [text("Customer and risk"), () => true],
];
const metrics = Object.keys(metricWords) as Metric[];
const familyOf = (metric: string) => families.find(([, isOf]) => isOf(metric))![0];

function ClauseFields({ node, change, remove, ...place }: PartProps<Clause>) {
  const trait = node.metric.startsWith("traits.");
  const known = trait || Object.hasOwn(metricWords, node.metric);
  return (
    <div className="clause-fields" data-metric={node.metric}>
      <select className="metric" aria-label={t("Metric")} value={trait ? "traits." : node.metric} onChange={(event) => change(changed(node, { metric: event.target.value === "traits." ? "traits.name" : event.target.value }))}>
        {!known && <option value={node.metric}>{node.metric}</option>}
        {families.map(([family]) => (
          <optgroup key={family} label={translate(family)}>
            {metrics.filter((metric) => familyOf(metric) === family).map((metric) => <option key={metric} value={metric}>{startsSentence(wordsOf(metric).noun)}</option>)}
          </optgroup>
        ))}
        <optgroup label={t("Trait")}><option value="traits.">{t("A trait of the customer")}</option></optgroup>
      </select>
      {trait && <input className="trait" aria-label={t("Name of the trait")} value={node.metric.slice(7)} maxLength={128} onChange={(event) => change({ ...node, metric: `traits.${event.target.value}` })} />}
      <select className="operator" aria-label={t("Operator")} value={node.operator} onChange={(event) => change(changed(node, { operator: event.target.value }))}>
        {!operatorsOf(node.metric).includes(node.operator as never) && <option value={node.operator}>{node.operator}</option>}
        {operatorsOf(node.metric).map((operator) => <option key={operator} value={operator}>{operatorWords[operator]}</option>)}
      </select>
      <ValueField node={node} change={change} />
      {remove && !place.readOnly && <RemoveButton label={t("Remove this clause")} remove={remove} />}
      <Here node={node} {...place} />
    </div>
  );
}

const operatorWords: Record<string, string> = translated({
  ">=": "is at least", ">": "is more than", "<=": "is at most", "<": "is less than", "==": "is", "!=": "is not", in: "is one of", not_in: "is none of", between: "is between", contains: "contains",
});

function ValueField({ node, change }: { node: Clause; change: (to: Condition) => void }) {
  const set = valuesOf(node.metric);
  const put = (value: unknown) => change({ ...node, value });
  if (node.operator === "between") {
    const [low, high] = Array.isArray(node.value) ? node.value : [node.value, node.value];
    return <span className="between">{rich("{low} and {high}", { low: <Figure label={t("Lowest")} value={low} put={(to) => put([to, high])} />, high: <Figure label={t("Highest")} value={high} put={(to) => put([low, to])} /> })}</span>;
  }
  if (set && takesList(node.operator)) return <Choices set={set} metric={node.metric} chosen={Array.isArray(node.value) ? node.value.map(String) : []} put={put} />;
  if (set) return <select aria-label={t("Value")} value={String(node.value)} onChange={(event) => put(event.target.value)}>{!set.includes(String(node.value)) && <option>{String(node.value)}</option>}{set.map((value) => <option key={value} value={value}>{wordsOf(node.metric).bound(value)}</option>)}</select>;
  if (takesList(node.operator)) return <Listed kind={kindOf(node.metric)} value={node.value} put={put} />;
  return kindOf(node.metric) === "number" ? <Figure label={t("Value")} value={node.value} put={put} /> : <Free value={node.value} put={put} />;
}

/** An empty field is null, which the check tells of. */
const Figure = ({ label, value, put }: { label: string; value: unknown; put: (to: number | null) => void }) => (
  <input type="number" step="any" className="figure-field" aria-label={label} value={typeof value === "number" ? value : ""} onChange={(event) => put(event.target.value === "" ? null : event.target.valueAsNumber)} />
);

const Choices = ({ set, metric, chosen, put }: { set: readonly string[]; metric: string; chosen: string[]; put: (to: string[]) => void }) => (
  <span className="choices" role="group" aria-label={t("Values")}>
    {set.map((value) => (
      <label key={value} className="check"><input type="checkbox" checked={chosen.includes(value)} onChange={(event) => put(event.target.checked ? [...chosen, value] : chosen.filter((each) => each !== value))} />{wordsOf(metric).bound(value)}</label>
    ))}
  </span>
);

/** What looks like a number is one: a trait may be either. */
const valueOf = (typed: string): unknown => (typed === "true" || typed === "false" ? typed === "true" : /^-?\d+(\.\d+)?$/.test(typed.trim()) ? Number(typed) : typed);
const Free = ({ value, put }: { value: unknown; put: (to: unknown) => void }) => (
  <input aria-label={t("Value")} maxLength={256} value={value === null || value === undefined ? "" : String(value)} onChange={(event) => put(valueOf(event.target.value))} />
);

function Listed({ kind, value, put }: { kind: string; value: unknown; put: (to: unknown[]) => void }) {
  const hint = useId();
  const read = (typed: string) => typed.split(",").map((part) => part.trim()).map((part) => (kind === "number" && part !== "" ? Number(part) : valueOf(part))).filter((part) => part !== "");
  return (
    <>
      <input aria-label={t("Values, with commas between them")} aria-describedby={hint} defaultValue={Array.isArray(value) ? value.join(", ") : ""} key={JSON.stringify(value)} onBlur={(event) => put(read(event.target.value))} />
      <span id={hint} className="sr-only">{t("Several values, with commas between them")}</span>
    </>
  );
}

/** Conditions as sentences, for those who only read. */
export function ConditionText({ node, turned = false }: { node: Condition; turned?: boolean }): ReactNode {
  switch (node.kind) {
    case "clause": return <span dir="auto">{turned ? negated(clauseText(node)) : clauseText(node)}</span>;
    case "not": return <ConditionText node={node.part} turned={!turned} />;
    default: return (
      <>
        <span className="muted">{(turned ? negatedHeads : groupHeads)[node.kind]}</span>
        <ul className="condition-text">{node.parts.map((part, index) => <li key={index}><ConditionText node={part} /></li>)}</ul>
      </>
    );
  }
}
