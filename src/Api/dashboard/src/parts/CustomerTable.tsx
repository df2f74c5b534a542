import { columnVisibilityFeature, createColumnHelper, rowSelectionFeature, tableFeatures, useTable, type RowSelectionState } from "@tanstack/react-table";
import { useVirtualizer, useWindowVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import type { CustomerFilter } from "../api/client";
import { churnOf } from "../api/foreseen";
import type { CustomerRow } from "../api/schema";
import { allColumns, columns, type ColumnId } from "../customers/columns";
import { sortedBy } from "../customers/filter";
import { money } from "../format";
import { t, translate, useLanguage } from "../language";
import { customerPath, Link, navigate } from "../router";
import { productNames } from "../tags";
import { Percent, scoreNames } from "./Bars";
import { Indicators, TagChip } from "./Chips";
import { ChurnMark } from "./Outlook";
import { Name } from "./Person";
import { Ago } from "./Time";

const none = <span className="faint">–</span>;

const cells: Record<ColumnId, { className: string; label?: () => string; show: (row: CustomerRow) => ReactNode }> = {
  customer: { className: "customer-cell", show: ({ id, name }) => <Link href={customerPath(id)}><Name id={id} name={name} /></Link> },
  email: { className: "email-cell", show: ({ email }) => (email ? <bdi className="cut" title={email}>{email}</bdi> : none) },
  tier: { className: "tier-cell", show: ({ tier }) => tier ?? none },
  product: { className: "tier-cell product-cell", show: ({ productTag }) => (productTag ? productNames[productTag] ?? productTag : none) },
  tag: { className: "tag-cell", show: ({ tag }) => <TagChip tag={tag} /> },
  since: { className: "since-cell", label: () => t("Since"), show: ({ tagSince }) => <Ago at={tagSince} /> },
  engagement: { className: "score-cell engagement-cell", label: () => scoreNames.engagement, show: ({ scores }) => <Percent kind="engagement" value={scores.engagement} /> },
  progress: { className: "score-cell progress-cell", label: () => scoreNames.progress, show: ({ scores }) => <Percent kind="progress" value={scores.progress} /> },
  community: { className: "score-cell community-cell", label: () => scoreNames.community, show: ({ scores }) => <Percent kind="community" value={scores.community} /> },
  overall: { className: "score-cell", label: () => scoreNames.overall, show: ({ scores }) => <Percent kind="overall" value={scores.overall} /> },
  churn: { className: "churn-cell", label: () => t("Churn"), show: (row) => <ChurnMark value={churnOf(row)} /> },
  indicators: { className: "indicators-cell", show: ({ riskIndicators }) => <Indicators list={riskIndicators} max={2} /> },
  ltv: { className: "ltv-cell", label: () => t("LTV"), show: ({ ltvValue }) => (ltvValue === null ? none : money(ltvValue)) },
  login: { className: "activity-cell login-cell", label: () => t("Last login"), show: ({ lastLoginAt }) => <Ago at={lastLoginAt} /> },
  activity: { className: "activity-cell", label: () => t("Last activity"), show: ({ lastActivityAt }) => <Ago at={lastActivityAt} /> },
};

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });
const helper = createColumnHelper<typeof features, CustomerRow>();
const definitions = helper.columns(allColumns.map((id) => helper.display({ id, cell: ({ row }) => cells[id].show(row.original) })));

const narrow = "(max-width: 760px)";
const watchWidth = (listener: () => void) => {
  const query = matchMedia(narrow);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
};

export interface TableProps {
  rows: readonly CustomerRow[]; total: number | undefined; stale: boolean; shown: readonly ColumnId[]; filter: CustomerFilter; sort: (filter: CustomerFilter) => void;
  chosen: RowSelectionState; choose: (next: RowSelectionState | ((before: RowSelectionState) => RowSelectionState)) => void; more: (() => void) | null;
}

