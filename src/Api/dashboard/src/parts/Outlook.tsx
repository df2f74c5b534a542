import { foreseenOf, type ChurnReason, type Foreseen } from "../api/foreseen";
import type { Customer } from "../api/schema";
import { campaignName, campaignPath } from "../campaigns";
import { compactMoney, money } from "../format";
import { t } from "../language";
import { reasonText, shareOf } from "../predictions/words";
import { Link } from "../router";
import { customersPath } from "../customers/filter";
import { behaviorNames } from "../tags";
import { clamp } from "./Bars";

/** From here on a probability is marked; who is told about is up to the rules. */
const highFrom = 0.6, mediumFrom = 0.3;
export const levelOf = (probability: number) => (probability >= highFrom ? "high" : probability >= mediumFrom ? "medium" : "low");

export const ChurnMark = ({ value }: { value: number | null }) =>
  value === null ? <span className="faint">–</span> : (
    <span className="churn-mark" data-level={levelOf(value)}><span className="churn-track" aria-hidden="true"><span className="churn-fill" style={{ width: `${clamp(100 * value)}%` }} /></span>{shareOf(value)}</span>
  );

/** What is likely to come, and what comes first for this customer. */
export function OutlookCard({ customer }: { customer: Customer }) {
  const foreseen = foreseenOf(customer);
  return (
    <section className="card outlook" aria-labelledby="outlook-title">
      <header className="card-head"><h2 id="outlook-title">{t("Outlook")}</h2>{foreseen.churn && <span className="faint"><Link href={`/predictions?model=${foreseen.churn.model}`}>{t("Model {n}", { n: foreseen.churn.model })}</Link></span>}</header>
      <div className="outlook-parts">
        <Churn churn={foreseen.churn ?? null} />
        <div>
          <h3>{t("Projected value")}</h3>
          <Projected value={foreseen.projectedLtv ?? null} />
          <h3>{t("Priority action")}</h3>
          {foreseen.priorityAction ? <p><Link href={campaignPath(foreseen.priorityAction.campaign)}>{campaignName(foreseen.priorityAction.campaign)}</Link></p> : <p className="faint">{t("none for this product and status")}</p>}
        </div>
        <div>
          <h3>{t("Behaviour")}</h3>
          {customer.behaviorTags.length === 0 ? <p className="faint">{t("no behaviour tag")}</p> : <ul className="behaviours">{customer.behaviorTags.map((code) => <li key={code}><Link className="chip" href={customersPath({ behavior: code })} title={code}>{behaviorNames[code] ?? code}</Link></li>)}</ul>}
        </div>
      </div>
    </section>
  );
}

function Churn({ churn }: { churn: NonNullable<Foreseen["churn"]> | null }) {
  if (!churn) return <div><h3>{t("Silent for the next 14 days")}</h3><p className="faint">{t("No prediction: no model is live, or too little is known.")}</p></div>;
  return (
    <div className="outlook-churn" data-level={levelOf(churn.probability)}>
      <h3>{t("Silent for the next 14 days")}</h3>
      <p className="outlook-now"><span className="kpi-big" data-testid="churn">{shareOf(churn.probability)}</span><span className="churn-track" role="meter" aria-label={t("Probability")} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(100 * churn.probability)}><span className="churn-fill" style={{ width: `${clamp(100 * churn.probability)}%` }} /></span></p>
      {churn.reasons.length > 0 && <ul className="churn-reasons">{churn.reasons.map((reason) => <Reason key={reason.feature} reason={reason} />)}</ul>}
    </div>
  );
}

const Reason = ({ reason: { feature, text, value, logOdds } }: { reason: ChurnReason }) => (
  <li data-raises={logOdds > 0}>
    <svg viewBox="0 0 12 12" aria-hidden="true"><path d={logOdds > 0 ? "M6 10V2.5M2.8 5.6 6 2.4l3.2 3.2" : "M6 2v7.5M2.8 6.4 6 9.6l3.2-3.2"} /></svg>
    <span><span className="sr-only">{logOdds > 0 ? t("raises it:") : t("lowers it:")} </span>{reasonText(feature, text, value)}</span>
  </li>
);

function Projected({ value }: { value: NonNullable<Foreseen["projectedLtv"]> | null }) {
  if (!value) return <p className="faint">{t("not known: there are no payments")}</p>;
  const within = t("What this customer is expected to pay within {days} days", { days: value.horizonDays });
  return <p title={within}><b title={money(value.value)}>{compactMoney(value.value)}</b> <span className="faint">{t("{low} to {high}", { low: compactMoney(value.low), high: compactMoney(value.high) })}; {t("within {days} days", { days: value.horizonDays })}</span></p>;
}
