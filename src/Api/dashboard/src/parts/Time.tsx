import type { Instant } from "../api/client";
import { useNow } from "../clock";
import { exact, relative } from "../format";

/** Relative to the server's now, exact on hover. */
export function Ago({ at }: { at: Instant | null }) {
  const now = useNow();
  if (at === null) return <span className="faint">never</span>;
  return <time dateTime={at} title={exact(at)}>{relative(at, now)}</time>;
}
