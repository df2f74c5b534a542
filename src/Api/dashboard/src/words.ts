import { translated } from "./language";

/** Why a person is asked before the tag moves. */
export const reviewReasons: Record<string, string> = translated({
  competing_rules: "Another rule points to another tag almost as strongly",
  high_value_at_risk: "A high-value customer is at stake",
  rapid_changes: "The customer fell or recovered twice or more in the last 7 days",
  conflicting_signals: "Risk indicators contradict it",
  low_confidence: "Confidence is below 0.85",
  approval_required: "The rule asks for approval",
  auto_apply_off: "Automatic moves are switched off",
});

/** A reason of a newer server is shown by its own name. */
export const reviewReasonsOf = (reasons: readonly string[]) => reasons.map((reason) => reviewReasons[reason] ?? reason.replaceAll("_", " "));

/** What became of a review, as the timeline tells it. */
export const reviewStates: Record<string, string> = translated({
  opened: "Review opened",
  open: "Review open",
  approved: "Review approved",
  rejected: "Review rejected",
  superseded: "Review superseded",
  withdrawn: "Review withdrawn",
});

/** How a review ended without a person. */
export const closeReasons: Record<string, string> = translated({
  tag_changed: "the tag changed meanwhile",
  recommendation_changed: "the data now ask for another tag",
  no_longer_holds: "the data no longer ask for it",
  applied: "nothing stood against it any more, so it was applied",
  review_expired: "nobody decided in time",
});

const heldTexts = {
  dwell: "the tag changed less than 24 hours ago",
  manual: "a person set the tag; automation waits 7 days",
  locked: "the tag is locked",
  rejected: "this move was rejected or undone",
  usual_rhythm: "the silence fits this learner’s usual rhythm",
  shadow: "outside the roll-out; recorded, not applied",
  observed_too_short: "observed for fewer than 30 days",
};

/** What keeps a recommendation from being carried out. */
export const holds: Record<string, string> = translated(heldTexts);

/** Whom the product's own campaigns give their tasks to. */
export const teamNames: Record<string, string> = translated({ customer_success: "customer success", retention_specialist: "retention specialist", account_team: "account team" });
export const priorityNames: Record<string, string> = translated({ low: "low", normal: "normal", high: "high", urgent: "urgent" });

/** Why a rule that is met was not the one chosen. */
export const losses: Record<string, string> = translated({
  ...heldTexts,
  priority: "another rule comes first",
  confidence: "another rule is surer",
  id: "another rule with the same weight comes first",
});

/** Why an event was refused, and what its sender can do. */
export const refusals: Record<string, { why: string; next: string }> = translated({
  no_id: { why: "The event names no learner.", next: "Send a userId, or an anonymousId before the person is known." },
  placeholder_id: { why: "The userId is a placeholder such as “undefined” or “null”.", next: "Send the event once the person’s real id is known." },
  not_an_object: { why: "An entry of the batch is no JSON object.", next: "Send every event as an object of its own." },
  unknown_type: { why: "The event has no known type.", next: "Use track, identify, page, screen, group or alias." },
  event_too_large: { why: "The event is larger than one event may be.", next: "Leave out what the product does not need, such as page contents." },
  message_id_too_long: { why: "The messageId is longer than 100 characters.", next: "Use a UUID." },
  id_too_long: { why: "The id is longer than 128 characters.", next: "Use the platform’s own short id." },
  in_the_future: { why: "The event is ahead of the simulated clock.", next: "Move the clock first, then send it." },
  unreadable_date: { why: "A date cannot be read.", next: "Send ISO-8601, such as 2026-01-31T09:00:00Z, or a Unix time." },
  score_out_of_range: { why: "The score is out of range.", next: "Send 0 to 100 for assessments, 0 to 10 for NPS." },
  too_many_traits: { why: "The customer has reached the 300 free traits it may have.", next: "The other traits and the consent were taken; send fewer trait names." },
  unreadable_customer: { why: "What is stored of this customer cannot be read.", next: "Run ./lstep verify; it names what is damaged. Other customers are not affected." },
  refused_by_database: { why: "The database refused to store this event.", next: "Open the details for its reason. The rest of the batch was taken." },
  too_many_anonymous: { why: "The key sent more anonymous events today than are kept.", next: "Identify people earlier, or check whether a client sends in a loop." },
  rejected_not_kept: { why: "More events were rejected today than are listed.", next: "Correct the sender; the message below says how many are missing from this list." },
  anonymous_not_kept: { why: "More anonymous events came today than are kept.", next: "Identify people earlier; the message below says how many were not kept." },
});

/** Switches, as people say them. */
export const flagNames: Record<string, string> = translated({
  status_tags_enabled: "Status tags enabled", realtime_evaluation_enabled: "Realtime evaluation enabled", auto_apply_enabled: "Auto apply enabled",
  campaigns_enabled: "Campaigns enabled", rollout_percentage: "Rollout percentage", shadow_rules: "Shadow rules",
});

/** What each switch does. */
export const flagWords: Record<string, { on: string; off: string }> = translated({
  status_tags_enabled: { on: "Customers move between tags.", off: "Events are taken in, but nobody moves. Switched on again, what was missed is made up." },
  realtime_evaluation_enabled: { on: "Customers are evaluated as their data come in.", off: "Customers are evaluated once a day and on demand only." },
  auto_apply_enabled: { on: "Moves without a reason for review are applied at once.", off: "Every move waits for a person." },
  campaigns_enabled: { on: "Campaigns start with transitions, and what is due is sent.", off: "No campaign starts, and nothing is sent until it is on again." },
  rollout_percentage: { on: "This share of the customers moves; of the others it is only recorded what would happen.", off: "Nobody moves; it is only recorded what would happen." },
  shadow_rules: { on: "This version of the rules is asked beside the live one; where they differ is recorded, and nothing is moved by it.", off: "No rules run beside the live ones." },
});
