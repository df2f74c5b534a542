import { fullName, indicatorName, tagFacts, worstFirst, type StatusTag } from "../tags";
import type { IndicatorView } from "../api/schema";
import { TagIcon } from "./TagIcon";

export function TagChip({ tag, full = false }: { tag: StatusTag; full?: boolean }) {
  return (
    <span className="chip tag" data-tag={tag} title={`${tag} · ${fullName(tag)}: ${tagFacts[tag].meaning}`}>
      <TagIcon tag={tag} />
      {full ? tagFacts[tag].name : tagFacts[tag].short}
    </span>
  );
}

export function Move({ from, to }: { from: StatusTag | null; to: StatusTag }) {
  return (
    <span className="move">
      {from ? <TagChip tag={from} /> : <span className="chip first">New</span>}
      <svg className="arrow" viewBox="0 0 16 10" role="img" aria-label="to"><path d="M1 5h13M10 1l4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" /></svg>
      <TagChip tag={to} />
    </span>
  );
}

export function Indicators({ list, max = Infinity }: { list: readonly IndicatorView[]; max?: number }) {
  if (list.length === 0) return <span className="faint" title="no indicator">–</span>;
  const sorted = [...list].sort((a, b) => worstFirst(a.severity, b.severity));
  const hidden = sorted.slice(max);
  return (
    <ul className="indicators">
      {sorted.slice(0, max).map(({ type, severity }) => (
        <li key={type} className="indicator" data-severity={severity} title={`${indicatorName(type)}, severity ${severity}`}>{indicatorName(type)}</li>
      ))}
      {hidden.length > 0 && (
        <li className="indicator more" title={hidden.map(({ type }) => indicatorName(type)).join(", ")}>
          +{hidden.length}<span className="sr-only"> more: {hidden.map(({ type }) => indicatorName(type)).join(", ")}</span>
        </li>
      )}
    </ul>
  );
}
