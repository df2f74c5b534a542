import { t, translated } from "../language";
import { parse } from "../rules/conditions";
import { flagOf, isAt, listOf, nameOf, type DraftRule, type Finding } from "../rules/draft";
import { allTags, isTag, tagFacts } from "../tags";
import { TagChip } from "./Chips";
import { ConditionText } from "./Conditions";
import { ConditionsForm, Field, TagChoices, Wrong } from "./Fields";
import { JsonText } from "./JsonText";

interface EditorProps { rule: DraftRule; path: string; findings: readonly Finding[]; change: (to: DraftRule) => void; textIsJson: (is: boolean) => void }

/** One rule as a form and as JSON, beside each other: either follows the other. */
export function RuleEditor({ rule, path, findings, change, textIsJson }: EditorProps) {
  const set = (field: string, value: unknown) => change({ ...rule, [field]: value });
  const others = findings.filter((finding) => !fields.some((field) => isAt(finding.path, `${path}.${field}`)));
  return (
    <div className="rule-editor">
      <div className="rule-form">
        <Wrong list={others} />
        <Field label={t("Name")} path={`${path}.name`} findings={findings}>{(id) => <input id={id} value={nameOf(rule)} maxLength={100} onChange={(event) => set("name", event.target.value)} />}</Field>
        <TagFields rule={rule} path={path} findings={findings} set={set} />
        <Field label={t("Priority (the lowest wins)")} path={`${path}.priority`} findings={findings}>{(id) => <input id={id} type="number" min={0} max={1000} value={typeof rule.priority === "number" ? rule.priority : ""} onChange={(event) => set("priority", event.target.value === "" ? null : event.target.valueAsNumber)} />}</Field>
        <ul className="rule-flags">
          {Object.entries(flagWords).map(([field, words]) => (
            <li key={field}><label className="check"><input type="checkbox" checked={flagOf(rule, field)} onChange={(event) => set(field, event.target.checked)} />{words}</label><Wrong list={findings.filter((finding) => isAt(finding.path, `${path}.${field}`))} /></li>
          ))}
        </ul>
        <h2>{t("Conditions")}</h2>
        <ConditionsForm conditions={rule.conditions} path={`${path}.conditions`} findings={findings} change={(conditions) => set("conditions", conditions)} />
      </div>
      <JsonText label={t("As JSON")} json={rule} what={t("A rule")} change={change} isJson={textIsJson} />
    </div>
  );
}

const fields = ["name", "from", "to", "priority", "conditions", "automatic", "requiresApproval", "usualRhythm", "active"];

const flagWords: Record<string, string> = translated({
  active: "In use", automatic: "Moves by itself", requiresApproval: "Needs a person’s approval", usualRhythm: "Waits while the silence fits the learner’s usual rhythm",
});

function TagFields({ rule, path, findings, set }: Pick<EditorProps, "rule" | "path" | "findings"> & { set: (field: string, value: unknown) => void }) {
  const from = listOf(rule, "from");
  const to = typeof rule.to === "string" ? rule.to : "";
  return (
    <>
      <TagChoices label={t("Moves from")} chosen={from} path={`${path}.from`} findings={findings} set={(tags) => set("from", tags)} />
      <Field label={t("Moves to")} path={`${path}.to`} findings={findings}>
        {(id) => <select id={id} value={to} onChange={(event) => set("to", event.target.value)}>{!isTag(to) && <option value={to}>{to}</option>}{allTags.map((tag) => <option key={tag} value={tag}>{tagFacts[tag].short}</option>)}</select>}
      </Field>
    </>
  );
}

/** A rule for those who may not change it. */
export function RuleReading({ rule }: { rule: DraftRule }) {
  const read = parse(rule.conditions);
  return (
    <div className="rule-reading">
      <p className="line">{listOf(rule, "from").filter(isTag).map((tag) => <TagChip key={tag} tag={tag} />)}<span className="muted">{t("to")}</span>{isTag(rule.to as string) && <TagChip tag={rule.to as never} />}</p>
      <p className="muted">{[t("Priority {n}", { n: String(rule.priority) }), ...Object.keys(flagWords).filter((field) => flagOf(rule, field)).map((field) => flagWords[field]!)].map((words) => t("{words}.", { words })).join(" ")}</p>
      {read && <ConditionText node={read} />}
    </div>
  );
}
