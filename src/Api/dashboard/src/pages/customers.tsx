import { useEffect, useRef } from "react";
import type { CustomerFilter } from "../api/client";
import type { CustomerRow } from "../api/schema";
import { useCustomers } from "../api/queries";
import { rich, t } from "../language";
import { Percent, scoreNames } from "../parts/Bars";
import { Indicators, TagChip } from "../parts/Chips";
import { Name } from "../parts/Person";
import { SearchBox } from "../parts/SearchBox";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { TagIcon } from "../parts/TagIcon";
import { Ago } from "../parts/Time";
import { customerPath, Link, navigate, useSearch } from "../router";
import { allIndicators, allTags, allTiers, indicatorName, isTag, tagFacts, type RiskIndicator, type Tier } from "../tags";
import { useTitle } from "../title";

export function filterOf(search: string): CustomerFilter {
  const set = new URLSearchParams(search);
  const tag = set.get("tag"), tier = set.get("tier"), risk = set.get("risk");
  return {
    tag: isTag(tag) ? tag : undefined,
    tier: allTiers.find((each) => each === tier),
    risk: allIndicators.find((each) => each === risk),
    q: set.get("q") || undefined,
  };
}

function searchOf(filter: CustomerFilter): string {
  const set = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) set.set(name, value);
  return set.size > 0 ? `/customers?${set}` : "/customers";
}

export function CustomersPage() {
  useTitle(t("Customers"));
  const filter = filterOf(useSearch());
  const customers = useCustomers(filter);
  const lines = customers.data?.pages.flatMap((page) => page.items) ?? [];
  const change = (part: CustomerFilter) => navigate(searchOf({ ...filter, ...part }), "replace");
  return (
    <section className="customers card" aria-labelledby="customers-title">
      <header className="card-head"><h1 id="customers-title">{t("Customers")}</h1></header>
      <Filters filter={filter} change={change} />
      {customers.error && !customers.data ? <Trouble error={customers.error} again={() => void customers.refetch()} />
        : customers.isPending ? <Waiting lines={12} />
        : lines.length === 0 ? <NoCustomers filter={filter} more={customers.hasNextPage} />
        : <Table lines={lines} stale={customers.isPlaceholderData} />}
      <p className="sr-only" role="status">{customers.isPending ? "" : customers.hasNextPage ? t("{n} customers shown, more available", { n: lines.length }) : t("{n} customers shown", { n: lines.length })}</p>
      {customers.hasNextPage && <More busy={customers.isFetchingNextPage} load={() => void customers.fetchNextPage()} />}
    </section>
  );
}

function NoCustomers({ filter, more }: { filter: CustomerFilter; more: boolean }) {
  if (more) return <Nothing why={t("None of those looked at so far fits.")}>{t("The search goes on by itself.")}</Nothing>;
  if (filter.q) return <Nothing why={filter.tag || filter.tier || filter.risk ? t("No customer has “{q}” in name, email or id and fits the other filters.", { q: filter.q }) : t("No customer has “{q}” in name, email or id.", { q: filter.q })}>{t("A part of it is enough; capitals do not matter.")}</Nothing>;
  if (filter.tag || filter.tier || filter.risk) return <Nothing why={t("No customer fits these filters.")}>{t("Take one of them away, or clear them all.")}</Nothing>;
  return <Nothing why={t("There are no customers yet.")}>{rich("They come with the first event that names one. {overview} shows how to send it.", { overview: <Link href="/">{t("The overview")}</Link> })}</Nothing>;
}

