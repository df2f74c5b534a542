import type { FieldChange, RuleChange } from "../rules/draft";
import { sentence } from "../format";

const marks = { added: "New", removed: "Removed", changed: "Changed" } as const;

/** What became of rules between two versions, or would. */
export const RuleChanges = ({ changes }: { changes: readonly RuleChange[] }) => (
  <ul className="rule-changes">
    {changes.map((change, index) => (
      <li key={index} data-kind={change.kind}>
        <p className="line"><span className="pill" data-kind={change.kind}>{marks[change.kind]}</span><b dir="auto">{change.name || "Without a name"}</b></p>
        {change.fields.map((field) => <Field key={field.field} change={field} />)}
      </li>
    ))}
  </ul>
);

const words = (field: string) => sentence(field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
const text = (json: unknown) => (typeof json === "object" && json !== null ? JSON.stringify(json, null, 2) : JSON.stringify(json));

const Field = ({ change }: { change: FieldChange }) => (
  <div className="field-change">
    <span className="muted">{words(change.field)}</span>
    <pre><del>{text(change.before)}</del></pre>
    <pre><ins>{text(change.after)}</ins></pre>
  </div>
);
