import type { AuditFilter } from "../api/client";
import { useAudit } from "../api/queries";
import type { AuditItem } from "../api/schema";
import { sentence, things } from "../format";
import { MoreLines, Nothing, Trouble, Waiting } from "../parts/States";
import { SearchBox } from "../parts/SearchBox";
import { Ago } from "../parts/Time";
import { navigate, useSearch } from "../router";
import { useTitle } from "../title";

const parts = ["who", "action", "target", "from", "to"] as const;

/** A day that is none is left out: the address may have been typed. */
export function auditFilterOf(search: string): AuditFilter {
  const set = new URLSearchParams(search);
  const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  return Object.fromEntries(parts.map((part) => [part, set.get(part) ?? ""] as const)
    .filter(([part, text]) => text !== "" && ((part !== "from" && part !== "to") || isDay(text))));
}

function addressOf(filter: AuditFilter): string {
  const set = new URLSearchParams(parts.flatMap((part) => (filter[part] ? [[part, filter[part]]] : [])));
  return set.size > 0 ? `/audit?${set}` : "/audit";
}

export function AuditPage({ isAdmin }: { isAdmin: boolean }) {
  useTitle("Audit log");
  return isAdmin ? <Log /> : <div className="notice"><h1>The audit log is for admins</h1><p>It says who changed what, with their names.</p></div>;
}

function Log() {
  const filter = auditFilterOf(useSearch());
  const audit = useAudit(filter);
  const items = audit.data?.pages.flatMap((page) => page.items) ?? [];
  const change = (part: AuditFilter) => navigate(addressOf({ ...filter, ...part }), "replace");
  const box = (part: "who" | "action" | "target", label: string, placeholder: string) => (
    <SearchBox label={label} placeholder={placeholder} value={filter[part] ?? ""} change={(text) => change({ [part]: text || undefined })} />
  );
  return (
    <section className="card" aria-labelledby="audit-title">
      <header className="card-head"><h1 id="audit-title">Audit log</h1></header>
      <p className="lead">Every change by a person, newest first, with what it was before and after. Days are in UTC.</p>
      <div className="filters" role="search">
        {box("who", "Person", "Person")}
        {box("action", "Action", "Action, such as key")}
        {box("target", "Target", "What was changed")}
        <label className="day">From <input type="date" value={filter.from ?? ""} onChange={(event) => change({ from: event.target.value || undefined })} /></label>
        <label className="day">to <input type="date" value={filter.to ?? ""} onChange={(event) => change({ to: event.target.value || undefined })} /></label>
        {Object.keys(filter).length > 0 && <button type="button" className="quiet" onClick={() => navigate("/audit", "replace")}>Clear</button>}
      </div>
      {audit.error && !audit.data ? <Trouble error={audit.error} again={() => void audit.refetch()} />
        : !audit.data ? <Waiting lines={8} />
        : items.length === 0 ? <Nothing why="No change was found.">{Object.keys(filter).length > 0 ? "A person, an action and a target are found by their whole names." : "Nobody has changed anything yet."}</Nothing>
        : <ol className="rows" data-stale={audit.isPlaceholderData}>{items.map((item) => <Change key={item.id} item={item} only={change} />)}</ol>}
      <p className="sr-only" role="status">{audit.isPending ? "" : `${things(items.length, "change")} shown`}</p>
      <MoreLines list={audit} label="Earlier changes" />
    </section>
  );
}

/** key.revoked reads as "Key revoked". */
export const actionWords = (action: string) => sentence(action.replaceAll(".", "_"));

function Change({ item, only }: { item: AuditItem; only: (part: AuditFilter) => void }) {
  return (
    <li>
      <p className="line">
        <b title={item.action}>{actionWords(item.action)}</b>
        <button type="button" className="quiet cut" title="Changes of this alone" onClick={() => only({ target: item.target })}><bdi>{item.target}</bdi></button>
        <span className="grow" />
        <button type="button" className="quiet cut" title="Changes by this person alone" onClick={() => only({ who: item.who })}><bdi>{item.who}</bdi></button>
        <Ago at={item.at} />
      </p>
      {item.reason && <p className="muted" dir="auto">{item.reason}</p>}
      {(item.before !== null || item.after !== null) && <p className="muted"><Side what={item.before} /> → <Side what={item.after} /></p>}
    </li>
  );
}

const Side = ({ what }: { what: unknown }) => (what === null || what === undefined ? <span className="faint">nothing</span> : <code className="break">{JSON.stringify(what)}</code>);
