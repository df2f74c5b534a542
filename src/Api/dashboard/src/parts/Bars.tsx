import type { Trend } from "../tags";
import { number } from "../format";
import { t, translated } from "../language";

export const scoreNames = translated({ engagement: "Engagement", progress: "Progress", community: "Community", overall: "Overall" });

export const Percent = ({ value, kind }: { value: number; kind: keyof typeof scoreNames }) => (
  <span className="mini" title={t("{what} {n} of 100", { what: scoreNames[kind], n: number(value) })}>
    <span className="mini-track" aria-hidden="true"><span className="mini-fill" data-kind={kind} style={{ width: `${clamp(value)}%` }} /></span>
    <span className="mini-value">{Math.round(value)}</span>
  </span>
);

export function ConfidenceMeter({ value }: { value: number | null }) {
  if (value === null) return null;
  // Confidence lives between 0.70 and 1: the bar shows that part, so that a difference can be seen.
  const share = clamp(((value - 0.7) / 0.3) * 100);
  return (
    <span className="meter" title={t("Confidence {value}. From 0.85 on a move is applied without asking.", { value: value.toFixed(3) })}>
      <span className="meter-track" aria-hidden="true"><span className="meter-fill" data-sure={value >= 0.85} style={{ width: `${share}%` }} /></span>
      <span><span className="sr-only">{t("confidence ")}</span>{value.toFixed(2)}</span>
    </span>
  );
}

const trendWords: Record<Trend, string> = translated({ up: "rising", down: "falling", stable: "stable" });
const trendPaths: Record<Trend, string> = { up: "M2 9 6 5l3 2 5-5M10 2h4v4", down: "M2 3l4 4 3-2 5 5M10 10h4V6", stable: "M2 6h11M10 3l3 3-3 3" };

export const TrendMark = ({ trend }: { trend: Trend }) => (
  <span className="trend" data-trend={trend}>
    <svg viewBox="0 0 16 12" aria-hidden="true"><path d={trendPaths[trend]} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" /></svg>
    {trendWords[trend]}
  </span>
);

export const clamp = (value: number) => Math.max(0, Math.min(100, value));
