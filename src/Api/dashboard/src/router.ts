import { useLocation, useMatch, type AnyRouter } from "@tanstack/react-router";
import { createElement, type ComponentPropsWithRef, type MouseEvent } from "react";

// Pages know addresses and this file; routes.tsx says which page is at which, and makes the router.
let router: AnyRouter | null = null;
export const bindRouter = (made: AnyRouter) => void (router = made);

/** The pages without a part of their own in the address. The server gives the dashboard at these addresses and below /customers. */
export const plainPages = { "/": "overview", "/today": "today", "/customers": "customers", "/reviews": "reviews", "/campaigns": "campaigns", "/actions": "actions", "/journeys": "journeys", "/tasks": "tasks", "/mailbox": "mailbox", "/rules": "rules", "/events": "events", "/rejected": "rejected", "/kpis": "kpis", "/cohorts": "cohorts", "/risks": "risks", "/automation": "automation", "/value": "value", "/matrix": "matrix", "/predictions": "predictions", "/recommendations": "recommendations", "/operations": "operations", "/audit": "audit" } as const;
type PlainPage = (typeof plainPages)[keyof typeof plainPages];

export type Route = { page: PlainPage } | { page: "customer"; id: string } | { page: "none" };

export function routeOf(path: string): Route {
  const plain = path === "/index.html" ? "/" : path.length > 1 ? path.replace(/\/$/, "") : path;
  if (Object.hasOwn(plainPages, plain)) return { page: plainPages[plain as keyof typeof plainPages] };
  const match = /^\/customers\/([^/]+)$/.exec(path);
  if (!match) return { page: "none" };
  try {
    return { page: "customer", id: decodeURIComponent(match[1]!) };
  } catch {
    return { page: "none" };
  }
}

/** Where the viewer is going: the frame shows it at once. */
export const usePath = (): string => useLocation({ select: ({ publicHref }) => publicHref.split(/[?#]/, 1)[0]! });
/** The search of the page that asks, as it stands in the address: a page that is being left does not see that of the next one. */
export const useSearch = (): string => useMatch({ strict: false, select: ({ search }) => (search as RawSearch).raw });

/** Pages read their own search: the router carries it as it is. */
export interface RawSearch { raw: string }
export const parseSearch = (search: string): RawSearch => ({ raw: search === "?" ? "" : search });
export const stringifySearch = (search: object): string => (search as Partial<RawSearch>).raw ?? "";

export const journeyPath = (customer: string) => `/journeys?customer=${encodeURIComponent(customer)}`;

/** The actions that fit, as their page shows them. */
export function actionsPath(filter: { status?: string | undefined; campaign?: string | undefined; customer?: string | undefined }): string {
  return narrowed("/actions", filter);
}

/** A list of work that is open, narrowed to what somebody wants to see. */
const narrowed = (path: string, parts: Record<string, string | undefined>) => {
  const set = Object.entries(parts).filter((part): part is [string, string] => !!part[1]);
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`;
};
export const reviewsPath = (filter: { assignee?: string | undefined; to?: string | undefined }) => narrowed("/reviews", filter);
export const tasksPath = ({ status, assignee }: { status?: "open" | "done" | undefined; assignee?: string | undefined }) =>
  narrowed("/tasks", { status: status === "done" ? status : undefined, assignee });

export const customerPath = (id: string) => `/customers/${encodeURIComponent(id)}`;

export function navigate(to: string, how: "push" | "replace" = "push") {
  const resetScroll = new URL(to, location.href).pathname !== location.pathname;
  void router?.navigate({ href: to, replace: how === "replace", resetScroll } as never);
}

/** The page's own code is fetched while a pointer or the focus rests on its link. */
const prepare = (href: string) => void router?.preloadRoute({ to: href.split(/[?#]/, 1)[0]! } as never).catch(() => undefined);

const isPlainClick = (click: MouseEvent) => click.button === 0 && !click.metaKey && !click.ctrlKey && !click.shiftKey && !click.altKey;

export function Link({ href, onClick, onFocus, onPointerEnter, ...rest }: ComponentPropsWithRef<"a"> & { href: string }) {
  const follow = (click: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(click);
    if (click.defaultPrevented || !isPlainClick(click)) return;
    click.preventDefault();
    navigate(href);
  };
  return createElement("a", {
    ...rest, href, onClick: follow,
    onFocus: (event) => { onFocus?.(event); prepare(href); },
    onPointerEnter: (event) => { onPointerEnter?.(event); prepare(href); },
  });
}