/** Draws the rows that are in sight, whatever their number. On a phone each is a card, and the page itself scrolls. */
export function CustomerTable({ rows, total, stale, shown, filter, sort, chosen, choose, more }: TableProps) {
  useLanguage();
  const columnVisibility = useMemo(() => Object.fromEntries(allColumns.map((id) => [id, shown.includes(id)])), [shown]);
  const table = useTable({ features, columns: definitions, data: rows as CustomerRow[], getRowId: (row) => row.id, state: { columnVisibility, rowSelection: chosen }, onRowSelectionChange: choose });
  const lines = table.getRowModel().rows;
  const scroller = useRef<HTMLDivElement>(null);
  const { virtual, isNarrow } = useInSight(scroller, lines.length, (at) => lines[at]!.id);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const latest = useRef(more);
  latest.current = more;
  useEffect(() => {
    if (last >= lines.length - 20) latest.current?.();
  }, [last, lines.length]);
  const before = (items[0]?.start ?? 0) - virtual.options.scrollMargin;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? virtual.options.scrollMargin) - virtual.options.scrollMargin);
  const width = shown.length + 1;
  return (
    <div ref={scroller} className="table-scroll" role="region" tabIndex={isNarrow ? -1 : 0} aria-label={t("List of customers")}>
      <table className="lines customers-table" data-stale={stale} aria-rowcount={total === undefined ? -1 : total + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="choose-cell"><AllChosen lines={rows} chosen={chosen} choose={choose} /></th>
            {table.getVisibleLeafColumns().map(({ id }) => <Head key={id} id={id as ColumnId} filter={filter} sort={sort} />)}
          </tr>
        </thead>
        {before > 0 && <tbody aria-hidden="true" className="spacer"><tr><td colSpan={width} style={{ height: before }} /></tr></tbody>}
        <tbody>
          {items.map(({ index }) => {
            const row = lines[index]!;
            return (
              <tr key={row.id} ref={virtual.measureElement} data-index={index} data-tag={row.original.tag} aria-rowindex={index + 2} aria-selected={row.getIsSelected()}
                onClick={(click) => { if (!(click.target as Element).closest("a, label, input")) navigate(customerPath(row.id)); }}>
                <td className="choose-cell"><label><input type="checkbox" checked={row.getIsSelected()} onChange={row.getToggleSelectedHandler()} aria-label={t("Select {customer}", { customer: row.original.name ?? row.id })} /></label></td>
                {row.getVisibleCells().map((cell) => {
                  const { className, label } = cells[cell.column.id as ColumnId];
                  const content = <table.FlexRender cell={cell} />;
                  return cell.column.id === "customer" ? <th key={cell.id} scope="row" className={className}>{content}</th>
                    : <td key={cell.id} className={className} data-label={label?.()}>{content}</td>;
                })}
              </tr>
            );
          })}
        </tbody>
        {after > 0 && <tbody aria-hidden="true" className="spacer"><tr><td colSpan={width} style={{ height: after }} /></tr></tbody>}
      </table>
    </div>
  );
}

function useInSight(scroller: React.RefObject<HTMLDivElement | null>, count: number, getItemKey: (at: number) => string) {
  const isNarrow = useSyncExternalStore(watchWidth, () => matchMedia(narrow).matches);
  const [scrollMargin, setMargin] = useState(0);
  useLayoutEffect(() => {
    if (isNarrow && scroller.current) setMargin(scroller.current.getBoundingClientRect().top + window.scrollY);
  }, [isNarrow, scroller, count]);
  const common = { count, getItemKey, overscan: 12 };
  const inWindow = useWindowVirtualizer({ ...common, estimateSize: () => 190, scrollMargin, enabled: isNarrow });
  const inScroller = useVirtualizer({ ...common, estimateSize: () => 47, getScrollElement: () => scroller.current, enabled: !isNarrow });
  const virtual = (isNarrow ? inWindow : inScroller) as Virtualizer<HTMLDivElement, Element>;
  return { virtual, isNarrow };
}

function AllChosen({ lines, chosen, choose }: { lines: readonly CustomerRow[]; chosen: RowSelectionState; choose: TableProps["choose"] }) {
  const n = lines.filter(({ id }) => chosen[id]).length;
  const all = lines.length > 0 && n === lines.length;
  return (
    <label><input type="checkbox" aria-label={t("Select all that are loaded")} title={t("Select all that are loaded")} checked={all} ref={(box) => { if (box) box.indeterminate = n > 0 && !all; }}
      onChange={() => choose(all ? {} : Object.fromEntries(lines.map(({ id }) => [id, true])))} /></label>
  );
}

function Head({ id, filter, sort }: { id: ColumnId; filter: CustomerFilter; sort: TableProps["sort"] }) {
  const column: { label: string; sort?: string; first?: string } = columns[id];
  const { className } = cells[id];
  const by = column.sort as Parameters<typeof sortedBy>[1] | undefined;
  const is = by !== undefined && filter.sort === by ? (filter.order === "desc" ? "descending" : "ascending") : undefined;
  if (by === undefined) return <th scope="col" className={className.replace("score-cell", "")}>{translate(column.label)}</th>;
  return (
    <th scope="col" className={className.replace("score-cell", "")} aria-sort={is ?? "none"}>
      <button type="button" className="sort" onClick={() => sort(sortedBy(filter, by, column.first as "asc" | "desc"))}>
        {translate(column.label)}<svg viewBox="0 0 10 12" aria-hidden="true" data-is={is}><path d="M2 5 5 1.8 8 5" /><path d="m2 7 3 3.2L8 7" /></svg>
      </button>
    </th>
  );
}
