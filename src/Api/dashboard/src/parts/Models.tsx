import { useState } from "react";
import { usePutLive, useTrain, type ModelRow, type TrainingRow } from "../api/predictions";
import { count } from "../format";
import { rich, t } from "../language";
import { aucOf, named, resultNames, sourceNames, stepNames, withInterval } from "../predictions/words";
import { Link } from "../router";
import { Nothing, Trouble, Waiting } from "./States";
import { Ago } from "./Time";

interface Asked<T> { data: { items: T[] } | undefined; error: Error | null; refetch: () => unknown }

/** All models that are kept; an admin puts one of them live, an earlier one too. */
export function ModelsCard({ models, isAdmin }: { models: Asked<ModelRow>; isAdmin: boolean }) {
  const [chosen, choose] = useState<ModelRow | null>(null);
  const items = models.data?.items ?? [];
  return (
    <section className="card" aria-labelledby="models-title">
      <header className="card-head"><h2 id="models-title">{t("Models")}</h2></header>
      {models.error && !models.data ? <Trouble error={models.error} again={() => void models.refetch()} /> : !models.data ? <Waiting /> : items.length === 0 ? <Nothing why={t("There is no model yet.")} /> : (
        <ul className="models">
          {items.map((model) => (
            <li key={model.number} data-live={model.live}>
              <p className="line"><Link href={`/predictions?model=${model.number}`}><b>{t("Model {n}", { n: model.number })}</b></Link>{model.live && <span className="pill">{t("live")}</span>}<span className="faint">{named(sourceNames, model.source)}, <Ago at={model.madeAt} /></span></p>
              <p className="faint">{t("{rows} rows of {learners} learners", { rows: count(model.rows), learners: count(model.learners) })}{model.auc && <> · {t("AUC {auc}", { auc: withInterval(model.auc, aucOf) })}</>}</p>
              {model.liveAt && <p className="faint">{rich("Put live {time} by {who}.", { time: <Ago at={model.liveAt} />, who: <bdi>{model.liveBy ?? "–"}</bdi> })} {model.liveReason && <span dir="auto">{model.liveReason}</span>}</p>}
              {isAdmin && !model.live && (chosen?.number === model.number ? <PutLive model={model} close={() => choose(null)} /> : <button type="button" className="small" onClick={() => choose(model)}>{isBack(model, items) ? t("Roll back to this model") : t("Put live")}</button>)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** It is older than the one that is live. */
export const isBack = (model: Pick<ModelRow, "number">, all: readonly Pick<ModelRow, "number" | "live">[]) => model.number < (all.find(({ live }) => live)?.number ?? -1);

function PutLive({ model, close }: { model: ModelRow; close: () => void }) {
  const [reason, setReason] = useState("");
  const put = usePutLive();
  return (
    <form className="put-live" onSubmit={(event) => { event.preventDefault(); put.mutate({ number: model.number, reason: reason.trim() }, { onSuccess: close }); }}>
      <label>{t("Reason")}<input type="text" value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} autoFocus /></label>
      <p className="muted">{t("Everybody’s probability is computed by model {n} within seconds. Where an active rule asks for it, everybody is evaluated again.", { n: model.number })}</p>
      {put.error && <p className="problem" role="alert">{put.error.message}</p>}
      <p className="line"><button type="submit" disabled={put.isPending}>{put.isPending ? t("Putting live …") : t("Put model {n} live", { n: model.number })}</button><button type="button" className="quiet" onClick={close}>{t("Cancel")}</button></p>
    </form>
  );
}

/** What trainings came to, and how far the one is that runs. */
export function TrainingCard({ trainings, isAdmin }: { trainings: Asked<TrainingRow>; isAdmin: boolean }) {
  const train = useTrain();
  const items = trainings.data?.items ?? [];
  const running = items.find(({ finishedAt }) => finishedAt === null);
  return (
    <section className="card" aria-labelledby="training-title">
      <header className="card-head"><h2 id="training-title">{t("Training")}</h2>{isAdmin && <button type="button" disabled={train.isPending || running !== undefined} onClick={() => train.mutate()}>{t("Train on this history")}</button>}</header>
      <p className="lead">{t("A model that is trained here goes live by itself only when it is surely better than the live one, on a later time than it was trained on.")}</p>
      {train.error && <p className="problem" role="alert">{train.error.message}</p>}
      {running && <Progress run={running} />}
      {trainings.error && !trainings.data ? <Trouble error={trainings.error} again={() => void trainings.refetch()} /> : !trainings.data ? <Waiting /> : items.length === 0 ? <Nothing why={t("No model was trained here yet.")} /> : (
        <ul className="trainings">
          {items.filter(({ finishedAt }) => finishedAt !== null).map((run) => (
            <li key={run.id}>
              <p className="line"><span className="pill" data-result={run.result}>{named(resultNames, run.result ?? "")}</span>{run.model !== null && <Link href={`/predictions?model=${run.model}`}>{t("Model {n}", { n: run.model })}</Link>}<span className="faint"><Ago at={run.finishedAt!} />, <bdi>{run.requestedBy}</bdi></span></p>
              <p className="faint">{t("{rows} rows of {customers} customers", { rows: count(run.rows), customers: count(run.customers) })}{run.note && <> · <span dir="auto">{run.note}</span></>}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const Progress = ({ run }: { run: TrainingRow }) => (
  <div className="training-now" role="status">
    <p className="line"><b>{named(stepNames, run.step)}</b><span className="faint">{t("{rows} rows of {customers} customers", { rows: count(run.rows), customers: count(run.customers) })}</span></p>
    <progress max={1} value={run.progress} aria-label={t("Progress of the training")} />
  </div>
);
