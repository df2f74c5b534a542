import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api } from "../api/client";
import { keys, useKeys } from "../api/queries";
import type { KeyRow, MadeKey, SessionRow } from "../api/schema";
import { serverNow } from "../clock";
import { things } from "../format";
import { Copy } from "./Copy";
import { endOf, Lifetime } from "./Lifetime";
import { MoreLines, Trouble, Waiting } from "./States";
import { Ago, At } from "./Time";

const roles: Record<string, string> = {
  viewer: "Viewer: reads", success: "Success: decides reviews, overrides, evaluates", admin: "Admin: everything", ingest: "Ingest: sends events, nothing else",
};


export function KeysCard() {
  const listed = useKeys();
  const rows = listed.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card" aria-labelledby="keys-title">
      <header className="card-head"><h2 id="keys-title">Keys</h2></header>
      <p className="lead">Who may call the API or open this dashboard. Revoking one ends its sessions and what they listen to, everywhere within 5 seconds.</p>
      <NewKey />
      {listed.error && !listed.data ? <Trouble error={listed.error} again={() => void listed.refetch()} />
        : !listed.data ? <Waiting lines={4} />
        : <ul className="rows" aria-label="Keys">{rows.map((row) => <Row key={row.id} row={row} />)}</ul>}
      <MoreLines list={listed} label="Earlier keys" />
    </section>
  );
}

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
    <form className="filters" aria-label="Make a key" onSubmit={submit}>
      <input aria-label="Whose key it is" placeholder="Whose key it is" value={name} maxLength={100} required onChange={(event) => setName(event.target.value)} />
      <select aria-label="Role" value={role} onChange={(event) => setRole(event.target.value)}>
        {Object.entries(roles).map(([value, label]) => <option key={value} value={value}>{label}</option>)}
      </select>
      <Lifetime label="When it ends" days={days} choose={setDays} />
      <button type="submit" disabled={make.isPending || name.trim() === ""}>Make a key</button>
      {make.error && <p className="error" role="alert">{make.error.message}</p>}
      {make.data && <Made made={make.data} forget={() => make.reset()} />}
    </form>
  );
}

/** Only here: the server keeps no more than a fingerprint of it. */
const Made = ({ made, forget }: { made: MadeKey; forget: () => void }) => (
  <div className="made-key" role="status">
    <p><b>The key of <bdi>{made.name}</bdi>, shown this once:</b></p>
    <p className="line"><code className="break">{made.token}</code><Copy text={made.token} /><button type="button" onClick={forget}>Done</button></p>
  </div>
);

function stateOf(row: KeyRow): string {
  if (row.revokedAt) return "revoked";
  if (row.expiresAt && row.kind !== "link" && Date.parse(row.expiresAt) <= serverNow()) return "expired";
  return row.role;
}

const kinds: Record<string, string> = { key: "Key", link: "Sign-in link", person: "Signs in by the provider" };

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
        <b className="cut"><bdi>{row.name}</bdi></b><span className="pill" data-on={stands}>{state}</span>
        {!row.revokedAt && !asking && <button type="button" className="small" aria-label={`Revoke ${row.name}`} onClick={() => ask(true)}>Revoke</button>}
      </p>
      <p className="muted">
        {kinds[row.kind] ?? row.kind}, made <Ago at={row.createdAt} />{row.createdBy && <> by <bdi>{row.createdBy}</bdi></>}.
        {" "}{row.lastUsedAt ? <>Last used <Ago at={row.lastUsedAt} />.</> : "Never used."}
        {row.expiresAt && row.kind !== "link" && <> Ends <At at={row.expiresAt} />.</>}
        {row.revokedAt && <> Revoked <Ago at={row.revokedAt} />.</>}
      </p>
      {row.sessions.map((session) => <Session key={session.id} of={row} session={session} />)}
      {revoke.error && <p className="error" role="alert">{revoke.error.message}</p>}
      {asking && (
        <p className="line asking" role="group" aria-label={`Revoke ${row.name}?`}>
          <span>It stops working at once, and its {things(row.sessions.length, "session")} with it.</span>
          <button type="button" autoFocus disabled={revoke.isPending} onClick={() => revoke.mutate()}>Revoke it</button>
          <button type="button" onClick={() => ask(false)}>Keep it</button>
        </p>
      )}
    </li>
  );
}

function Session({ of, session }: { of: KeyRow; session: SessionRow }) {
  const queries = useQueryClient();
  const end = useMutation({ mutationFn: () => api.endSession(of.id, session.id), onSettled: () => queries.invalidateQueries({ queryKey: keys.keys }) });
  return (
    <p className="muted line"><span>Signed in <Ago at={session.openedAt} />, last used <Ago at={session.usedAt} />.</span><button type="button" className="small" disabled={end.isPending} onClick={() => end.mutate()}>End this session</button></p>
  );
}
