import type { FeatureMove, PredictionWatch } from "../api/predictions";
import { drawCalibration } from "../charts/predictions";
import { count, shortDay } from "../format";
import { t } from "../language";
import { binsSummary, binsTable, driftTable } from "../predictions/tables";
import { aucOf, featureText, named, shareOf, verdictNames } from "../predictions/words";
import { Chart } from "./Chart";
import { CsvButton } from "./CsvButton";
import { Nothing, Trouble, Waiting } from "./States";

const shown = 10, indexEnd = 0.5;

/** Whether the world is still the one that the model was trained on, and what became of what it said. */
export function DriftCard({ watch }: { watch: { data: PredictionWatch | null | undefined; error: Error | null; refetch: () => unknown } }) {
  if (watch.error && !watch.data) return <section className="card"><Trouble error={watch.error} again={() => void watch.refetch()} /></section>;
  if (watch.data === undefined) return <section className="card"><Waiting lines={6} /></section>;
  if (watch.data === null) return null;
  const { drift, calibration } = watch.data;
  return (
    <div className="columns even">
      <section className="card" aria-labelledby="drift-title">
        <header className="card-head"><h2 id="drift-title">{t("Drift of the features")}</h2><span className="pill" data-verdict={drift.verdict}>{named(verdictNames, drift.verdict)}</span>{drift.features.length > 0 && <CsvButton name={["drift", String(watch.data.model)]} table={() => driftTable(drift.features)} />}</header>
        {drift.features.length === 0 ? <Nothing why={t("{n} of {min} samples: too few to tell.", { n: count(drift.samples), min: count(drift.samplesMin) })} /> : (
          <>
            <p className="lead">{t("How far the values of {n} samples are from those of the training: below 0.1 nothing of note, from 0.25 on much.", { n: count(drift.samples) })} {drift.from && drift.to && t("{from} to {to}", { from: shortDay(drift.from), to: shortDay(drift.to) })}</p>
            <ul className="drift">{drift.features.slice(0, shown).map((move) => <Moved key={move.name} move={move} />)}</ul>
          </>
        )}
      </section>
      <Chart title={t("What became of predictions")} note={t("of the last 90 days")} file={["outcomes", String(watch.data.model)]} of={calibration.bins} draw={drawCalibration} height={260}
        none={calibration.bins.length === 0 ? t("{n} of {min} predictions have an outcome: too few to tell.", { n: count(calibration.rows), min: count(calibration.rowsMin) }) : null}
        table={binsTable(calibration.bins)} summary={binsSummary(calibration.bins)}>
        {calibration.predicted !== null && calibration.observed !== null && (
          <p className="chart-lead muted">{t("Said on average {predicted}, came true {observed}, of {n} predictions.", { predicted: shareOf(calibration.predicted), observed: shareOf(calibration.observed), n: count(calibration.rows) })} {calibration.auc !== null && t("AUC {auc}", { auc: aucOf(calibration.auc) })}</p>
        )}
      </Chart>
    </div>
  );
}

const Moved = ({ move: { name, text, index, verdict } }: { move: FeatureMove }) => (
  <li data-verdict={verdict}>
    <span className="drift-name" title={name}>{featureText(name, text)}</span>
    <span className="share-track" aria-hidden="true"><span className="drift-fill" style={{ width: `${Math.min(100, (100 * index) / indexEnd)}%` }} /></span>
    <span className="amount">{aucOf(index)}<span className="sr-only">, {named(verdictNames, verdict)}</span></span>
  </li>
);
