import { useRef } from "react";
import { useDistribution, useOpenReviews } from "../api/queries";
import type { Distribution } from "../api/schema";
import { useDistributionDays, useFlow, useOverview } from "../api/analytics";
import type { Range } from "../analytics/range";
import { rangeWords } from "../analytics/words";
import { distributionSummary, distributionTable, flowSummary, flowTable, total } from "../analytics/tables";
import { drawDistribution, drawFlow } from "../charts/options";
import { count, percent, things } from "../format";
import { rich, t } from "../language";
import { useLive } from "../live/live";
import { Chart } from "../parts/Chart";
import { TagChip } from "../parts/Chips";
import { FirstEvent } from "../parts/FirstEvent";
import { Goals } from "../parts/Goals";
import { KeyFigures } from "../parts/KeyFigures";
import { Later } from "../parts/Later";
import { LiveFeed } from "../parts/LiveFeed";
import { Change } from "../parts/Measures";
import { RangePicker } from "../parts/RangePicker";
import { NoReviews, ReviewList } from "../parts/Reviews";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { usePageRange } from "../parts/usePageRange";
import { Link } from "../router";
import { allTags } from "../tags";
import { useTitle } from "../title";

const emptyAskEveryMs = 2_000;

export function OverviewPage({ isAdmin }: { isAdmin: boolean }) {
  const { link } = useLive();
  useTitle(t("Overview"));
  const distribution = useDistribution(link === "live", emptyAskEveryMs);
  const isEmpty = distribution.data !== undefined && total(distribution.data.counts) === 0;
  const wasEmpty = useRef(false);
  if (isEmpty) wasEmpty.current = true;
  return (
    <div className="overview">
      {isEmpty ? <><h1 className="sr-only">{t("Overview")}</h1><FirstEvent isAdmin={isAdmin} /></> : (
        <>
          {wasEmpty.current && <p className="card arrived" role="status"><b>{t("Your first event is here.")}</b> <span className="muted">{rich("From now on customers appear and move by themselves. {events} lists every event name and what it became.", { events: <Link href="/events">{t("Events")}</Link> })}</span></p>}
          {distribution.error && !distribution.data && <Trouble error={distribution.error} again={() => void distribution.refetch()} />}
          <Figures counts={distribution.data?.counts} />
        </>
      )}
    </div>
  );
}

function Figures({ counts }: { counts: Distribution["counts"] | undefined }) {
  const { range, today, changeRange } = usePageRange();
  const overview = useOverview(range);
  return (
    <>
      <header className="page-head"><h1>{t("Overview")}</h1><RangePicker range={range} today={today} change={changeRange} answered={overview.data} /></header>
      {overview.error && !overview.data ? <Trouble error={overview.error} again={() => void overview.refetch()} />
        : <KeyFigures cards={overview.data?.cards} live={range === null ? counts : undefined} stale={overview.isPlaceholderData} />}
      <div className="columns wide-left">
        <DistributionCard counts={counts} range={range} />
        <LiveFeed />
      </div>
      <Later>
        <div className="columns wide-left even">
          <FlowCard range={range} />
          <Goals range={range} />
        </div>
        <ReviewsCard />
      </Later>
    </>
  );
}

function DistributionCard({ counts, range }: { counts: Distribution["counts"] | undefined; range: Range | null }) {
  const days = useDistributionDays(range);
  return (
    <section className="card distribution" aria-labelledby="distribution-title" data-stale={days.isPlaceholderData}>
      <header className="card-head"><h2 id="distribution-title">{t("Tag distribution")}</h2>{counts && <span className="faint">{things(total(counts), "customer")}</span>}</header>
      {counts ? <DistributionBars counts={counts} /> : <Waiting lines={6} />}
      {days.error && !days.data ? <Trouble error={days.error} again={() => void days.refetch()} />
        : !days.data ? <Waiting lines={5} />
        : <Chart level={3} title={t("Customers per day")} note={rangeWords(days.data)} file={["tags-per-day", days.data.from, days.data.to]}
            of={days.data.days} draw={drawDistribution} height={224} table={distributionTable(days.data.days)} summary={distributionSummary(days.data.days)} />}
    </section>
  );
}

function DistributionBars({ counts }: { counts: Distribution["counts"] }) {
  const all = total(counts);
  const most = Math.max(1, ...allTags.map((tag) => counts[tag]));
  return (
    <ul className="shares">
      {allTags.map((tag) => (
        <li key={tag} data-tag={tag}>
          <Link href={`/customers?tag=${tag}`} className="share">
            <TagChip tag={tag} full />
            <span className="share-track" aria-hidden="true"><span className="tag-fill" data-tag={tag} style={{ width: `${(100 * counts[tag]) / most}%` }} /></span>
            <span className="share-count" data-testid={`count-${tag}`}>{count(counts[tag])}</span>
            <span className="share-percent">{percent(counts[tag], all)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

const flowHeight = 416;

function FlowCard({ range }: { range: Range | null }) {
  const flow = useFlow(range);
  if (flow.data && flow.data.items.some((item) => item.count > 0)) {
    const { items, total: all, previousTotal } = flow.data;
    return (
      <Chart title={t("Flow between tags")} note={rangeWords(flow.data)} file={["flow", flow.data.from, flow.data.to]} of={items} draw={drawFlow} height={flowHeight} table={flowTable(items)} summary={flowSummary(items)}>
        <p className="chart-lead"><b>{things(all, "transition")}</b> <Change value={all} previous={previousTotal} unit="count" better={null} /><span className="faint">{t("left: the tag before, right: the tag after")}</span></p>
      </Chart>
    );
  }
  return (
    <section className="card" aria-labelledby="flow-title">
      <header className="card-head"><h2 id="flow-title">{t("Flow between tags")}</h2></header>
      {flow.error && !flow.data ? <Trouble error={flow.error} again={() => void flow.refetch()} />
        : !flow.data ? <Waiting lines={8} />
        : <Nothing why={t("Nobody moved from one tag to another in these days.")}>{t("First assignments, imports and what was undone are not counted.")}</Nothing>}
    </section>
  );
}

const peek = 4;

function ReviewsCard() {
  const { link } = useLive();
  const reviews = useOpenReviews(link === "live");
  const items = reviews.data?.items ?? [];
  return (
    <section className="card overview-reviews" aria-labelledby="reviews-title">
      <header className="card-head">
        <h2 id="reviews-title">{t("Open reviews")}</h2>
        {reviews.data && <span className="pill" data-testid="open-reviews">{count(items.length)}{reviews.data.next && "+"}</span>}
        {items.length > peek && <Link href="/reviews" className="card-more">{t("All reviews")}</Link>}
      </header>
      {reviews.error && !reviews.data ? <Trouble error={reviews.error} again={() => void reviews.refetch()} />
        : !reviews.data ? <Waiting lines={3} />
        : items.length === 0 ? <NoReviews />
        : <ReviewList items={items.slice(0, peek)} />}
    </section>
  );
}

