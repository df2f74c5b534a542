import { useMemo } from "react";
import { useModelCard, useModels, usePredictionWatch, useTrainings, type CardTarget, type ModelCard } from "../api/predictions";
import { drawCalibration, drawParts } from "../charts/predictions";
import { count, number, dayWithYear } from "../format";
import { rich, t } from "../language";
import { Chart } from "../parts/Chart";
import { CsvButton } from "../parts/CsvButton";
import { DriftCard } from "../parts/Drift";
import { ModelsCard, TrainingCard } from "../parts/Models";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { At } from "../parts/Time";
import { binsSummary, binsTable, partsSummary, partsTable, targetsTable } from "../predictions/tables";
import { aucOf, isBeyond, named, populationName, shareOf, sourceNames, targetName, withInterval } from "../predictions/words";
import { Link, useSearch } from "../router";
import { useTitle } from "../title";

/** What the model promises and how well it has kept it, on a time that it was not trained on. */
export function PredictionsPage({ isAdmin }: { isAdmin: boolean }) {
  useTitle(t("Predictions"));
  const asked = new URLSearchParams(useSearch());
  const wanted = Number(asked.get("model") ?? NaN);
  const model = useModelCard(Number.isInteger(wanted) && wanted >= 0 ? wanted : null);
  const [models, trainings, watch] = [useModels(), useTrainings(), usePredictionWatch()];
  return (
    <div className="analytics">
      <header className="page-head"><h1>{t("Predictions")}</h1></header>
      {model.error && !model.data ? <section className="card"><Trouble error={model.error} again={() => void model.refetch()} /></section>
        : model.data === undefined ? <section className="card"><Waiting lines={14} /></section>
        : model.data === null ? <section className="card"><Nothing why={t("No model is live: nobody has a churn probability yet.")}>{t("Train one on this installation’s history as soon as there is enough of it.")}</Nothing></section>
        : <Card card={model.data} asked={asked.get("target")} />}
      <div className="columns even">
        <ModelsCard models={models} isAdmin={isAdmin} />
        <TrainingCard trainings={trainings} isAdmin={isAdmin} />
      </div>
      <DriftCard watch={watch} />
    </div>
  );
}

function Card({ card, asked }: { card: ModelCard; asked: string | null }) {
  const target = card.targets.find(({ name }) => name === asked) ?? card.targets[0];
  return (
    <>
      <PromiseCard card={card} target={target} />
      {target && (
        <>
          <div className="columns even">
            <Calibration target={target} />
            <Budgets target={target} />
          </div>
          <div className="columns even">
            <Parts title={t("By course week")} what={t("Course week")} none={t("No week has enough rows.")} parts={target.byCourseWeek} file="course-week" />
            <Parts title={t("By tier")} what={t("Tier")} none={t("No tier has enough rows.")} parts={target.byTier} file="tier" />
          </div>
        </>
      )}
    </>
  );
}

function PromiseCard({ card, target }: { card: ModelCard; target: CardTarget | undefined }) {
  return (
    <section className="card promise" aria-labelledby="promise-title">
      <header className="card-head"><h2 id="promise-title">{t("Model {n}", { n: card.number })}</h2><span className="pill" data-live={card.live}>{card.live ? t("live") : t("not live")}</span><span className="faint">{named(sourceNames, card.source)}</span>{card.targets.length > 0 && <CsvButton name={["model", String(card.number)]} table={() => targetsTable(card.targets)} />}</header>
      {target ? <Kept target={target} /> : <Nothing why={t("This model was not judged: there was no later time to judge it on.")} />}
      {card.targets.length > 0 && <Targets card={card} chosen={target} />}
      <dl className="facts card-facts">
        <div><dt>{t("Trained on")}</dt><dd>{t("{rows} rows of {learners} learners", { rows: count(card.trainedOn.rows), learners: count(card.trainedOn.learners) })}<small className="faint">{t("{from} to {to}", { from: dayWithYear(card.trainedOn.from), to: dayWithYear(card.trainedOn.to) })}</small></dd></div>
        <div><dt>{t("Judged on")}</dt><dd>{t("{rows} rows of {learners} learners", { rows: count(card.testedOn.rows), learners: count(card.testedOn.learners) })}<small className="faint">{t("{from} to {to}", { from: dayWithYear(card.testedOn.from), to: dayWithYear(card.testedOn.to) })}</small></dd></div>
        <div><dt>{t("Made")}</dt><dd><At at={card.madeAt} /><small className="faint">{t("in {n} s", { n: number(Math.round(card.seconds)) })}</small></dd></div>
        <div><dt>{t("Method")}</dt><dd dir="auto">{card.algorithm}<small className="faint">{t("{n} features", { n: card.features.length })}</small></dd></div>
        <div><dt>{t("Data")}</dt><dd dir="auto">{card.provenance || "–"}<small className="faint">{card.licence}</small></dd></div>
      </dl>
      {card.note && <p className="faint" dir="auto">{card.note}</p>}
    </section>
  );
}

