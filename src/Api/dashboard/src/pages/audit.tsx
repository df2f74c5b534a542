import { api, type AuditFilter } from "../api/client";
import { useAudit } from "../api/queries";
import type { AuditItem } from "../api/schema";
import { sentence } from "../format";
import { t, translated } from "../language";
import { CsvOfAll } from "../parts/CsvOfAll";
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
  useTitle(t("Audit log"));
  return isAdmin ? <Log /> : <div className="notice"><h1>{t("The audit log is for admins")}</h1><p>{t("It says who changed what, with their names.")}</p></div>;
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
      <header className="card-head"><h1 id="audit-title">{t("Audit log")}</h1><CsvOfAll name={["audit"]} disabled={items.length === 0} page={(cursor, limit) => api.audit(filter, cursor, undefined, limit)} table={asTable} /></header>
      <p className="lead">{t("Every change by a person, newest first, with what it was before and after. Days are in UTC.")}</p>
      <div className="filters" role="search">
        {box("who", t("Person"), t("Person"))}
        {box("action", t("Action"), t("Action, such as key"))}
        {box("target", t("Target"), t("What was changed"))}
        <label className="day">{t("From")} <input type="date" value={filter.from ?? ""} onChange={(event) => change({ from: event.target.value || undefined })} /></label>
        <label className="day">{t("To")} <input type="date" value={filter.to ?? ""} onChange={(event) => change({ to: event.target.value || undefined })} /></label>
        {Object.keys(filter).length > 0 && <button type="button" className="quiet" onClick={() => navigate("/audit", "replace")}>{t("Clear")}</button>}
      </div>
      {audit.error && !audit.data ? <Trouble error={audit.error} again={() => void audit.refetch()} />
        : !audit.data ? <Waiting lines={8} />
        : items.length === 0 ? <Nothing why={t("No change was found.")}>{t(Object.keys(filter).length > 0 ? "A person, an action and a target are found by their whole names." : "Nobody has changed anything yet.")}</Nothing>
        : <ol className="rows" data-stale={audit.isPlaceholderData}>{items.map((item) => <Change key={item.id} item={item} only={change} />)}</ol>}
      <p className="sr-only" role="status">{audit.isPending ? "" : t("{n} {n|change|changes} shown", { n: items.length })}</p>
      <MoreLines list={audit} label={t("Earlier changes")} />
    </section>
  );
}

const actionNames: Record<string, string> = translated({
  "action.cancelled": "Action cancelled", "action.replayed": "Action replayed", "backtest.started": "Backtest started", "campaign.tested": "Campaign tested", "campaigns.published": "Campaigns published",
  "card.created": "Card created", "card.deleted": "Card deleted", "customer.erased": "Customer erased", "customer.evaluated": "Customer evaluated", "customer.exported": "Customer exported",
  "customer.lock_changed": "Customer lock changed", "customer.noted": "Customer noted", "customer.overridden": "Customer overridden", "evaluation.requested": "Evaluation requested",
  "event.decided": "Event decided", "event.undecided": "Event undecided", "flag.changed": "Flag changed", "key.created": "Key created", "key.restored": "Key restored", "key.revoked": "Key revoked",
  "kpi.changed": "KPI changed", "link.created": "Link created", "person.admitted": "Person admitted", "person.changed": "Person changed", "review.annotated": "Review annotated", "review.approved": "Review approved",
  "review.rejected": "Review rejected", "rules.published": "Rules published", "session.ended": "Session ended", "session.opened": "Session opened", "task.assigned": "Task assigned", "task.completed": "Task completed",
  "transition.undone": "Transition undone", "view.deleted": "View deleted", "view.shared": "View shared",
});

/** An action of a newer server reads as its code does: key.revoked as "Key revoked". */
export const actionWords = (action: string) => actionNames[action] ?? sentence(action.replaceAll(".", "_"));

const written = (side: unknown) => (side === null || side === undefined ? null : JSON.stringify(side));

const asTable = (items: readonly AuditItem[]) => ({
  columns: [t("At"), t("Person"), t("Action code"), t("Action"), t("Target"), t("Reason"), t("State before"), t("State after")].map((label) => ({ label })),
  rows: items.map(({ at, who, action, target, reason, before, after }) => [at, who, action, actionWords(action), target, reason, written(before), written(after)]),
});

function Change({ item, only }: { item: AuditItem; only: (part: AuditFilter) => void }) {
  return (
    <li>
      <p className="line audit-line">
        <b title={item.action}>{actionWords(item.action)}</b>
        <button type="button" className="quiet cut" title={t("Changes of this alone")} onClick={() => only({ target: item.target })}><bdi>{item.target}</bdi></button>
        <span className="grow" />
        <button type="button" className="quiet cut" title={t("Changes by this person alone")} onClick={() => only({ who: item.who })}><bdi>{item.who}</bdi></button>
        <Ago at={item.at} />
      </p>
      {item.reason && <p className="muted" dir="auto">{item.reason}</p>}
      {(item.before !== null || item.after !== null) && <p className="muted"><Side what={item.before} /> → <Side what={item.after} /></p>}
    </li>
  );
}

const Side = ({ what }: { what: unknown }) => (what === null || what === undefined ? <span className="faint">{t("nothing")}</span> : <code className="break">{JSON.stringify(what)}</code>);
