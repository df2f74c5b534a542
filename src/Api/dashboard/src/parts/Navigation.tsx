import { useEffect, useId, useRef, useState, type ToggleEvent } from "react";
import { useHasMailbox } from "../api/campaigns";
import { useOpenReviews } from "../api/queries";
import { things } from "../format";
import { t, text, translate } from "../language";
import { useLive } from "../live/live";
import { callForAttention } from "../queue";
import { Link, usePath } from "../router";

interface Page { path: string; label: string; group?: string; beneath?: readonly string[]; adminsOnly?: boolean; withSinkOnly?: boolean }

const analytics = text("Analytics");
const system = text("System");

const pages: readonly Page[] = [
  { path: "/", label: text("Overview") }, { path: "/today", label: text("Today") },
  { path: "/customers", label: text("Customers") }, { path: "/reviews", label: text("Reviews") }, { path: "/tasks", label: text("Tasks") },
  { path: "/campaigns", label: text("Campaigns"), beneath: ["/actions", "/journeys"] }, { path: "/rules", label: text("Rules") },
  { path: "/kpis", label: text("KPIs"), group: analytics },
  { path: "/risks", label: text("Risk monitor"), group: analytics },
  { path: "/cohorts", label: text("Cohorts"), group: analytics },
  { path: "/automation", label: text("Automation"), group: analytics },
  { path: "/matrix", label: text("Matrix"), group: analytics },
  { path: "/predictions", label: text("Predictions"), group: analytics },
  { path: "/recommendations", label: text("Recommendations"), group: analytics },
  { path: "/value", label: text("Customer value"), group: analytics },
  { path: "/mailbox", label: text("Mailbox"), group: system, withSinkOnly: true },
  { path: "/events", label: text("Events"), group: system },
  { path: "/rejected", label: text("Rejected"), group: system },
  { path: "/operations", label: text("Operations"), group: system },
  { path: "/audit", label: text("Audit"), group: system, adminsOnly: true },
];

export function useShownPages(isAdmin: boolean): readonly Page[] {
  const hasMailbox = useHasMailbox();
  return pages.filter(({ adminsOnly, withSinkOnly }) => (isAdmin || !adminsOnly) && (hasMailbox || !withSinkOnly));
}

const isAt = (path: string, { path: page, beneath }: Page) => path === page || (page !== "/" && path.startsWith(`${page}/`)) || (beneath?.includes(path) ?? false);
const here = (path: string, page: Page) => (isAt(path, page) ? { "aria-current": "page" as const } : {});

/** The pages of every day as links, the others behind the names of their groups. */
export function Navigation({ shown }: { shown: readonly Page[] }) {
  const path = usePath();
  const bar = useRef<HTMLElement>(null);
  const waiting = callForAttention(useOpenReviews(useLive().link === "live").data?.items ?? []);
  // On a narrow window the bar scrolls: where one is stays in sight.
  useEffect(() => {
    bar.current?.querySelector(":scope > [aria-current], :scope > [data-here]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [path, shown.length]);
  return (
    <nav ref={bar} aria-label={t("Pages")}>
      {shown.filter(({ group }) => group === undefined).map((page) => <Link key={page.path} href={page.path} {...here(path, page)}>{translate(page.label)}{page.path === "/reviews" && waiting > 0 && <Waiting reviews={waiting} />}</Link>)}
      {[analytics, system].map((group) => <Group key={group} name={group} path={path} shown={shown.filter((page) => page.group === group)} />)}
    </nav>
  );
}

/** A button that shows its pages beneath it, in the top layer: no bar that scrolls cuts them off. */
function Group({ name, path, shown }: { name: string; path: string; shown: readonly Page[] }) {
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  useEffect(() => list.current?.hidePopover(), [path]);
  const place = ({ newState }: ToggleEvent) => {
    if (newState !== "open" || !button.current || !list.current) return;
    const { left, bottom } = button.current.getBoundingClientRect();
    list.current.style.width = `${listWidth}px`;
    list.current.style.left = `${Math.max(8, Math.min(left, window.innerWidth - listWidth - 8))}px`;
    list.current.style.top = `${bottom + 4}px`;
  };
  const current = shown.find((page) => isAt(path, page));
  return (
    <>
      <button ref={button} type="button" popoverTarget={id} aria-expanded={isOpen} {...(current ? { "data-here": "" } : {})}>
        {translate(name)}{current && <span className="nav-here">{translate(current.label)}</span>}
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="m4.5 6.5 3.5 3.5 3.5-3.5" /></svg>
      </button>
      <div ref={list} id={id} popover="auto" className="nav-group" onBeforeToggle={place} onToggle={({ newState }) => setOpen(newState === "open")}>
        {shown.map((page) => <Link key={page.path} href={page.path} {...here(path, page)}>{translate(page.label)}</Link>)}
      </div>
    </>
  );
}

/** In pixels; where the list stands has to be known before it is drawn. */
const listWidth = 220;

const Waiting = ({ reviews }: { reviews: number }) => (
  <span className="nav-count" role="status" title={t("{reviews} waiting for more than a day", { reviews: things(reviews, "review") })}>{reviews}<span className="sr-only">{t(" waiting for more than a day")}</span></span>
);
