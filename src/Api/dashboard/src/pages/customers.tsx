import { useEffect, useRef, useState } from "react";
import type { CustomerFilter } from "../api/client";
import type { CustomerRow } from "../api/schema";
import { useCustomers } from "../api/queries";
import { plain } from "../format";
import { Percent } from "../parts/Bars";
import { Indicators, TagChip } from "../parts/Chips";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { TagIcon } from "../parts/TagIcon";
import { Ago } from "../parts/Time";
import { customerPath, Link, navigate, useSearch } from "../router";
import { allIndicators, allTags, allTiers, isTag, tagFacts, type RiskIndicator, type Tier } from "../tags";

const typingPauseMs = 250;

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
  const filter = filterOf(useSearch());
  const customers = useCustomers(filter);
  const lines = customers.data?.pages.flatMap((page) => page.items) ?? [];
  const change = (part: CustomerFilter) => navigate(searchOf({ ...filter, ...part }), "replace");
  return (
    <section className="customers card" aria-labelledby="customers-title">
      <header className="card-head"><h1 id="customers-title">Customers</h1></header>
      <Filters filter={filter} change={change} />
      {customers.error && !customers.data ? <Trouble error={customers.error} again={() => void customers.refetch()} />
        : customers.isPending ? <Waiting lines={12} />
        : lines.length === 0 ? <Nothing>No customer fits this filter.</Nothing>
        : <Table lines={lines} stale={customers.isPlaceholderData} />}
      <p className="sr-only" role="status">{customers.isPending ? "" : `${lines.length} customers shown${customers.hasNextPage ? ", more available" : ""}`}</p>
      {customers.hasNextPage && <More busy={customers.isFetchingNextPage} load={() => void customers.fetchNextPage()} />}
    </section>
  );
}

function Filters({ filter, change }: { filter: CustomerFilter; change: (part: CustomerFilter) => void }) {
  return (
    <div className="filters" role="search">
      <SearchBox value={filter.q ?? ""} change={(q) => change({ q: q || undefined })} />
      <div className="tag-filter" role="group" aria-label="Tag">
        {allTags.map((tag) => (
          <button key={tag} type="button" className="chip tag toggle" data-tag={tag} aria-pressed={filter.tag === tag}
            title={tagFacts[tag].meaning} onClick={() => change({ tag: filter.tag === tag ? undefined : tag })}>
            <TagIcon tag={tag} />{tagFacts[tag].short}
          </button>
        ))}
      </div>
      <select aria-label="Tier" value={filter.tier ?? ""} onChange={(event) => change({ tier: (event.target.value || undefined) as Tier | undefined })}>
        <option value="">Any tier</option>
        {allTiers.map((tier) => <option key={tier}>{tier}</option>)}
      </select>
      <select aria-label="Risk indicator" value={filter.risk ?? ""} onChange={(event) => change({ risk: (event.target.value || undefined) as RiskIndicator | undefined })}>
        <option value="">Any risk</option>
        {allIndicators.map((indicator) => <option key={indicator} value={indicator}>{plain(indicator)}</option>)}
      </select>
      {(filter.q || filter.tag || filter.tier || filter.risk) && <button type="button" className="quiet" onClick={() => navigate("/customers", "replace")}>Clear</button>}
    </div>
  );
}

/** Asks when typing pauses, and follows the address when that changes from elsewhere. */
function SearchBox({ value, change }: { value: string; change: (q: string) => void }) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const latest = useRef(change);
  latest.current = change;
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text.trim() === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      latest.current(sent.current);
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return <input type="search" className="search" placeholder="Name, email or id" aria-label="Search customers" spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />;
}

function Table({ lines, stale }: { lines: readonly CustomerRow[]; stale: boolean }) {
  return (
    <table className="lines" data-stale={stale}>
      <thead>
        <tr>
          <th scope="col">Customer</th><th scope="col">Tier</th><th scope="col">Tag</th><th scope="col">Since</th>
          <th scope="col">Engagement</th><th scope="col">Progress</th><th scope="col">Community</th><th scope="col">Overall</th>
          <th scope="col">Indicators</th><th scope="col">Last activity</th>
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
        <Link href={customerPath(line.id)}>{line.name ?? line.id}</Link>
        {line.name && <small>{line.id}</small>}
      </th>
      <td className="tier-cell">{line.tier ?? <span className="faint">–</span>}</td>
      <td className="tag-cell"><TagChip tag={line.tag} /></td>
      <td className="since-cell"><Ago at={line.tagSince} /></td>
      <td data-label="Engagement" className="score-cell"><Percent kind="engagement" value={scores.engagement} /></td>
      <td data-label="Progress" className="score-cell"><Percent kind="progress" value={scores.progress} /></td>
      <td data-label="Community" className="score-cell"><Percent kind="community" value={scores.community} /></td>
      <td data-label="Overall" className="score-cell"><Percent kind="overall" value={scores.overall} /></td>
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
  return <button ref={place} type="button" className="more-lines" disabled={busy} onClick={load}>{busy ? "Loading …" : "Load more"}</button>;
}
