import { useEffect, useId, useState } from "react";
import { asGroup, outOfGroup, parse, placesOf, print, type Condition } from "../rules/conditions";
import { canonical, flagOf, isAt, listOf, nameOf, type DraftRule, type Finding } from "../rules/draft";
import { allTags, isTag, tagFacts } from "../tags";
import { TagChip } from "./Chips";
import { ConditionGroup, ConditionText } from "./Conditions";

interface EditorProps { rule: DraftRule; path: string; findings: readonly Finding[]; change: (to: DraftRule) => void; textIsJson: (is: boolean) => void }

/** One rule as a form and as JSON, beside each other: either follows the other. */
export function RuleEditor({ rule, path, findings, change, textIsJson }: EditorProps) {
  const set = (field: string, value: unknown) => change({ ...rule, [field]: value });
  const others = findings.filter((finding) => !fields.some((field) => isAt(finding.path, `${path}.${field}`)));
  return (
    <div className="rule-editor">
      <div className="rule-form">
        <Wrong list={others} />
        <Field label="Name" path={`${path}.name`} findings={findings}>{(id) => <input id={id} value={nameOf(rule)} maxLength={100} onChange={(event) => set("name", event.target.value)} />}</Field>
        <TagFields rule={rule} path={path} findings={findings} set={set} />
        <Field label="Priority (the lowest wins)" path={`${path}.priority`} findings={findings}>{(id) => <input id={id} type="number" min={0} max={1000} value={typeof rule.priority === "number" ? rule.priority : ""} onChange={(event) => set("priority", event.target.value === "" ? null : event.target.valueAsNumber)} />}</Field>
        <ul className="rule-flags">
          {Object.entries(flagWords).map(([field, words]) => (
            <li key={field}><label className="check"><input type="checkbox" checked={flagOf(rule, field)} onChange={(event) => set(field, event.target.checked)} />{words}</label><Wrong list={findings.filter((finding) => isAt(finding.path, `${path}.${field}`))} /></li>
          ))}
        </ul>
        <h2>Conditions</h2>
        <ConditionsForm conditions={rule.conditions} path={`${path}.conditions`} findings={findings} change={(conditions) => set("conditions", conditions)} />
      </div>
      <RuleText rule={rule} change={change} isJson={textIsJson} />
    </div>
  );
}

const fields = ["name", "from", "to", "priority", "conditions", "automatic", "requiresApproval", "usualRhythm", "active"];

const flagWords: Record<string, string> = {
  active: "Active", automatic: "Moves by itself", requiresApproval: "Needs a person’s approval", usualRhythm: "Waits while the silence fits the learner’s usual rhythm",
};

export const Wrong = ({ list }: { list: readonly Finding[] }) => list.length > 0 && (
  <ul className="wrong" role="alert">{list.map(({ path, code, message }) => <li key={path + code + message}>{message}</li>)}</ul>
);

interface FieldProps { label: string; path: string; findings: readonly Finding[]; children: (id: string) => React.ReactNode }

function Field({ label, path, findings, children }: FieldProps) {
  const id = useId();
  return <div className="rule-field"><label htmlFor={id}>{label}</label>{children(id)}<Wrong list={findings.filter((finding) => isAt(finding.path, path))} /></div>;
}

function TagFields({ rule, path, findings, set }: Pick<EditorProps, "rule" | "path" | "findings"> & { set: (field: string, value: unknown) => void }) {
  const from = listOf(rule, "from");
  const to = typeof rule.to === "string" ? rule.to : "";
  return (
    <>
      <div className="rule-field" role="group" aria-label="From">
        <span className="label">From</span>
        <span className="choices">
          {allTags.map((tag) => (
            <label key={tag} className="check"><input type="checkbox" checked={from.includes(tag)} onChange={(event) => set("from", allTags.filter((each) => (each === tag ? event.target.checked : from.includes(each))))} />{tagFacts[tag].short}</label>
          ))}
        </span>
        <Wrong list={findings.filter((finding) => isAt(finding.path, `${path}.from`))} />
      </div>
      <Field label="To" path={`${path}.to`} findings={findings}>
        {(id) => <select id={id} value={to} onChange={(event) => set("to", event.target.value)}>{!isTag(to) && <option value={to}>{to}</option>}{allTags.map((tag) => <option key={tag} value={tag}>{tagFacts[tag].short}</option>)}</select>}
      </Field>
    </>
  );
}

function ConditionsForm({ conditions, path, findings, change }: { conditions: unknown; path: string; findings: readonly Finding[]; change: (to: unknown) => void }) {
  const read = parse(conditions);
  if (!read) return <><p className="muted">The form cannot show these conditions; the JSON can.</p><Wrong list={findings.filter((finding) => isAt(finding.path, path))} /></>;
  const group = asGroup(read);
  const places = placesOf(read, path);
  const told = new Set(places.values());
  // What stands at no part of the form (the whole of it, say) is told above it.
  const rest = findings.filter((finding) => isAt(finding.path, path) && ![...told].some((place) => place !== path && isAt(finding.path, place)));
  return (
    <>
      <Wrong list={rest} />
      <ConditionGroup node={group} places={places} findings={findings.filter((finding) => !rest.includes(finding))} readOnly={false} change={(to: Condition) => change(print(outOfGroup(to.kind === "all" ? to : { kind: "all", parts: [to] })))} />
    </>
  );
}

const pretty = (rule: DraftRule) => JSON.stringify(rule, null, 2);

function RuleText({ rule, change, isJson }: { rule: DraftRule; change: (to: DraftRule) => void; isJson: (is: boolean) => void }) {
  const id = useId();
  const [text, setText] = useState(() => pretty(rule));
  const [trouble, setTrouble] = useState<string | null>(null);
  // What the form changed shows here, and what was typed stays as it was typed while it means the same.
  useEffect(() => {
    if (trouble === null && !means(text, rule)) setText(pretty(rule));
  }, [rule, text, trouble]);
  const typed = (value: string) => {
    setText(value);
    const read = readRule(value);
    setTrouble(typeof read === "string" ? read : null);
    isJson(typeof read !== "string");
    if (typeof read !== "string") change(read);
  };
  return (
    <div className="rule-text">
      <label htmlFor={id}>As JSON</label>
      <textarea id={id} className="code" spellCheck={false} value={text} aria-invalid={trouble !== null} onChange={(event) => typed(event.target.value)} />
      {trouble !== null && (
        <div className="wrong" role="alert"><p>{trouble}</p><button type="button" className="small" onClick={() => typed(pretty(rule))}>Back to the form</button></div>
      )}
    </div>
  );
}

function readRule(text: string): DraftRule | string {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as DraftRule) : "A rule is an object.";
  } catch (trouble) {
    return `This is not JSON yet: ${trouble instanceof Error ? trouble.message : "it cannot be read"}`;
  }
}

function means(text: string, rule: DraftRule) {
  const read = readRule(text);
  return typeof read !== "string" && canonical(read) === canonical(rule);
}

/** A rule for those who may not change it. */
export function RuleReading({ rule }: { rule: DraftRule }) {
  const read = parse(rule.conditions);
  return (
    <div className="rule-reading">
      <p className="line">{listOf(rule, "from").filter(isTag).map((tag) => <TagChip key={tag} tag={tag} />)}<span className="muted">to</span>{isTag(rule.to as string) && <TagChip tag={rule.to as never} />}</p>
      <p className="muted">Priority {String(rule.priority)}. {Object.entries(flagWords).filter(([field]) => flagOf(rule, field)).map(([, words]) => words).join(". ")}.</p>
      {read && <ConditionText node={read} />}
    </div>
  );
}
