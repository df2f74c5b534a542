import { useState } from "react";
import type { Instant } from "../api/client";
import { rich, t, translated } from "../language";
import type { FieldChange, RuleChange } from "../rules/draft";
import { versionsTable } from "../rules/tables";
import { CsvOfAll } from "./CsvOfAll";
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
  /** What they are versions of. */
  what: "rules" | "campaigns";
  /** One page of them after the other, for a file. */
  page: (cursor: string | null) => Promise<{ items: readonly T[]; next: string | null }>;
  /** How many rules or campaigns a version has, and what they are called. */
  counted: string;
  size: (set: T) => number;
  /** Asks for what a version changed against another; against the one before where that is null. */
  useDifference: (version: number, against: number | null) => Asked;
  edit: ((set: T) => void) | null;
  nameOf?: (name: string) => string;
}

const words = translated({
  rules: { takeUp: "Take these rules up again", same: "The same rules." },
  campaigns: { takeUp: "Take these campaigns up again", same: "The same campaigns." },
});

/** Every version there was, each with what it changed; one of them can be taken up again. */
export function SetVersions<T extends SetHead>({ versions, page, counted, size, ...shared }: SetVersionsProps<T>) {
  const sets = versions.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card" aria-labelledby="versions-title">
      <header className="card-head">
        <h2 id="versions-title">{t("Versions")}</h2>
        <CsvOfAll name={[shared.what, "versions"]} disabled={sets.length === 0} page={(cursor) => page(cursor)} table={(all) => versionsTable(all, shared.active.version, counted, size)} />
      </header>
      {versions.error && !versions.data ? <Trouble error={versions.error} again={() => void versions.refetch()} /> : !versions.data ? <Waiting lines={3} /> : (
        <ul className="rows versions">{sets.map((set) => <Version key={set.version} set={set} {...shared} />)}</ul>
      )}
      <MoreLines list={versions} label={t("Older versions")} />
    </section>
  );
}

function Version<T extends SetHead>({ set, active, what, edit, ...shared }: Omit<SetVersionsProps<T>, "versions" | "page" | "counted" | "size"> & { set: T }) {
  const [open, setOpen] = useState(false);
  const isActive = set.version === active.version;
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span className="line"><b>{t("Version {n}", { n: set.version })}</b>{isActive && <span className="pill" data-on="true">{t("in force")}</span>}<span className="muted">{rich("by {author}, {at}", { author: <bdi>{set.author}</bdi>, at: <At at={set.publishedAt} /> })}</span></span>
          {set.comment && <span className="faint" dir="auto">{set.comment}</span>}
        </summary>
        {open && <Difference version={set.version} active={active.version} what={what} {...shared} />}
        {open && edit && !isActive && <button type="button" className="small" onClick={() => edit(set)}>{words[what].takeUp}</button>}
      </details>
    </li>
  );
}

interface DifferenceProps { version: number; active: number; what: "rules" | "campaigns"; useDifference: (version: number, against: number | null) => Asked; nameOf?: (name: string) => string }

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
        <label className="versions-against">{t("Against")} <select value={against} onChange={(event) => setAgainst(event.target.value as typeof against)}><option value="before">{t("the version before")}</option><option value="active">{t("version {n}, in force", { n: active })}</option></select></label>
      )}
      {difference === null ? <Nothing why={t("The first version.")} /> : changes.length === 0 ? <Nothing why={words[what].same} /> : <RuleChanges changes={changes} name={[what, `version-${version}`, `against-${against === "active" ? active : "before"}`]} />}
    </>
  );
}
