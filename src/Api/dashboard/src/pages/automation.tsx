import { useMemo } from "react";
import { useAutomation } from "../api/analytics";
import type { Automation, ReviewFigures, CampaignFigures } from "../api/schema";
import { layersSummary, layersTable } from "../analytics/tables";
import { rangeWords } from "../analytics/words";
import { drawLayers, type LayersPerDay } from "../charts/options";
import type { ChartTheme } from "../charts/theme";
import { isOfReviews } from "../campaigns";
import { compact, count, number, percent, sentence } from "../format";
import { t } from "../language";
import { Chart } from "../parts/Chart";
import { CsvButton } from "../parts/CsvButton";
import { Tile } from "../parts/Measures";
import { RangePicker } from "../parts/RangePicker";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { usePageRange } from "../parts/usePageRange";
import { Weekly } from "../parts/Weekly";
import { Link } from "../router";
import { useTitle } from "../title";

export function AutomationPage() {
  useTitle(t("Automation"));
  const { range, today, changeRange } = usePageRange();
  const automation = useAutomation(range);
  return (
    <div className="analytics">
      <header className="page-head"><h1>{t("Automation")}</h1><RangePicker range={range} today={today} change={changeRange} answered={automation.data} /></header>
      {automation.error && !automation.data ? <section className="card"><Trouble error={automation.error} again={() => void automation.refetch()} /></section>
        : !automation.data ? <section className="card"><Waiting lines={14} /></section>
        : <div className="stack" data-stale={automation.isPlaceholderData}><Parts of={automation.data} /></div>}
      <Weekly range={range} />
    </div>
  );
}

const Parts = ({ of }: { of: Automation }) => (
  <>
    <Rates of={of} />
    <div className="columns wide-left even">
      <MovesPerDay of={of} />
      <ReviewsNow reviews={of.reviews} />
    </div>
    <div className="columns wide-left even">
      <ReviewsPerDay of={of} />
      <Campaigns rows={of.campaigns} />
    </div>
  </>
);

function Rates({ of }: { of: Automation }) {
  return (
    <dl className="tiles card" aria-label={t("Rates")}>
      <Tile title={t("Applied automatically")} value={of.share} previous={of.previousShare} unit="percent" better="higher" note={t("{n} of {all} transitions", { n: count(of.automatic), all: count(of.transitions) })} />
      <Tile title={t("Accuracy")} value={of.accuracy} unit="percent" better="higher" note={t("{n} undone or overridden within 14 days", { n: count(of.wrong) })} />
      <Tile title={t("Undo rate")} value={of.undoRate} unit="percent" better="lower" note={t("{n} {n|transition|transitions} taken back", { n: of.undone })} />
      <Tile title={t("Rejection rate")} value={of.rejectionRate} unit="percent" better="lower" note={t("{n} of {all} decided reviews", { n: count(of.reviews.rejected), all: count(of.reviews.approved + of.reviews.rejected) })} />
    </dl>
  );
}

const series: Record<"automatic" | "approved" | "overridden" | "expired" | "opened" | "decided", (theme: ChartTheme) => string> = {
  automatic: ({ series: { progress } }) => progress, approved: ({ series: { engagement } }) => engagement, overridden: ({ series: { community } }) => community, expired: ({ warn }) => warn,
  opened: ({ warn }) => warn, decided: ({ series: { engagement } }) => engagement,
};

function MovesPerDay({ of: { days, from, to, transitions } }: { of: Automation }) {
  const layers = useMemo((): LayersPerDay => ({
    days: days.map(({ date }) => date), stacked: true, layers: [
      { name: t("Automatic"), colour: series.automatic, values: days.map((day) => day.automatic) }, { name: t("Approved"), colour: series.approved, values: days.map((day) => day.approved) },
      { name: t("By hand"), colour: series.overridden, values: days.map((day) => day.overridden) }, { name: t("Nobody decided in time"), colour: series.expired, values: days.map((day) => day.expired) },
    ],
  }), [days]);
  return <DaysChart title={t("How transitions came about")} file="automation" range={{ from, to }} layers={layers} none={transitions === 0 ? t("Nobody moved from one tag to another in these days.") : null} />;
}

function ReviewsPerDay({ of: { days, from, to } }: { of: Automation }) {
  const layers = useMemo((): LayersPerDay => ({
    days: days.map(({ date }) => date), stacked: false, layers: [
      { name: t("Opened"), colour: series.opened, values: days.map((day) => day.reviewsOpened) }, { name: t("Decided"), colour: series.decided, values: days.map((day) => day.reviewsDecided) },
    ],
  }), [days]);
  const none = days.every((day) => day.reviewsOpened + day.reviewsDecided === 0);
  return <DaysChart title={t("Reviews opened and decided")} file="reviews" range={{ from, to }} layers={layers} none={none ? t("No review was opened or decided in these days.") : null} />;
}

