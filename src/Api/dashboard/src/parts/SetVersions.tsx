import { useState } from "react";
import type { Instant } from "../api/client";
import type { FieldChange, RuleChange } from "../rules/draft";
import { RuleChanges } from "./RuleChanges";
import { MoreLines, Nothing, Trouble, Waiting } from "./States";
import { At } from "./Time";

interface SetHead { version: number; author: string; publishedAt: Instant; comment: string }
interface Pages<T> { data: { pages: { items: T[] }[] } | undefined; error: Error | null; refetch: () => unknown; hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

/** What a version changed against another, by name. */
export interface SetDifference { added: readonly { name: string }[]; removed: readonly { name: string }[]; changed: readonly { name: string; changes: readonly FieldChange[] }[] }
interface Asked { data: { difference: SetDifference | null } | undefined; error: Error | null; refetch: () => unknown }

interface SetVersionsProps<T extends SetHead> {
  versions: Pages<T>;
  active: { version: number };
  /** What they are versions of: "rules". */
  what: string;
  /** Asks for what a version changed against another; against the one before where that is null. */
  useDifference: (version: number, against: number | null) => Asked;
  edit: ((set: T) => void) | null;
  nameOf?: (name: string) => string;
}

/** Every version there was, each with what it changed; one of them can be taken up again. */
export function SetVersions<T extends SetHead>({ versions, ...shared }: SetVersionsProps<T>) {
  const sets = versions.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card" aria-labelledby="versions-title">
      <header className="card-head"><h2 id="versions-title">Versions</h2></header>
      {versions.error && !versions.data ? <Trouble error={versions.error} again={() => void versions.refetch()} /> : !versions.data ? <Waiting lines={3} /> : (
        <ul className="rows versions">{sets.map((set) => <Version key={set.version} set={set} {...shared} />)}</ul>
      )}
      <MoreLines list={versions} label="Older versions" />
    </section>
  );
}

function Version<T extends SetHead>({ set, active, what, edit, ...shared }: Omit<SetVersionsProps<T>, "versions"> & { set: T }) {
  const [open, setOpen] = useState(false);
  const isActive = set.version === active.version;
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span className="line"><b>Version {set.version}</b>{isActive && <span className="pill" data-on="true">in force</span>}<span className="muted">by <bdi>{set.author}</bdi>, <At at={set.publishedAt} /></span></span>
          {set.comment && <span className="faint" dir="auto">{set.comment}</span>}
        </summary>
        {open && <Difference version={set.version} active={active.version} what={what} {...shared} />}
        {open && edit && !isActive && <button type="button" className="small" onClick={() => edit(set)}>Take these {what} up again</button>}
      </details>
    </li>
  );
}

interface DifferenceProps { version: number; active: number; what: string; useDifference: (version: number, against: number | null) => Asked; nameOf?: (name: string) => string }

function Difference({ version, active, what, useDifference, nameOf = (name) => name }: DifferenceProps) {
  const [against, setAgainst] = useState<"before" | "active">("before");
  const asked = useDifference(version, against === "active" ? active : null);
  if (asked.error) return <Trouble error={asked.error} again={() => void asked.refetch()} />;
  if (!asked.data) return <Waiting lines={2} />;
  const difference = asked.data.difference;
  const changes: RuleChange[] = difference === null ? [] : [
    ...difference.added.map(({ name }) => ({ kind: "added" as const, name: nameOf(name), fields: [] })),
    ...difference.removed.map(({ name }) => ({ kind: "removed" as const, name: nameOf(name), fields: [] })),
    ...difference.changed.map(({ name, changes: fields }) => ({ kind: "changed" as const, name: nameOf(name), fields: [...fields] })),
  ];
  return (
    <>
      {version !== active && (
        <label className="versions-against">Against <select value={against} onChange={(event) => setAgainst(event.target.value as typeof against)}><option value="before">the version before</option><option value="active">version {active}, in force</option></select></label>
      )}
      {difference === null ? <Nothing why="The first version." /> : changes.length === 0 ? <Nothing why={`The same ${what}.`} /> : <RuleChanges changes={changes} />}
    </>
  );
}
