import { useMemo } from "react";
import { useCohorts } from "../api/analytics";
import type { CohortRow, Cohorts } from "../api/schema";
import type { CohortBy } from "../analytics/sets";
import { heatTable } from "../analytics/tables";
import { cohortByWords, cohortName, rangeWords } from "../analytics/words";
import { drawHeat, heatHeight, shownShare, type Shown } from "../charts/options";
import { count, percentOf } from "../format";
import { rich, t } from "../language";
import { Chart } from "../parts/Chart";
import { CsvButton } from "../parts/CsvButton";
import { RangePicker } from "../parts/RangePicker";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { TagIcon } from "../parts/TagIcon";
import { usePageRange } from "../parts/usePageRange";
import { Link } from "../router";
import { allTags, isTag, tagFacts, type StatusTag } from "../tags";
import { useTitle } from "../title";

const ways: readonly CohortBy[] = ["month", "tier", "engagement"];

export function CohortsPage() {
  useTitle(t("Cohorts"));
  const { range, today, changeRange, ask, set } = usePageRange();
  const by = ways.find((way) => way === ask("by")) ?? "month";
  const tag = ask("tag");
  const shown: Shown = isTag(tag) ? tag : "learning";
  const cohorts = useCohorts(range, by);
  const rows = cohorts.data?.rows.filter(({ customers }) => customers > 0) ?? [];
  return (
    <div className="analytics">
      <header className="page-head"><h1>{t("Cohorts")}</h1><RangePicker range={range} today={today} change={changeRange} answered={cohorts.data} byMonth /></header>
      <div className="choose-line">
        <div className="segmented" role="group" aria-label={t("Cohorts by")}>
          {ways.map((way) => <button key={way} type="button" aria-pressed={way === by} onClick={() => set({ by: way === "month" ? null : way })}>{cohortByWords()[way].name}</button>)}
        </div>
        <ShownTag shown={shown} choose={(to) => set({ tag: to === "learning" ? null : to })} />
      </div>
      {cohorts.error && !cohorts.data ? <section className="card"><Trouble error={cohorts.error} again={() => void cohorts.refetch()} /></section>
        : !cohorts.data ? <section className="card"><Waiting lines={12} /></section>
        : rows.length === 0 ? <section className="card"><Nothing why={t("Nobody started in these months.")}>{rich("Choose more months, or see {all}.", { all: <Link href="/customers">{t("all customers")}</Link> })}</Nothing></section>
        : <div className="stack" data-stale={cohorts.isPlaceholderData}><Heat answer={cohorts.data} rows={rows} shown={shown} /><NowTable answer={cohorts.data} rows={rows} /></div>}
    </div>
  );
}

const learning = () => t("Learning");
const shownName = (shown: Shown) => (shown === "learning" ? t("Active, Progressing or Mastery") : tagFacts[shown].short);

/** Which share is shown: of one tag, or of all three that learn. */
const ShownTag = ({ shown, choose }: { shown: Shown; choose: (to: Shown) => void }) => (
  <div className="tag-filter" role="group" aria-label={t("Share of")}>
    <button type="button" className="chip toggle plain" aria-pressed={shown === "learning"} title={shownName("learning")} onClick={() => choose("learning")}>{learning()}</button>
    {allTags.map((tag) => <button key={tag} type="button" className="chip tag toggle" data-tag={tag} aria-pressed={shown === tag} title={tagFacts[tag].meaning} onClick={() => choose(tag)}><TagIcon tag={tag} />{tagFacts[tag].short}</button>)}
  </div>
);

function Heat({ answer, rows, shown }: { answer: Cohorts; rows: readonly CohortRow[]; shown: Shown }) {
  const { by } = answer;
  const of = useMemo(() => {
    const counted = answer.rows.filter(({ customers }) => customers > 0);
    return { rows: counted, names: counted.map(({ cohort }) => cohortName(by, cohort)), shown, what: shownName(shown) };
  }, [answer.rows, by, shown]);
  const title = t("Share of {what}, month by month", { what: shownName(shown) });
  return (
    <Chart title={title} note={t("started {range}", { range: rangeWords(answer) })} file={["cohorts", by, shown, answer.from, answer.to]} of={of} draw={drawHeat} height={heatHeight(of)}
      table={heatTable(rows, of.names, cohortByWords()[by].column, shown)} summary={heatSummary(of.rows, of.names, title, shown)}>
      <p className="faint chart-lead">{t("Months since the start; paler cells are of a month that is not over.")}</p>
    </Chart>
  );
}

function heatSummary(rows: readonly CohortRow[], names: readonly string[], title: string, shown: Shown): string {
  const ends = rows.flatMap((row, at) => {
    const end = row.periods[row.periods.length - 1];
    const share = end ? shownShare(end, shown) : null;
    return share === null ? [] : [t("{cohort} {share} after {n} {n|month|months}", { cohort: names[at]!, share: percentOf(share), n: end!.period })];
  });
  return `${title}. ${ends.join(", ")}.`;
}

const shareNow = ({ now: counts, customers }: CohortRow, tag: StatusTag) => shownShare({ counts, customers }, tag);

/** Where all the people of each cohort are. */
function NowTable({ answer, rows }: { answer: Cohorts; rows: readonly CohortRow[] }) {
  const { column } = cohortByWords()[answer.by];
  const table = () => ({
    columns: [{ label: column }, { label: t("Customers") }, ...allTags.map((tag) => ({ label: `${tagFacts[tag].short} %` }))],
    rows: rows.map((row) => [cohortName(answer.by, row.cohort), row.customers, ...allTags.map((tag) => shareNow(row, tag))]),
  });
  return (
    <section className="card" aria-labelledby="now-title">
      <header className="card-head"><h2 id="now-title">{t("Where they are now")}</h2><CsvButton name={["cohorts-now", answer.by]} table={table} /></header>
      <div className="figures-scroll wide" role="group" aria-labelledby="now-title" tabIndex={0}>
        <table className="matrix">
          <thead><tr><th scope="col">{column}</th><th scope="col">{t("Customers")}</th><th scope="col" className="whole-cell">{t("Tags")}</th>{allTags.map((tag) => <th key={tag} scope="col">{tagFacts[tag].short}</th>)}</tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.cohort}>
                <th scope="row">{cohortName(answer.by, row.cohort)}</th><td>{count(row.customers)}</td>
                <td className="whole-cell"><span className="whole" aria-hidden="true">{allTags.map((tag) => row.now[tag] > 0 && <span key={tag} className="tag-fill" data-tag={tag} style={{ flexGrow: row.now[tag] }} />)}</span></td>
                {allTags.map((tag) => { const share = shareNow(row, tag); return <td key={tag}>{share === null ? "–" : percentOf(share)}</td>; })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