function Filters({ filter, change }: { filter: CustomerFilter; change: (part: CustomerFilter) => void }) {
  return (
    <div className="filters" role="search">
      <SearchBox label={t("Search customers")} placeholder={t("Name, email or id")} value={filter.q ?? ""} change={(q) => change({ q: q || undefined })} />
      <div className="tag-filter" role="group" aria-label={t("Tag")}>
        {allTags.map((tag) => (
          <button key={tag} type="button" className="chip tag toggle" data-tag={tag} aria-pressed={filter.tag === tag}
            title={tagFacts[tag].meaning} onClick={() => change({ tag: filter.tag === tag ? undefined : tag })}>
            <TagIcon tag={tag} />{tagFacts[tag].short}
          </button>
        ))}
      </div>
      <select aria-label={t("Tier")} value={filter.tier ?? ""} onChange={(event) => change({ tier: (event.target.value || undefined) as Tier | undefined })}>
        <option value="">{t("Any tier")}</option>
        {allTiers.map((tier) => <option key={tier}>{tier}</option>)}
      </select>
      <select aria-label={t("Risk indicator")} value={filter.risk ?? ""} onChange={(event) => change({ risk: (event.target.value || undefined) as RiskIndicator | undefined })}>
        <option value="">{t("Any risk")}</option>
        {allIndicators.map((indicator) => <option key={indicator} value={indicator}>{indicatorName(indicator)}</option>)}
      </select>
      {(filter.q || filter.tag || filter.tier || filter.risk) && <button type="button" className="quiet" onClick={() => navigate("/customers", "replace")}>{t("Clear")}</button>}
    </div>
  );
}

function Table({ lines, stale }: { lines: readonly CustomerRow[]; stale: boolean }) {
  return (
    <table className="lines" data-stale={stale}>
      <thead>
        <tr>
          <th scope="col">{t("Customer")}</th><th scope="col" className="tier-cell">{t("Tier")}</th><th scope="col">{t("Tag")}</th><th scope="col">{t("Since")}</th>
          <th scope="col" className="engagement-cell">{scoreNames.engagement}</th><th scope="col" className="progress-cell">{scoreNames.progress}</th>
          <th scope="col" className="community-cell">{scoreNames.community}</th><th scope="col">{scoreNames.overall}</th><th scope="col">{t("Indicators")}</th><th scope="col">{t("Last activity")}</th>
        </tr>
      </thead>
      <tbody>{lines.map((line) => <Row key={line.id} line={line} />)}</tbody>
    </table>
  );
}

function Row({ line }: { line: CustomerRow }) {
  const { scores } = line;
  return (
    <tr data-tag={line.tag} onClick={(click) => { if (!(click.target as Element).closest("a")) navigate(customerPath(line.id)); }}>
      <th scope="row" className="customer-cell">
        <Link href={customerPath(line.id)}><Name id={line.id} name={line.name} /></Link>
      </th>
      <td className="tier-cell">{line.tier ?? <span className="faint">–</span>}</td>
      <td className="tag-cell"><TagChip tag={line.tag} /></td>
      <td className="since-cell"><Ago at={line.tagSince} /></td>
      <td data-label={scoreNames.engagement} className="score-cell engagement-cell"><Percent kind="engagement" value={scores.engagement} /></td>
      <td data-label={scoreNames.progress} className="score-cell progress-cell"><Percent kind="progress" value={scores.progress} /></td>
      <td data-label={scoreNames.community} className="score-cell community-cell"><Percent kind="community" value={scores.community} /></td>
      <td data-label={scoreNames.overall} className="score-cell"><Percent kind="overall" value={scores.overall} /></td>
      <td className="indicators-cell"><Indicators list={line.riskIndicators} max={2} /></td>
      <td className="activity-cell"><Ago at={line.lastActivityAt} /></td>
    </tr>
  );
}

/** Loads by itself when it comes into sight; the button is for keyboards and for when that does not happen. */
function More({ busy, load }: { busy: boolean; load: () => void }) {
  const place = useRef<HTMLButtonElement>(null);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    if (busy || !place.current) return;
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && latest.current(), { rootMargin: "300px" });
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [busy]);
  return <button ref={place} type="button" className="more-lines" disabled={busy} onClick={load}>{busy ? t("Loading …") : t("Load more")}</button>;
}
