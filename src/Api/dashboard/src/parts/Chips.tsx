import { t } from "../language";
import { fullName, indicatorName, severityNames, tagFacts, worstFirst, type StatusTag } from "../tags";
import type { IndicatorView } from "../api/schema";
import { TagIcon } from "./TagIcon";

export function TagChip({ tag, full = false }: { tag: StatusTag; full?: boolean }) {
  return (
    <span className="chip tag" data-tag={tag} title={t("{code} · {name}: {meaning}", { code: tag, name: fullName(tag), meaning: tagFacts[tag].meaning })}>
      <TagIcon tag={tag} />
      {full ? tagFacts[tag].name : tagFacts[tag].short}
    </span>
  );
}

export function Move({ from, to }: { from: StatusTag | null; to: StatusTag }) {
  return (
    <span className="move">
      {from ? <TagChip tag={from} /> : <span className="chip first">{t("New")}</span>}
      <svg className="arrow" viewBox="0 0 16 10" role="img" aria-label={t("to")}><path d="M1 5h13M10 1l4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" /></svg>
      <TagChip tag={to} />
    </span>
  );
}

export function Indicators({ list, max = Infinity }: { list: readonly IndicatorView[]; max?: number }) {
  if (list.length === 0) return <span className="faint" title={t("no indicator")}>–</span>;
  const sorted = [...list].sort((a, b) => worstFirst(a.severity, b.severity));
  const hidden = sorted.slice(max);
  const names = hidden.map(({ type }) => indicatorName(type)).join(t(", "));
  return (
    <ul className="indicators">
      {sorted.slice(0, max).map(({ type, severity }) => (
        <li key={type} className="indicator" data-severity={severity} title={t("{indicator}, severity {severity}", { indicator: indicatorName(type), severity: severityNames[severity] })}>{indicatorName(type)}</li>
      ))}
      {hidden.length > 0 && (
        <li className="indicator more" title={names}>
          +{hidden.length}<span className="sr-only">{t(" more: {names}", { names })}</span>
        </li>
      )}
    </ul>
  );
}
