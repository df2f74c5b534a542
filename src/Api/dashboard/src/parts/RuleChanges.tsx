import type { FieldChange, RuleChange } from "../rules/draft";
import { t, translated } from "../language";
import { changesTable, fieldName } from "../rules/tables";
import { CsvButton } from "./CsvButton";

const marks = translated({ added: "New", removed: "Removed", changed: "Edited" });

/** What became of rules between two versions, or would. */
export const RuleChanges = ({ changes, name }: { changes: readonly RuleChange[]; /** Of a file. */ name: readonly string[] }) => (
  <>
    <ul className="rule-changes">
      {changes.map((change, index) => (
        <li key={index} data-kind={change.kind}>
          <p className="line"><span className="pill" data-kind={change.kind}>{marks[change.kind]}</span><b dir="auto">{change.name || t("Without a name")}</b></p>
          {change.fields.map((field) => <Field key={field.field} change={field} />)}
        </li>
      ))}
    </ul>
    <p className="after-lines"><CsvButton name={name} table={() => changesTable(changes)} /></p>
  </>
);

const shown = (json: unknown) => (typeof json === "object" && json !== null ? JSON.stringify(json, null, 2) : JSON.stringify(json));

const Field = ({ change }: { change: FieldChange }) => (
  <div className="field-change">
    <span className="muted">{fieldName(change.field)}</span>
    <pre><del>{shown(change.before)}</del></pre>
    <pre><ins>{shown(change.after)}</ins></pre>
  </div>
);