function DaysChart({ title, file, range, layers, none }: { title: string; file: string; range: { from: string; to: string }; layers: LayersPerDay; none: string | null }) {
  return <Chart title={title} note={rangeWords(range)} file={[file, range.from, range.to]} of={layers} draw={drawLayers} height={306} none={none} table={layersTable(layers)} summary={layersSummary(title, layers)} />;
}

const ageWords = (upTo: number | null, before: number | null | undefined) =>
  upTo === null ? t("over {n} h", { n: number(before ?? 0) }) : before ? t("{from} to {to} h", { from: number(before), to: number(upTo) }) : t("up to {n} h", { n: number(upTo) });

function ReviewsNow({ reviews }: { reviews: ReviewFigures }) {
  const ends: [string, number][] = [
    [t("Approved"), reviews.approved], [t("Rejected by a person"), reviews.rejected], [t("Nobody decided in time"), reviews.expired], [t("Superseded by newer data"), reviews.superseded], [t("Withdrawn: no longer holds"), reviews.withdrawn],
  ];
  const most = Math.max(1, ...ends.map(([, n]) => n));
  const oldest = Math.max(1, ...reviews.ages.map((age) => age.count));
  return (
    <section className="card" aria-labelledby="review-title">
      <header className="card-head"><h2 id="review-title">{t("Reviews")}</h2><span className="faint">{t("{n} opened in the range", { n: count(reviews.opened) })}</span><Link href="/reviews" className="card-more">{t("Review queue")}</Link></header>
      <h3>{t("How they ended")}</h3>
      <ul className="bars">{ends.map(([name, n]) => <BarLine key={name} name={name} n={n} of={most} />)}</ul>
      <p className="faint bars-note">{reviews.medianHours === null ? t("No review was decided in the range.") : t("Half of them were decided within {n} h.", { n: number(reviews.medianHours) })}</p>
      <h3>{t("{n} open now, by age", { n: count(reviews.open) })}</h3>
      {reviews.open === 0 ? <p className="faint">{t("Nobody is waiting for a decision.")}</p> : (
        <>
          <ul className="bars">{reviews.ages.map((age, at) => <BarLine key={at} name={ageWords(age.upToHours, reviews.ages[at - 1]?.upToHours)} n={age.count} of={oldest} late={(reviews.ages[at - 1]?.upToHours ?? 0) >= 24} />)}</ul>
          <p className="faint bars-note">{reviews.oldestOpenHours !== null && t("The oldest has waited for {n} h.", { n: number(reviews.oldestOpenHours) })}</p>
        </>
      )}
    </section>
  );
}

const BarLine = ({ name, n, of, late = false }: { name: string; n: number; of: number; late?: boolean }) => (
  <li className="bar-line"><span>{name}</span><span className="share-track" aria-hidden="true"><span className="bar-fill" data-late={late && n > 0} style={{ width: `${(100 * n) / of}%` }} /></span><b>{count(n)}</b></li>
);

function Campaigns({ rows }: { rows: readonly CampaignFigures[] }) {
  const table = () => ({ columns: [t("Campaign"), t("Actions"), t("Sent"), t("Failed"), t("Held back")].map((label) => ({ label })), rows: rows.map(({ name, actions, sent, failed, suppressed }) => [name, actions, sent, failed, suppressed]) });
  return (
    <section className="card" aria-labelledby="campaigns-title">
      <header className="card-head"><h2 id="campaigns-title">{t("What campaigns did")}</h2><CsvButton name={["campaigns"]} table={table} disabled={rows.length === 0} /></header>
      {rows.length === 0 ? <Nothing why={t("No campaign acted in these days.")}><Link href="/campaigns">{t("All campaigns")}</Link></Nothing> : (
        <div className="figures-scroll wide" role="group" aria-labelledby="campaigns-title" tabIndex={0}>
          <table className="matrix">
            <thead><tr><th scope="col">{t("Campaign")}</th><th scope="col">{t("Actions")}</th><th scope="col">{t("Sent")}</th><th scope="col">{t("Failed")}</th><th scope="col">{t("Held back")}</th></tr></thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row"><Link href={`${isOfReviews(row.name) ? "/actions?campaign" : "/campaigns?name"}=${encodeURIComponent(row.name)}`} className="behind-name">{sentence(row.name)}</Link></th>
                  <td title={count(row.actions)}>{compact(row.actions)}</td><td>{compact(row.sent)} <small>{percent(row.sent, row.actions)}</small></td>
                  <td data-bad={row.failed > 0}>{row.failed > 0 ? <Link href={`/actions?campaign=${encodeURIComponent(row.name)}&status=failed`} className="behind">{compact(row.failed)}</Link> : "0"}</td><td>{compact(row.suppressed)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
