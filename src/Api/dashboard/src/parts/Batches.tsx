import { useState } from "react";
import { useUndoBatch } from "../api/operations";
import { useBatches } from "../api/queries";
import type { BatchRow } from "../api/schema";
import { serverNow } from "../clock";
import { count, percent, span, things } from "../format";
import { rich, t } from "../language";
import { batchesTable, scopes } from "../operations";
import { CsvButton } from "./CsvButton";
import { Nothing, Trouble, Waiting } from "./States";
import { Ago } from "./Time";

export const batchesShown = 10;

/** Evaluations of many: how far they are, and what they came to. The line tells of every step. */
export function BatchesCard({ isAdmin }: { isAdmin: boolean }) {
  const asked = useBatches(batchesShown);
  const items = asked.data?.items ?? [];
  return (
    <section className="card" aria-labelledby="batches-title">
      <header className="card-head"><h2 id="batches-title">{t("Evaluations of everybody")}</h2><CsvButton name={["batches"]} table={() => batchesTable(items)} disabled={items.length === 0} /></header>
      {asked.error && !asked.data ? <Trouble error={asked.error} again={() => void asked.refetch()} />
        : !asked.data ? <Waiting lines={3} />
        : items.length === 0 ? <Nothing why={t("Nobody was evaluated as a whole yet.")}>{t("It happens at every business midnight, and when somebody asks for it.")}</Nothing>
        : <ul className="rows batches">{items.map((batch) => <Batch key={batch.id} batch={batch} isAdmin={isAdmin} />)}</ul>}
    </section>
  );
}

function Batch({ batch, isAdmin }: { batch: BatchRow; isAdmin: boolean }) {
  const name = scopes[batch.scope] ?? batch.scope;
  const done = batch.total === 0 ? 100 : Math.min(100, (100 * batch.evaluated) / batch.total);
  const came = { evaluated: count(batch.evaluated), customers: things(batch.total, "customer"), moves: things(batch.transitions, "move"), reviews: things(batch.reviews, "review") };
  return (
    <li data-batch={batch.id}>
      <p className="line">
        <b title={batch.id}>{name}</b>
        <span className="muted">{rich("started {ago}", { ago: <Ago at={batch.startedAt} /> })}</span>
        <span className="pill" data-on={batch.finishedAt !== null}>{batch.finishedAt ? t("finished") : t("{percent} done", { percent: percent(batch.evaluated, batch.total) })}</span>
      </p>
      {batch.finishedAt === null && (
        <div className="share-track progress" role="progressbar" aria-label={name} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(done)}><span className="bar-fill" style={{ width: `${done}%` }} /></div>
      )}
      <p className="muted">
        {t("{evaluated} of {customers} evaluated: {moves}, {reviews}.", came)}
        {took(batch) > 0 && <> {t("Took {span}.", { span: span(took(batch)) })}</>}
        {batch.finishedAt === null && batch.evaluated > 0 && batch.evaluated < batch.total && <> {t("About {span} to go.", { span: span(left(batch)) })}</>}
        {batch.errors > 0 && <> <b className="error">{things(batch.errors, "error")}</b>: {t("the log names them")}.</>}
      </p>
      {isAdmin && batch.finishedAt !== null && batch.transitions > 0 && <UndoBatch batch={batch} name={name} />}
    </li>
  );
}

/** Nothing while it runs, and on a clock that stands still meanwhile. */
const took = ({ startedAt, finishedAt }: BatchRow) => (finishedAt === null ? 0 : Date.parse(finishedAt) - Date.parse(startedAt));

/** At the pace so far. */
const left = ({ startedAt, evaluated, total }: BatchRow) => ((serverNow() - Date.parse(startedAt)) * (total - evaluated)) / evaluated;

/** Takes back what a batch moved: counted first, then asked. */
function UndoBatch({ batch, name }: { batch: BatchRow; name: string }) {
  const [asking, ask] = useState(false);
  const undo = useUndoBatch(batch.id);
  const found = undo.data;
  const begin = () => {
    undo.reset();
    ask(true);
    undo.mutate(true);
  };
  const isDone = undo.isSuccess && undo.variables === false;
  return (
    <div className="undo-batch">
      {!asking ? <button type="button" className="small quiet" aria-label={t("Undo {batch}", { batch: name })} onClick={begin}>{t("Undo …")}</button> : (
        <div className="line asking" role="group" aria-label={t("Undo {batch}", { batch: name })}>
          {undo.isPending && <span className="faint" role="status">{undo.variables ? t("Counting …") : t("Taking back …")}</span>}
          {found && !undo.isPending && (
            <span role="status">
              {isDone ? t("{n} {n|move was|moves were} taken back.", { n: found.count }) : t("{n} {n|move|moves} would be taken back.", { n: found.count })}
              {found.movedOnCount > 0 && <> {t("{n} {n|customer has|customers have} moved on since and {n|is|are} left alone.", { n: found.movedOnCount })}</>}
              {found.sent.length > 0 && <> {t("{n} {n|message|messages} had been sent and cannot be called back.", { n: found.sent.length })}</>}
            </span>
          )}
          {found && !isDone && !undo.isPending && found.count > 0 && <button type="button" autoFocus onClick={() => undo.mutate(false)}>{t("Take them back")}</button>}
          {!undo.isPending && <button type="button" onClick={() => ask(false)}>{isDone || found?.count === 0 ? t("Close") : t("Keep them")}</button>}
        </div>
      )}
      {undo.error && <p className="error" role="alert">{undo.error.message}</p>}
    </div>
  );
}
