import type { ReviewRow } from "../api/schema";
import { confidence } from "../format";
import { rich, t } from "../language";
import { reviewReasonsOf } from "../words";
import { Because } from "./Because";
import { Move } from "./Chips";
import { Person } from "./Person";
import { Nothing } from "./States";
import { Ago } from "./Time";

export const NoReviews = () => (
  <Nothing why={t("Nobody is waiting for a decision.")}>{t("A move waits here for a person when its rule asks for approval, or when a signal contradicts it.")}</Nothing>
);

export const ReviewList = ({ items }: { items: readonly ReviewRow[] }) => (
  <ul className="reviews">{items.map((review) => <Review key={review.id} review={review} />)}</ul>
);

const Review = ({ review }: { review: ReviewRow }) => (
  <li className="review">
    <span className="line"><Person id={review.customerId} /><Move from={review.from} to={review.to} /></span>
    <Because of={{ customerId: review.customerId, rule: review.rule, reason: "", decisionId: review.decisionId }} says={reviewReasonsOf(review.reasons)} />
    <span className="line faint"><span title={t("From 0.85 on a move is certain enough to be applied without asking.")}>{t("confidence {value}", { value: confidence(review.confidence) })}</span><span>{rich("opened {time}", { time: <Ago at={review.openedAt} /> })}</span></span>
  </li>
);
