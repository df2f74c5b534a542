import type { Dictionary } from "../language";
import { analytics } from "./ja/analytics.ts";
import { campaigns } from "./ja/campaigns.ts";
import { common } from "./ja/common.ts";
import { customer } from "./ja/customer.ts";
import { customers } from "./ja/customers.ts";
import { events } from "./ja/events.ts";
import { journeys } from "./ja/journeys.ts";
import { metrics } from "./ja/metrics.ts";
import { operations } from "./ja/operations.ts";
import { parts } from "./ja/parts.ts";
import { predictions } from "./ja/predictions.ts";
import { problems } from "./ja/problems.ts";
import { reviews } from "./ja/reviews.ts";
import { rules } from "./ja/rules.ts";
import { today } from "./ja/today.ts";
import { value } from "./ja/value.ts";
import { words } from "./ja/words.ts";

/** Japanese, by the English texts of the code; one file a subject. */
export default {
  ...analytics,
  ...campaigns,
  ...common,
  ...customer,
  ...customers,
  ...events,
  ...journeys,
  ...metrics,
  ...operations,
  ...parts,
  ...predictions,
  ...problems,
  ...reviews,
  ...rules,
  ...today,
  ...value,
  ...words,
} satisfies Dictionary as Dictionary;
