import type { Dictionary } from "../language";
import { analytics } from "./ja/analytics.ts";
import { common } from "./ja/common.ts";
import { customers } from "./ja/customers.ts";
import { metrics } from "./ja/metrics.ts";
import { today } from "./ja/today.ts";
import { words } from "./ja/words.ts";

/** Japanese, by the English texts of the code; one file a subject. */
export default { ...analytics, ...common, ...customers, ...metrics, ...today, ...words } satisfies Dictionary as Dictionary;
