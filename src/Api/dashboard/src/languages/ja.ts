import type { Dictionary } from "../language";
import { analytics } from "./ja/analytics.ts";
import { common } from "./ja/common.ts";
import { customer } from "./ja/customer.ts";
import { customers } from "./ja/customers.ts";
import { events } from "./ja/events.ts";
import { metrics } from "./ja/metrics.ts";
import { parts } from "./ja/parts.ts";
import { problems } from "./ja/problems.ts";
import { reviews } from "./ja/reviews.ts";
import { today } from "./ja/today.ts";
import { words } from "./ja/words.ts";

/** Japanese, by the English texts of the code; one file a subject. */
export default { ...analytics, ...common, ...customer, ...customers, ...events, ...metrics, ...parts, ...problems, ...reviews, ...today, ...words } satisfies Dictionary as Dictionary;
