import { useOpenReviews } from "../api/queries";
import { count } from "../format";
import { useLive } from "../live/live";
import { NoReviews } from "../parts/Reviews";
import { ReviewQueue } from "../parts/ReviewQueue";
import { Trouble, Waiting } from "../parts/States";
import { useTitle } from "../title";

export function ReviewsPage() {
  const { link } = useLive();
  useTitle("Open reviews");
  const reviews = useOpenReviews(link === "live");
  const items = reviews.data?.items ?? [];
  return (
    <section className="card" aria-labelledby="reviews-title">
      <header className="card-head">
        <h1 id="reviews-title">Open reviews</h1>
        {reviews.data && <span className="pill">{count(items.length)}{reviews.data.next && "+"}</span>}
      </header>
      <p className="lead">Recommendations that wait for a person. One closes by itself when the data no longer ask for it; a fall to Declining or a return from Churned that nobody decides is applied after 72 hours, Churned after 14 days.</p>
      {reviews.error && !reviews.data ? <Trouble error={reviews.error} again={() => void reviews.refetch()} />
        : !reviews.data ? <Waiting lines={8} />
        : items.length === 0 ? <NoReviews />
        : <ReviewQueue items={items} />}
    </section>
  );
}
