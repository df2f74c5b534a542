import type { RowSelectionState } from "@tanstack/react-table";
import { useEffect, useMemo, useState } from "react";
import { fileName, save } from "../analytics/save";
import { csvOf } from "../analytics/csv";
import { api, type CustomerFilter } from "../api/client";
import { rowsPerPage, useCustomers } from "../api/queries";
import type { CustomerPage, CustomerRow } from "../api/schema";
import { allOf } from "../customers/bulk";
import { allColumns, asTable, columns, columnsOf, keepColumns, keptColumns, usualColumns, type ColumnId } from "../customers/columns";
import { customersPath, filterOf, narrowing, sorts, type Sort } from "../customers/filter";
import { rich, t, text, translate } from "../language";
import { serverNow } from "../clock";
import { CustomerBulk } from "../parts/CustomerBulk";
import { CustomerFilters } from "../parts/CustomerFilters";
import { CustomerTable } from "../parts/CustomerTable";
import { Panel } from "../parts/Panel";
import { SavedViews } from "../parts/SavedViews";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { Link, navigate, useSearch } from "../router";
import { useTitle } from "../title";

/** What one page of the browser holds, and what a file has at most. */
const rowsShownMax = 10_000, rowsInFileMax = 50_000;

export function CustomersPage() {
  useTitle(t("Customers"));
  const search = useSearch();
  const filter = useMemo(() => filterOf(search), [search]);
  const [kept, setKept] = useState(keptColumns);
  const shown = useShown(search, kept);
  const customers = useCustomers(filter, rowsPerPage);
  const rows = useMemo(() => customers.data?.pages.flatMap((page) => page.items) ?? [], [customers.data]);
  const [chosen, setChosen] = useState<RowSelectionState>({});
  // Who is not in the list any more is not acted upon unseen.
  const ids = useMemo(() => rows.filter(({ id }) => chosen[id]).map(({ id }) => id), [rows, chosen]);
  useEffect(() => setChosen({}), [filter]);
  const go = (next: CustomerFilter, shows: readonly ColumnId[] = shown) => navigate(customersPath(next, shows.join() === kept.join() ? null : shows), "replace");
  const choose = (next: readonly ColumnId[]) => {
    keepColumns(next);
    setKept(next);
    navigate(customersPath(filter), "replace");
  };
  const total = customers.data?.pages.at(-1);
  const isFull = rows.length >= rowsShownMax;
  return (
    <section className="customers card" aria-labelledby="customers-title">
      <header className="card-head">
        <h1 id="customers-title">{t("Customers")}</h1>
        <Total page={total} loaded={rows.length} />
      </header>
      <CustomerFilters filter={filter} change={(part) => go({ ...filter, ...part })} clear={() => go({ sort: filter.sort, order: filter.order })} />
      <div className="list-tools">
        <SavedViews filter={filter} shown={shown} />
        <Columns shown={shown} choose={choose} />
        <Export filter={filter} shown={shown} disabled={rows.length === 0} />
        <SortChoice filter={filter} sort={go} />
        <CustomerBulk ids={ids} rows={rows} save={(some) => saveRows(shown, some)} clear={() => setChosen({})} />
      </div>
      {customers.error && !customers.data ? <Trouble error={customers.error} again={() => void customers.refetch()} />
        : customers.isPending ? <Waiting lines={12} />
        : rows.length === 0 ? <NoCustomers filter={filter} more={customers.hasNextPage} />
        : <CustomerTable rows={rows} total={total?.total} stale={customers.isPlaceholderData} shown={shown} filter={filter} sort={go} chosen={chosen} choose={setChosen}
            more={customers.hasNextPage && !customers.isFetching && !isFull ? () => void customers.fetchNextPage() : null} />}
      {rows.length === 0 && customers.hasNextPage && <GoOn busy={customers.isFetching} load={() => void customers.fetchNextPage()} />}
      {customers.isFetchNextPageError && <Trouble error={customers.error!} again={() => void customers.fetchNextPage()} />}
      {isFull && customers.hasNextPage && <p className="faint after-lines">{t("The first {n} are shown. Narrow the list to see the others.", { n: rows.length })}</p>}
    </section>
  );
}

/** The columns of the address, else those that were chosen in this browser. */
function useShown(search: string, kept: readonly ColumnId[]): readonly ColumnId[] {
  return useMemo(() => {
    const asked = new URLSearchParams(search).get("columns");
    return asked ? columnsOf(asked.split(",")) : kept;
  }, [search, kept]);
}

