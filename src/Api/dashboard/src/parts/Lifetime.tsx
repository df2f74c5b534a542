import type { Instant } from "../api/client";
import { serverNow } from "../clock";
import { rich, text, translate } from "../language";

const dayMs = 86_400_000;
const lifetimes: readonly [string, number | null][] = [[text("Never"), null], [text("In 30 days"), 30], [text("In 90 days"), 90], [text("In a year"), 365]];

/** When something ends that lives for so many days from now; null for never. */
export const endOf = (days: number | null): Instant | null => (days === null ? null : new Date(serverNow() + days * dayMs).toISOString());

export const Lifetime = ({ label, days, choose }: { label: string; days: number | null; choose: (days: number | null) => void }) => (
  <label className="check">{rich("Ends {when}", {
    when: <select aria-label={label} value={days ?? ""} onChange={(event) => choose(event.target.value === "" ? null : Number(event.target.value))}>
      {lifetimes.map(([name, value]) => <option key={name} value={value ?? ""}>{translate(name)}</option>)}
    </select>,
  })}</label>
);
