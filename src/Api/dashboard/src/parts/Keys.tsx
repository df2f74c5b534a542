import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api } from "../api/client";
import { keys, useKeys } from "../api/queries";
import type { KeyRow, MadeKey, SessionRow } from "../api/schema";
import { serverNow } from "../clock";
import type { Table } from "../analytics/csv";
import { things } from "../format";
import { rich, t, translated } from "../language";
import { Copy } from "./Copy";
import { CsvButton } from "./CsvButton";
import { endOf, Lifetime } from "./Lifetime";
import { MoreLines, Trouble, Waiting } from "./States";
import { Ago, At } from "./Time";

const roles: Record<string, string> = translated({
  viewer: "Viewer: reads", success: "Success: decides reviews, overrides, evaluates", admin: "Admin: everything", ingest: "Ingest: sends events, nothing else",
});
const states: Record<string, string> = translated({ revoked: "revoked", expired: "expired", viewer: "viewer", success: "success", admin: "admin", ingest: "ingest" });

export function KeysCard() {
  const listed = useKeys();
  const rows = listed.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card" aria-labelledby="keys-title">
      <header className="card-head"><h2 id="keys-title">{t("Keys")}</h2><CsvButton name={["keys"]} table={() => tableOf(rows)} disabled={rows.length === 0} /></header>
      <p className="lead">{t("Who may call the API or open this dashboard. Revoking one ends its sessions and what they listen to, everywhere within 5 seconds.")}</p>
      <NewKey />
      {listed.error && !listed.data ? <Trouble error={listed.error} again={() => void listed.refetch()} />
        : !listed.data ? <Waiting lines={4} />
        : <ul className="rows" aria-label={t("Keys")}>{rows.map((row) => <Row key={row.id} row={row} />)}</ul>}
      <MoreLines list={listed} label={t("Earlier keys")} />
    </section>
  );
}

const tableOf = (rows: readonly KeyRow[]): Table => ({
  columns: [t("Name"), t("Kind"), t("State"), t("Made"), t("Made by"), t("Last used"), t("Ends"), t("Sessions")].map((label) => ({ label })),
  rows: rows.map((row) => [row.name, kinds[row.kind] ?? row.kind, states[stateOf(row)] ?? stateOf(row), row.createdAt, row.createdBy, row.lastUsedAt, row.expiresAt, row.sessions.length]),
});

function NewKey() {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState("viewer");
  const [days, setDays] = useState<number | null>(null);
  const make = useMutation({
    mutationFn: () => api.makeKey({ name, role, expiresAt: endOf(days) }),
    onSuccess: () => setName(""),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.keys }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form className="filters" aria-label={t("Make a key")} onSubmit={submit}>
      <input aria-label={t("Whose key it is")} placeholder={t("Whose key it is")} value={name} maxLength={100} required onChange={(event) => setName(event.target.value)} />
      <select aria-label={t("Role")} value={role} onChange={(event) => setRole(event.target.value)}>
        {Object.entries(roles).map(([value, label]) => <option key={value} value={value}>{label}</option>)}
      </select>
      <Lifetime label={t("When it ends")} days={days} choose={setDays} />
      <button type="submit" disabled={make.isPending || name.trim() === ""}>{t("Make a key")}</button>
      {make.error && <p className="error" role="alert">{make.error.message}</p>}
      {make.data && <Made made={make.data} forget={() => make.reset()} />}
    </form>
  );
}

/** Only here: the server keeps no more than a fingerprint of it. */
const Made = ({ made, forget }: { made: MadeKey; forget: () => void }) => (
  <div className="made-key" role="status">
    <p><b>{rich("The key of {name}, shown this once:", { name: <bdi>{made.name}</bdi> })}</b></p>
    <p className="line"><code className="break">{made.token}</code><Copy text={made.token} /><button type="button" onClick={forget}>{t("Done")}</button></p>
  </div>
);

function stateOf(row: KeyRow): string {
  if (row.revokedAt) return "revoked";
  if (row.expiresAt && row.kind !== "link" && Date.parse(row.expiresAt) <= serverNow()) return "expired";
  return row.role;
}

const kinds: Record<string, string> = translated({ key: "Key", link: "Sign-in link", person: "Signs in by the provider" });

function Row({ row }: { row: KeyRow }) {
  const queries = useQueryClient();
  const [asking, ask] = useState(false);
  const revoke = useMutation({
    mutationFn: () => api.revokeKey(row.id),
    onSettled: () => {
      ask(false);
      return queries.invalidateQueries({ queryKey: keys.keys });
    },
  });
  const state = stateOf(row);
  const stands = state === row.role;
  return (
    <li data-key={row.id}>
      <p className="line">
        <b className="cut"><bdi>{row.name}</bdi></b><span className="pill" data-on={stands}>{states[state] ?? state}</span>
        {!row.revokedAt && !asking && <button type="button" className="small" aria-label={t("Revoke {name}", { name: row.name })} onClick={() => ask(true)}>{t("Revoke")}</button>}
      </p>
      <p className="muted">
        {row.createdBy
          ? rich("{kind}, made {ago} by {person}.", { kind: kinds[row.kind] ?? row.kind, ago: <Ago at={row.createdAt} />, person: <bdi>{row.createdBy}</bdi> })
          : rich("{kind}, made {ago}.", { kind: kinds[row.kind] ?? row.kind, ago: <Ago at={row.createdAt} /> })}
        {" "}{row.lastUsedAt ? rich("Last used {ago}.", { ago: <Ago at={row.lastUsedAt} /> }) : t("Never used.")}
        {row.expiresAt && row.kind !== "link" && <> {rich("Ends {at}.", { at: <At at={row.expiresAt} /> })}</>}
        {row.revokedAt && <> {rich("Revoked {ago}.", { ago: <Ago at={row.revokedAt} /> })}</>}
      </p>
      {row.sessions.map((session) => <Session key={session.id} of={row} session={session} />)}
      {revoke.error && <p className="error" role="alert">{revoke.error.message}</p>}
      {asking && (
        <p className="line asking" role="group" aria-label={t("Revoke {name}?", { name: row.name })}>
          <span>{t("It stops working at once, and its {sessions} with it.", { sessions: things(row.sessions.length, "session") })}</span>
          <button type="button" autoFocus disabled={revoke.isPending} onClick={() => revoke.mutate()}>{t("Revoke it")}</button>
          <button type="button" onClick={() => ask(false)}>{t("Keep it")}</button>
        </p>
      )}
    </li>
  );
}

function Session({ of, session }: { of: KeyRow; session: SessionRow }) {
  const queries = useQueryClient();
  const end = useMutation({ mutationFn: () => api.endSession(of.id, session.id), onSettled: () => queries.invalidateQueries({ queryKey: keys.keys }) });
  return (
    <p className="muted line"><span>{rich("Signed in {opened}, last used {used}.", { opened: <Ago at={session.openedAt} />, used: <Ago at={session.usedAt} /> })}</span><button type="button" className="small" disabled={end.isPending} onClick={() => end.mutate()}>{t("End this session")}</button></p>
  );
}