function Total({ page, loaded }: { page: CustomerPage | undefined; loaded: number }) {
  const n = page?.total === undefined ? (page?.next ? null : loaded) : page.total;
  const words = !page ? "" : n === null ? t("{n} customers shown, more available", { n: loaded })
    : page.totalIsAtLeast ? t("more than {n} customers", { n }) : t("{n} {n|customer|customers}", { n });
  return <span className="faint" role="status">{words}{page?.behind && t(", the latest changes are being counted")}</span>;
}

const saveRows = (shown: readonly ColumnId[], rows: readonly CustomerRow[]) =>
  save(fileName(["customers", new Date(serverNow()).toISOString().slice(0, 10)], "csv"), new Blob([csvOf(asTable(shown, rows))], { type: "text/csv;charset=utf-8" }));

/** Everybody who fits, not only those that are loaded. */
function Export({ filter, shown, disabled }: { filter: CustomerFilter; shown: readonly ColumnId[]; disabled: boolean }) {
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const write = async () => {
    setBusy(true);
    try {
      const rows = await allOf((cursor) => api.customers(filter, rowsPerPage, cursor), rowsInFileMax, (n) => setSaid(t("{n} rows …", { n })));
      saveRows(shown, rows);
      setSaid(rows.length >= rowsInFileMax ? t("The file has the first {n} rows.", { n: rows.length }) : null);
    } catch (trouble) {
      setSaid(trouble instanceof Error ? trouble.message : t("That did not work."));
    }
    setBusy(false);
  };
  return (
    <>
      <button type="button" className="small-button" disabled={disabled || busy} title={t("Everybody who fits, in the columns that are shown")} onClick={() => void write()}>{t("CSV")}</button>
      {said && <span className="faint" role="status">{said}</span>}
    </>
  );
}

const Columns = ({ shown, choose }: { shown: readonly ColumnId[]; choose: (next: readonly ColumnId[]) => void }) => (
  <Panel label={t("Columns")} title={t("Columns")}>
    {() => (
      <div className="column-choice">
        {allColumns.filter((id) => id !== "customer").map((id) => (
          <label key={id} className="check"><input type="checkbox" checked={shown.includes(id)}
            onChange={(event) => choose(columnsOf(event.target.checked ? [...shown, id] : shown.filter((each) => each !== id)))} />{translate(columns[id].label)}</label>
        ))}
        {shown.join() !== usualColumns.join() && <button type="button" className="quiet" onClick={() => choose(usualColumns)}>{t("The usual ones")}</button>}
      </div>
    )}
  </Panel>
);

const sortNames: Record<Sort, string> = { id: text("Id"), name: text("Name"), tagSince: text("Since"), overall: text("Overall"), ltv: text("LTV"), lastActivity: text("Last activity"), risk: text("Indicators"), churn: text("Churn") };

/** On a phone, where the list has no head to press. */
function SortChoice({ filter, sort }: { filter: CustomerFilter; sort: (next: CustomerFilter) => void }) {
  return (
    <select className="sort-choice" aria-label={t("Order")} value={filter.sort ? `${filter.sort} ${filter.order ?? "asc"}` : ""}
      onChange={({ target }) => { const [by, order] = target.value.split(" "); sort({ ...filter, sort: by || undefined, order }); }}>
      <option value="">{t("In the usual order")}</option>
      {sorts.flatMap((by) => (["asc", "desc"] as const).map((order) => <option key={`${by} ${order}`} value={`${by} ${order}`}>{translate(sortNames[by])} {order === "asc" ? "↑" : "↓"}</option>))}
    </select>
  );
}

/** A search may look at many before it finds one: it goes on by itself. */
function GoOn({ busy, load }: { busy: boolean; load: () => void }) {
  useEffect(() => {
    if (!busy) load();
  });
  return null;
}

function NoCustomers({ filter, more }: { filter: CustomerFilter; more: boolean }) {
  const { q, ...others } = filter;
  if (more) return <Nothing why={t("None of those looked at so far fits.")}>{t("The search goes on by itself.")}</Nothing>;
  if (q) return <Nothing why={narrowing(others) > 0 ? t("No customer has “{q}” in name, email or id and fits the other filters.", { q }) : t("No customer has “{q}” in name, email or id.", { q })}>{t("A part of it is enough; capitals do not matter.")}</Nothing>;
  if (narrowing(others) > 0) return <Nothing why={t("No customer fits these filters.")}>{t("Take one of them away, or clear them all.")}</Nothing>;
  return <Nothing why={t("There are no customers yet.")}>{rich("They come with the first event that names one. {overview} shows how to send it.", { overview: <Link href="/">{t("The overview")}</Link> })}</Nothing>;
}
