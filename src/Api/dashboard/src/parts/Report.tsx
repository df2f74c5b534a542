import { useState } from "react";
import { useReport } from "../api/campaigns";
import type { CampaignReport, RateRow, ReportGroup } from "../api/schema";
import { allMeasures, comparesOf, groupName, interval, machineSentence, measures, scaleOf, share, upliftSentence, whyNoUplift, windowSentence, type Measure } from "../campaigning/report";
import { serverNow } from "../clock";
import { reportTable } from "../campaigning/tables";
import { compact, dayOf, number } from "../format";
import { t, text, translate } from "../language";
import { clamp } from "./Bars";
import { CsvButton } from "./CsvButton";
import { Nothing, Trouble, Waiting } from "./States";

const dayMs = 86_400_000;
const spans = [["30", text("Started in the last 30 days")], ["90", text("Started in the last 90 days")], ["365", text("Started in the last year")]] as const;

/** What a campaign did: rates of every group with their intervals, and the difference from those who get nothing. */
export function Report({ campaign }: { campaign: string }) {
  const [days, setDays] = useState("90");
  const report = useReport(campaign, dayOf(serverNow() - Number(days) * dayMs));
  const shown = report.data;
  return (
    <section className="card" aria-labelledby="report-title">
      <header className="card-head">
        <h2 id="report-title">{t("Results")}</h2>
        <select className="small" aria-label={t("Of when")} value={days} onChange={(event) => setDays(event.target.value)}>{spans.map(([value, words]) => <option key={value} value={value}>{translate(words)}</option>)}</select>
        {shown && <CsvButton name={["campaign", campaign, shown.from, shown.to]} disabled={shown.groups.length === 0} table={() => reportTable(shown)} />}
      </header>
      {report.error && !report.data ? <Trouble error={report.error} again={() => void report.refetch()} />
        : !report.data ? <Waiting lines={4} />
        : report.data.groups.every(({ customers }) => customers === 0) ? <Nothing why={t("Nobody has been given it in this time.")} />
        : <Groups report={report.data} />}
    </section>
  );
}

function Groups({ report }: { report: CampaignReport }) {
  const scales = Object.fromEntries(allMeasures.map((measure) => [measure, scaleOf(report.groups.map(({ rates }) => rates[measure]))])) as Record<Measure, number>;
  const compares = comparesOf(report);
  const machine = machineSentence(report.machine);
  return (
    <>
      <table className="lines report">
        <thead><tr>
          <th scope="col">{t("Group")}</th><th scope="col" className="amount">{t("People")}</th><th scope="col" className="amount">{t("Sent")}</th>
          {allMeasures.map((measure) => <th key={measure} scope="col">{measures[measure]} {report.groups.some(({ rates }) => rates[measure]) && <small>{t("bar to {share}", { share: share(scales[measure]) })}</small>}</th>)}
        </tr></thead>
        <tbody>{report.groups.map((group) => <Group key={groupName(group, compares)} group={group} name={groupName(group, compares)} scales={scales} leads={report.leader !== null && group.variant === report.leader} />)}</tbody>
      </table>
      <Uplift report={report} />
      {report.behind && <p className="faint after-lines" role="status">{t("Activities of days that are over are still being counted: conversions may be missing.")}</p>}
      <p className="faint after-lines">{windowSentence(report.window)} {t("Bars are rates, the line on each is its 95% interval.")}{machine && ` ${machine}`}</p>
    </>
  );
}

function Group({ group, name, scales, leads }: { group: ReportGroup; name: string; scales: Record<Measure, number>; leads: boolean }) {
  const gone = [
    group.bounced > 0 && t("{n} bounced", { n: group.bounced }), group.complained > 0 && t("{n} complained", { n: group.complained }), group.unsubscribed > 0 && t("{n} unsubscribed", { n: group.unsubscribed }),
  ].filter((words) => words !== false);
  return (
    <tr data-group={group.holdout ? "holdout" : group.variant ?? "all"}>
      <th scope="row" className="group-cell"><b>{name}</b>{leads && <span className="pill" data-on="true">{t("leads")}</span>}{gone.length > 0 && <small>{gone.join(t(", "))}</small>}</th>
      <td className="amount" data-label={t("People")} title={number(group.customers)}>{compact(group.customers)}</td>
      <td className="amount" data-label={t("Sent")} title={number(group.sent)}>{group.holdout ? <span className="faint">–</span> : compact(group.sent)}</td>
      {allMeasures.map((measure) => <td key={measure} data-label={measures[measure]}><Rate rate={group.rates[measure]} words={countWords(group, measure)} scale={scales[measure]} none={group.holdout && (measure === "opened" || measure === "clicked")} /></td>)}
    </tr>
  );
}

/** A rate is of those to whom something was sent, or of those whose days for the outcome are over. */
const countWords = (group: ReportGroup, measure: Measure) => {
  if (measure === "converted" || measure === "recovered") return t("{n}, known of {all}", { n: group[measure], all: group.known[measure] });
  return t("{n} of {all}", { n: group[measure], all: group.sent });
};

/** A bar up to the scale's end, and the interval as a line upon it. */
function Rate({ rate, words, scale, none }: { rate: RateRow | null; words: string; scale: number; none: boolean }) {
  if (none) return <span className="faint" title={t("The holdout gets nothing.")}>–</span>;
  if (rate === null) return <span className="rate"><span className="faint">{t("no rate yet")}</span><span className="rate-words"><small>{words}</small></span></span>;
  const at = (value: number) => `${clamp((100 * value) / scale)}%`;
  return (
    <span className="rate" title={t("{words}, 95% interval {interval}", { words, interval: interval(rate) })}>
      <span className="rate-track" aria-hidden="true">
        <span className="rate-fill" style={{ width: at(rate.value) }} />
        <span className="rate-interval" style={{ left: at(rate.low), width: `${clamp((100 * (rate.high - rate.low)) / scale)}%` }} />
      </span>
      <span className="rate-words"><b>{share(rate.value)}</b> <small><span className="sr-only">{t("95% interval")} </span>{interval(rate)}</small></span>
    </span>
  );
}

function Uplift({ report }: { report: CampaignReport }) {
  const compared = report.groups.filter(({ holdout }) => !holdout);
  return (
    <div className="uplift">
      <h3>{t("Against those who get nothing")}</h3>
      <ul className="sentences">
        {compared.map((group) => {
          const told = (["converted", "recovered"] as const).flatMap((measure) => (group.uplift[measure] ? [upliftSentence(measure, group.uplift[measure])] : []));
          const name = groupName(group, comparesOf(report));
          return <li key={name}>{compared.length > 1 && <b>{t("{name}: ", { name })}</b>}{told.length > 0 ? told.join(" ") : whyNoUplift(group.whyNoUplift)}{told.length === 1 && group.whyNoUplift && ` ${whyNoUplift(group.whyNoUplift)}`}</li>;
        })}
      </ul>
    </div>
  );
}