/** The promise in a sentence, with what it has to be measured against beside it. */
function Kept({ target }: { target: CardTarget }) {
  const { accuracy, alwaysNo, auc, baseRate } = target;
  return (
    <>
      <p className="lead">{rich("For each customer the model says how likely it is: {target}. Of {population}, this came true for {rate}.", { target: <b>{targetName(target)}</b>, population: <span dir="auto">{populationName(target.population)}</span>, rate: <b>{withInterval(baseRate, shareOf)}</b> })}</p>
      <dl className="tiles">
        <div className="tile"><dt>AUC</dt><dd><span className="tile-value" data-testid="auc">{aucOf(auc.value)}</span></dd><dd className="faint">{t("{low} to {high}; 0.5 is a coin", { low: aucOf(auc.low), high: aucOf(auc.high) })}</dd></div>
        <div className="tile"><dt>{t("Accuracy")}</dt><dd><span className="tile-value">{shareOf(accuracy.value)}</span></dd><dd className="faint">{t("{low} to {high}", { low: shareOf(accuracy.low), high: shareOf(accuracy.high) })}</dd></div>
        <div className="tile"><dt>{t("Always saying no")}</dt><dd><span className="tile-value">{shareOf(alwaysNo.value)}</span></dd><dd className="faint">{isBeyond(accuracy, alwaysNo) ? t("the model is right more often") : t("the model is not surely right more often")}</dd></div>
        <div className="tile"><dt>{t("Silent for 14 days already")}</dt><dd><span className="tile-value">{shareOf(target.rule14.value)}</span></dd><dd className="faint">{t("right by this rule alone")}</dd></div>
        <div className="tile"><dt>{t("Base rate")}</dt><dd><span className="tile-value">{shareOf(baseRate.value)}</span></dd><dd className="faint">{t("{n} rows of {learners} learners", { n: count(target.rows), learners: count(target.learners) })}</dd></div>
      </dl>
      <p className="faint">{t("Intervals are of 95%, drawn anew over learners. All figures are of a later time than the model was trained on.")}</p>
    </>
  );
}

function Targets({ card, chosen }: { card: ModelCard; chosen: CardTarget | undefined }) {
  const search = new URLSearchParams(useSearch());
  const hrefOf = (name: string) => {
    search.set("target", name);
    return `/predictions?${search}`;
  };
  return (
    <table className="lines targets">
      <thead><tr><th scope="col">{t("Predicted")}</th><th scope="col" className="amount">{t("Base rate")}</th><th scope="col">AUC</th><th scope="col">{t("Average precision")}</th><th scope="col">{t("Accuracy")}</th><th scope="col">{t("Logistic regression")}</th></tr></thead>
      <tbody>
        {card.targets.map((of) => (
          <tr key={of.name} data-chosen={of === chosen}>
            <th scope="row"><Link href={hrefOf(of.name)} {...(of === chosen ? { "aria-current": "true" as const } : {})}>{targetName(of)}</Link><small className="faint" dir="auto">{populationName(of.population)}</small></th>
            <td className="amount" data-label={t("Base rate")}>{shareOf(of.baseRate.value)}</td>
            <td data-label="AUC">{withInterval(of.auc, aucOf)}</td>
            <td data-label={t("Average precision")}>{withInterval(of.prAuc, aucOf)}</td>
            <td data-label={t("Accuracy")}>{withInterval(of.accuracy, shareOf)}</td>
            <td data-label={t("Logistic regression")}>{of.logistic === null ? "–" : t("AUC {auc}", { auc: withInterval(of.logistic.auc, aucOf) })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Calibration({ target }: { target: CardTarget }) {
  return (
    <Chart title={t("Calibration")} note={t("of what was said to be so likely, so many came true")} file={["calibration", target.name]} of={target.calibration} draw={drawCalibration} height={280}
      none={target.calibration.length === 0 ? t("No prediction has an outcome yet.") : null} table={binsTable(target.calibration)} summary={binsSummary(target.calibration)} />
  );
}

function Budgets({ target }: { target: CardTarget }) {
  const table = () => ({
    columns: [t("Customers looked at"), t("Of them right"), t("from"), t("up to"), t("Of all found")].map((label) => ({ label })),
    rows: target.budgets.map(({ share, precision, recall }) => [share, precision.value, precision.low, precision.high, recall.value]),
  });
  return (
    <section className="card" aria-labelledby="budgets-title">
      <header className="card-head"><h2 id="budgets-title">{t("At a budget of alerts")}</h2><span className="faint">{t("who has the highest probability comes first")}</span>{target.budgets.length > 0 && <CsvButton name={["budgets", target.name]} table={table} />}</header>
      {target.budgets.length === 0 ? <Nothing why={t("No budget was judged.")} /> : (
        <table className="lines budgets">
          <thead><tr><th scope="col">{t("Customers looked at")}</th><th scope="col">{t("Of them right")}</th><th scope="col">{t("Of all found")}</th></tr></thead>
          <tbody>
            {target.budgets.map(({ share, precision, recall }) => (
              <tr key={share}>
                <th scope="row">{shareOf(share)}</th>
                <td data-label={t("Of them right")}>{withInterval(precision, shareOf)}</td>
                <td data-label={t("Of all found")}>{withInterval(recall, shareOf)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="faint">{t("By chance {rate} of them would be right.", { rate: shareOf(target.baseRate.value) })}</p>
    </section>
  );
}

function Parts({ title, what, none, parts, file }: { title: string; what: string; none: string; parts: CardTarget["byTier"]; file: string }) {
  const of = useMemo(() => parts, [parts]);
  return <Chart title={title} note={t("AUC, accuracy and base rate")} file={["model", file]} of={of} draw={drawParts} height={230} none={parts.length === 0 ? none : null} table={partsTable(what, parts)} summary={partsSummary(title, parts)} />;
}
