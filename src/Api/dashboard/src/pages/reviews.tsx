import { api } from "../api/client";
import { useOpenReviews } from "../api/queries";
import type { ReviewRow, WhoAmI } from "../api/schema";
import { count } from "../format";
import { t } from "../language";
import { useLive } from "../live/live";
import { namesOf } from "../names";
import { CsvOfAll } from "../parts/CsvOfAll";
import { NoReviews } from "../parts/Reviews";
import { ReviewQueue } from "../parts/ReviewQueue";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { byAge } from "../queue";
import { navigate, reviewsPath, useSearch } from "../router";
import { allTags, tagFacts } from "../tags";
import { useTitle } from "../title";
import { reviewReasonsOf } from "../words";

export function ReviewsPage({ session }: { session: WhoAmI }) {
  const { link } = useLive();
  useTitle(t("Open reviews"));
  const asked = new URLSearchParams(useSearch());
  const filter = { assignee: asked.get("assignee")?.slice(0, 200) || undefined, to: allTags.find((tag) => tag === asked.get("to")) };
  const put = (to: Partial<typeof filter>) => navigate(reviewsPath({ ...filter, ...to }), "replace");
  const reviews = useOpenReviews(link === "live", filter);
  const items = reviews.data?.items ?? [];
  const assignees = [...new Set([session.name, ...(filter.assignee ? [filter.assignee] : []), ...items.flatMap(({ assignee }) => assignee ?? [])])];
  return (
    <section className="card" aria-labelledby="reviews-title">
      <header className="card-head">
        <h1 id="reviews-title">{t("Open reviews")}</h1>
        {reviews.data && <span className="pill">{count(items.length)}{reviews.data.next && "+"}</span>}
        <CsvOfAll name={["reviews"]} disabled={items.length === 0} page={(cursor) => api.openReviews(filter, undefined, cursor)} table={asTable} />
      </header>
      <p className="lead">{t("Recommendations that wait for a person. One closes by itself when the data no longer ask for it; a fall to Declining or a return from Churned that nobody decides is applied after 72 hours, Churned after 14 days.")}</p>
      <div className="filters">
        <select aria-label={t("Whose reviews")} value={filter.assignee ?? ""} onChange={(event) => put({ assignee: event.target.value || undefined })}>
          <option value="">{t("Everybody’s")}</option>
          {assignees.map((each) => <option key={each} value={each}>{each === session.name ? t("Mine ({name})", { name: each }) : each}</option>)}
        </select>
        <select aria-label={t("Towards which tag")} value={filter.to ?? ""} onChange={(event) => put({ to: allTags.find((tag) => tag === event.target.value) })}>
          <option value="">{t("Towards any tag")}</option>
          {allTags.map((tag) => <option key={tag} value={tag}>{tagFacts[tag].name}</option>)}
        </select>
      </div>
      {reviews.error && !reviews.data ? <Trouble error={reviews.error} again={() => void reviews.refetch()} />
        : !reviews.data ? <Waiting lines={8} />
        : items.length === 0 ? (filter.assignee || filter.to ? <Nothing why={t("No open review is like that.")}>{t("Other filters may find some.")}</Nothing> : <NoReviews />)
        : <ReviewQueue items={items} />}
    </section>
  );
}

async function asTable(rows: readonly ReviewRow[]) {
  const names = await namesOf(rows.map(({ customerId }) => customerId));
  return {
    columns: [
      t("Customer id"), t("Name"), t("Code before"), t("Tag before"), t("Code after"), t("Tag after"), t("Rule"), t("Confidence"), t("Reasons"), t("Opened"), t("Assignee"), t("Note"), t("Review id"),
    ].map((label) => ({ label })),
    rows: byAge(rows).map(({ id, customerId, from, to, rule, confidence, reasons, openedAt, assignee, note }) =>
      [customerId, names.get(customerId) ?? null, from, tagFacts[from].name, to, tagFacts[to].name, rule, confidence, reviewReasonsOf(reasons).join("; "), openedAt, assignee, note, id]),
  };
}
