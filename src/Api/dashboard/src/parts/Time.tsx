import type { Instant } from "../api/client";
import { useNow } from "../clock";
import { dateTime, exact, relative, time } from "../format";
import { t } from "../language";

/** Relative to the server's now; the viewer's own date and time, and the exact one in UTC, on hover. */
export function Ago({ at }: { at: Instant | null }) {
  const now = useNow();
  if (at === null) return <span className="faint">{t("never")}</span>;
  return <Since at={at} now={now} />;
}

/** Of what lives by the wall clock also while the server's clock is simulated, such as the beats of its nodes. */
export function WallAgo({ at }: { at: Instant }) {
  useNow();
  return <Since at={at} now={Date.now()} />;
}

const Since = ({ at, now }: { at: Instant; now: number }) => <time dateTime={at} title={`${dateTime(at)} · ${exact(at)}`}>{relative(at, now)}</time>;

export const At = ({ at }: { at: Instant }) => <time dateTime={at} title={exact(at)}>{dateTime(at)}</time>;
export const Clock = ({ at }: { at: Instant }) => <time dateTime={at} title={exact(at)}>{time(at)}</time>;
