import { useRef } from "react";
import { useDistribution, useOpenReviews } from "../api/queries";
import type { Distribution } from "../api/schema";
import { compact, count, percent, things } from "../format";
import { useLive } from "../live/live";
import { TagChip } from "../parts/Chips";
import { FirstEvent } from "../parts/FirstEvent";
import { LiveFeed } from "../parts/LiveFeed";
import { NoReviews, ReviewList } from "../parts/Reviews";
import { Trouble, Waiting } from "../parts/States";
import { Link } from "../router";
import { allTags, tagFacts, type StatusTag } from "../tags";
import { useTitle } from "../title";

const total = (counts: Distribution["counts"]) => allTags.reduce((sum, tag) => sum + counts[tag], 0);

const emptyAskEveryMs = 2_000;

export function OverviewPage({ isAdmin }: { isAdmin: boolean }) {
  const { link } = useLive();
  useTitle("Overview");
  const distribution = useDistribution(link === "live", emptyAskEveryMs);
  const isEmpty = distribution.data !== undefined && total(distribution.data.counts) === 0;
  const wasEmpty = useRef(false);
  if (isEmpty) wasEmpty.current = true;
  return (
    <div className="overview">
      <h1 className="sr-only">Overview</h1>
      {distribution.error && !distribution.data && <Trouble error={distribution.error} again={() => void distribution.refetch()} />}
      {isEmpty ? <FirstEvent isAdmin={isAdmin} /> : (
        <>
          {wasEmpty.current && <p className="card arrived" role="status"><b>Your first event is here.</b> <span className="muted">From now on customers appear and move by themselves. <Link href="/events">Events</Link> lists every event name and what it became.</span></p>}
          <Cards counts={distribution.data?.counts} />
          <div className="columns">
            <div className="stack">
              <DistributionCard distribution={distribution.data} />
              <ReviewsCard />
            </div>
            <LiveFeed />
          </div>
        </>
      )}
    </div>
  );
}

interface CardFacts { title: string; tags: readonly StatusTag[]; note: string; href: string }

const cards: readonly CardFacts[] = [
  { title: "Customers", tags: allTags, note: "all six tags", href: "/customers" },
  { title: "Active learners", tags: ["ST_001", "ST_002"], note: "Active and Progressing", href: "/customers?tag=ST_002" },
  { title: "At risk", tags: ["ST_004"], note: "Declining", href: "/customers?tag=ST_004" },
  { title: "Churned", tags: ["ST_006"], note: "silent for 30 days or more", href: "/customers?tag=ST_006" },
];

function Cards({ counts }: { counts: Distribution["counts"] | undefined }) {
  return (
    <section className="cards" aria-label="Key figures">
      {cards.map(({ title, tags, note, href }) => {
        const sum = counts && tags.reduce((all, tag) => all + counts[tag], 0);
        const all = counts ? total(counts) : 0;
        return (
          <Link key={title} href={href} className="card figure">
            <span className="figure-title">{title}</span>
            <span className="figure-value"><span title={sum === undefined ? undefined : count(sum)}>{sum === undefined ? "–" : compact(sum)}</span>{tags.length < allTags.length && sum !== undefined && <small>{percent(sum, all)}</small>}</span>
            <span className="figure-bar" aria-hidden="true">
              {counts && allTags.filter((tag) => counts[tag] > 0).map((tag) => (
                <span key={tag} className="tag-fill" data-tag={tag} data-dim={!tags.includes(tag)} style={{ flexGrow: counts[tag] }} />
              ))}
            </span>
            <span className="figure-note">{note}</span>
          </Link>
        );
      })}
    </section>
  );
}

function DistributionCard({ distribution }: { distribution: Distribution | undefined }) {
  return (
    <section className="card" aria-labelledby="distribution-title">
      <header className="card-head"><h2 id="distribution-title">Tag distribution</h2>{distribution && <span className="faint">{things(total(distribution.counts), "customer")}</span>}</header>
      {distribution ? <DistributionBars counts={distribution.counts} /> : <Waiting lines={6} />}
    </section>
  );
}

function DistributionBars({ counts }: { counts: Distribution["counts"] }) {
  const all = total(counts);
  const most = Math.max(1, ...allTags.map((tag) => counts[tag]));
  return (
    <>
      <div className="whole" role="img" aria-label={allTags.map((tag) => `${tagFacts[tag].short} ${percent(counts[tag], all)}`).join(", ")}>
        {allTags.map((tag) => counts[tag] > 0 && <span key={tag} className="tag-fill" data-tag={tag} style={{ flexGrow: counts[tag] }} />)}
      </div>
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
    </>
  );
}

const peek = 4;

function ReviewsCard() {
  const { link } = useLive();
  const reviews = useOpenReviews(link === "live");
  const items = reviews.data?.items ?? [];
  return (
    <section className="card" aria-labelledby="reviews-title">
      <header className="card-head">
        <h2 id="reviews-title">Open reviews</h2>
        {reviews.data && <span className="pill" data-testid="open-reviews">{count(items.length)}{reviews.data.next && "+"}</span>}
        {items.length > peek && <Link href="/reviews" className="card-more">All reviews</Link>}
      </header>
      {reviews.error && !reviews.data ? <Trouble error={reviews.error} again={() => void reviews.refetch()} />
        : !reviews.data ? <Waiting lines={3} />
        : items.length === 0 ? <NoReviews />
        : <ReviewList items={items.slice(0, peek)} />}
    </section>
  );
}
