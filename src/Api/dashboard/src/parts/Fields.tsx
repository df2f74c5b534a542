import { useId } from "react";
import { t } from "../language";
import { asGroup, outOfGroup, parse, placesOf, print, type Condition } from "../rules/conditions";
import { isAt, type Finding } from "../rules/draft";
import { allTags, tagFacts, type StatusTag } from "../tags";
import { ConditionGroup } from "./Conditions";

export const Wrong = ({ list }: { list: readonly Finding[] }) => list.length > 0 && (
  <div className="wrong" role="alert"><ul>{list.map(({ path, code, message }) => <li key={path + code + message}>{message}</li>)}</ul></div>
);

interface FieldProps { label: string; path: string; findings: readonly Finding[]; hint?: string; children: (id: string) => React.ReactNode }

/** One field of a form, with what is wrong at its place. */
export function Field({ label, path, findings, hint, children }: FieldProps) {
  const id = useId();
  return <div className="rule-field"><label htmlFor={id}>{label}</label>{children(id)}{hint && <small>{hint}</small>}<Wrong list={findings.filter((finding) => isAt(finding.path, path))} /></div>;
}

interface TagChoicesProps { label: string; chosen: readonly string[]; path: string; findings: readonly Finding[]; set: (to: StatusTag[]) => void }

export const TagChoices = ({ label, chosen, path, findings, set }: TagChoicesProps) => (
  <div className="rule-field" role="group" aria-label={label}>
    <span className="label">{label}</span>
    <span className="choices">
      {allTags.map((tag) => (
        <label key={tag} className="check"><input type="checkbox" checked={chosen.includes(tag)} onChange={(event) => set(allTags.filter((each) => (each === tag ? event.target.checked : chosen.includes(each))))} />{tagFacts[tag].short}</label>
      ))}
    </span>
    <Wrong list={findings.filter((finding) => isAt(finding.path, path))} />
  </div>
);

interface ConditionsFormProps { conditions: unknown; path: string; findings: readonly Finding[]; change: (to: unknown) => void }

export function ConditionsForm({ conditions, path, findings, change }: ConditionsFormProps) {
  const read = parse(conditions);
  if (!read) return <><p className="muted">{t("The form cannot show these conditions; the JSON can.")}</p><Wrong list={findings.filter((finding) => isAt(finding.path, path))} /></>;
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
