import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api } from "../api/client";
import { keys, useSession } from "../api/queries";
import type { CustomerRow } from "../api/schema";
import { changedAtOnceMax, summary } from "../customers/bulk";
import { things } from "../format";
import { t } from "../language";
import { mayDecide } from "../may";
import { allTags, tagFacts, type StatusTag } from "../tags";
import { Panel } from "./Panel";

interface BulkProps { ids: readonly string[]; rows: readonly CustomerRow[]; save: (rows: readonly CustomerRow[]) => void; clear: () => void }

/** What can be done to everybody who is selected. */
export function CustomerBulk({ ids, rows, save, clear }: BulkProps) {
  const session = useSession().data;
  const queries = useQueryClient();
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const [batch, setBatch] = useState<string | null>(null);
  const run = async (act: () => Promise<string>) => {
    setBusy(true);
    setSaid("…");
    setBatch(null);
    setSaid(await act().catch((trouble: Error) => trouble.message));
    setBusy(false);
    void queries.invalidateQueries({ queryKey: keys.customers });
    for (const id of ids.slice(0, changedAtOnceMax)) void queries.invalidateQueries({ queryKey: keys.customer(id) });
  };
  const mayUndo = session?.role === "admin";
  const evaluate = () => run(async () => {
    if (ids.length > changedAtOnceMax) {
      const { total } = await api.evaluateAll(ids);
      return t("The evaluation of {customers} has begun; Operations shows how it goes on.", { customers: things(total || ids.length, "customer") });
    }
    const done = await api.changeAll({ action: "evaluate", customers: [...ids] });
    const { moved, opened, unchanged, refused, why } = summary(done);
    if (mayUndo && moved > 0) setBatch(done.batchId);
    const evaluated = t("{customers} evaluated: {moves}, {reviews}.", { customers: things(moved + opened + unchanged, "customer"), moves: things(moved, "move"), reviews: things(opened, "review") });
    return why === null ? evaluated : `${evaluated} ${t("{customers} refused: {why}", { customers: things(refused, "customer"), why })}`;
  });
  const setTag = (tag: StatusTag, reason: string) => run(async () => {
    const done = await api.changeAll({ action: "override", customers: [...ids], tag, reason });
    const { moved, unchanged, refused, why } = summary(done);
    if (mayUndo && moved > 0) setBatch(done.batchId);
    const set = t("{customers} set to {tag}.", { customers: things(moved + unchanged, "customer"), tag: tagFacts[tag].name });
    return why === null ? set : `${set} ${t("{customers} refused: {why}", { customers: things(refused, "customer"), why })}`;
  });
  const takeBack = (of: string) => run(async () => {
    const { count, movedOnCount } = await api.undoBatch(of);
    const back = t("{moves} taken back.", { moves: things(count, "move") });
    return movedOnCount === 0 ? back : `${back} ${t("{customers} have moved on since and were left alone.", { customers: things(movedOnCount, "customer") })}`;
  });
  const outcome = <><span role="status" className="bulk-said">{said}</span>{batch && <button type="button" className="quiet" disabled={busy} onClick={() => void takeBack(batch)}>{t("Take it back")}</button>}</>;
  // Whom the tag has taken out of the list is not selected any more; what was done is still said.
  if (ids.length === 0) return said === "" ? null : <div className="bulk">{outcome}<button type="button" className="quiet" onClick={() => setSaid("")}>{t("Dismiss")}</button></div>;
  return (
    <div className="bulk" role="group" aria-label={t("Selected customers")}>
      <b>{t("{customers} selected", { customers: things(ids.length, "customer") })}</b>
      {mayDecide(session) && (
        <Panel label={t("Set tag …")} title={t("Set the tag of those selected")}>
          {(close) => <TagForm n={ids.length} act={(tag, reason) => { close(); void setTag(tag, reason); }} />}
        </Panel>
      )}
      {mayDecide(session) && (mayUndo || ids.length <= changedAtOnceMax) && <button type="button" className="small-button" disabled={busy} onClick={() => void evaluate()}>{t("Evaluate now")}</button>}
      <button type="button" className="small-button" onClick={() => save(rows.filter(({ id }) => ids.includes(id)))}>{t("CSV of the selection")}</button>
      <button type="button" className="quiet" onClick={clear}>{t("Unselect")}</button>
      {outcome}
    </div>
  );
}

function TagForm({ n, act }: { n: number; act: (tag: StatusTag, reason: string) => void }) {
  const [tag, setTag] = useState<StatusTag>("ST_001");
  const [reason, setReason] = useState("");
  if (n > changedAtOnceMax) return <p className="muted">{t("At most {n} customers can be changed at once.", { n: changedAtOnceMax })}</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act(tag, reason);
  };
  return (
    <form className="act" onSubmit={submit}>
      <label>{t("New tag")}<select value={tag} onChange={(event) => setTag(event.target.value as StatusTag)}>{allTags.map((each) => <option key={each} value={each}>{tagFacts[each].name}</option>)}</select></label>
      <label>{t("Reason")}<input required autoFocus value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} /></label>
      <p className="faint">{t("Automation leaves them alone for 7 days.")}</p>
      <button type="submit" className="primary">{t("Set the tag of {customers}", { customers: things(n, "customer") })}</button>
    </form>
  );
}
