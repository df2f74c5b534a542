import { useState } from "react";
import { useRuleSetVersion, useRuleSetVersions } from "../api/queries";
import type { RuleSetRow } from "../api/schema";
import type { RuleChange } from "../rules/draft";
import { RuleChanges } from "./RuleChanges";
import { MoreLines, Nothing, Trouble, Waiting } from "./States";
import { At } from "./Time";

/** Every version there was, each with what it changed; one of them can be taken up again. */
export function RuleVersions({ active, edit }: { active: RuleSetRow; edit: ((set: RuleSetRow) => void) | null }) {
  const versions = useRuleSetVersions();
  const sets = versions.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card" aria-labelledby="versions-title">
      <header className="card-head"><h2 id="versions-title">Versions</h2></header>
      {versions.error && !versions.data ? <Trouble error={versions.error} again={() => void versions.refetch()} /> : !versions.data ? <Waiting lines={3} /> : (
        <ul className="rows versions">{sets.map((set) => <Version key={set.version} set={set} active={active} edit={edit} />)}</ul>
      )}
      <MoreLines list={versions} label="Older versions" />
    </section>
  );
}

function Version({ set, active, edit }: { set: RuleSetRow; active: RuleSetRow; edit: ((set: RuleSetRow) => void) | null }) {
  const [open, setOpen] = useState(false);
  const isActive = set.version === active.version;
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span className="line"><b>Version {set.version}</b>{isActive && <span className="pill" data-on="true">in force</span>}<span className="muted">by <bdi>{set.author}</bdi>, <At at={set.publishedAt} /></span></span>
          {set.comment && <span className="faint" dir="auto">{set.comment}</span>}
        </summary>
        {open && <Difference set={set} active={active} />}
        {open && edit && !isActive && <button type="button" className="small" onClick={() => edit(set)}>Take these rules up again</button>}
      </details>
    </li>
  );
}

function Difference({ set, active }: { set: RuleSetRow; active: RuleSetRow }) {
  const [against, setAgainst] = useState<"before" | "active">("before");
  const asked = useRuleSetVersion(set.version, against === "active" ? active.version : null);
  if (asked.error) return <Trouble error={asked.error} again={() => void asked.refetch()} />;
  if (!asked.data) return <Waiting lines={2} />;
  const difference = asked.data.difference;
  const changes: RuleChange[] = difference === null ? [] : [
    ...difference.added.map((rule) => ({ kind: "added" as const, name: rule.name, fields: [] })),
    ...difference.removed.map((rule) => ({ kind: "removed" as const, name: rule.name, fields: [] })),
    ...difference.changed.map((rule) => ({ kind: "changed" as const, name: rule.name, fields: rule.changes.map(({ field, before, after }) => ({ field, before, after })) })),
  ];
  return (
    <>
      {set.version !== active.version && (
        <label className="versions-against">Against <select value={against} onChange={(event) => setAgainst(event.target.value as typeof against)}><option value="before">the version before</option><option value="active">version {active.version}, in force</option></select></label>
      )}
      {difference === null ? <Nothing why="The first version." /> : changes.length === 0 ? <Nothing why="The same rules." /> : <RuleChanges changes={changes} />}
    </>
  );
}

