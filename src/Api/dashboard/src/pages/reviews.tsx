import { useState } from "react";
import { useOpenReviews } from "../api/queries";
import { count } from "../format";
import { useLive } from "../live/live";
import { NoReviews, ReviewList } from "../parts/Reviews";
import { Trouble, Waiting } from "../parts/States";
import { useTitle } from "../title";

const stepRows = 50;

export function ReviewsPage() {
  const [shown, setShown] = useState(stepRows);
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
      <p className="lead">Recommendations that wait for a person, newest first. One closes by itself when the data no longer ask for it.</p>
      {reviews.error && !reviews.data ? <Trouble error={reviews.error} again={() => void reviews.refetch()} />
        : !reviews.data ? <Waiting lines={8} />
        : items.length === 0 ? <NoReviews />
        : <ReviewList items={items.slice(0, shown)} />}
      {items.length > shown && <button type="button" className="more-lines" onClick={() => setShown(shown + stepRows)}>More reviews</button>}
    </section>
  );
}
