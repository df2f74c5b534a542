import { createElement, useSyncExternalStore, type ComponentPropsWithRef, type MouseEvent } from "react";

// A handful of pages needs no routing library: the address is the state, and this is all that reads or writes it.
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

function subscribe(listener: () => void) {
  if (listeners.size === 0) window.addEventListener("popstate", tell);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("popstate", tell);
  };
}

/** The pages without a part of their own in the address. The server gives the dashboard at these addresses and below /customers. */
export const plainPages = { "/": "overview", "/customers": "customers", "/reviews": "reviews", "/campaigns": "campaigns", "/actions": "actions", "/journeys": "journeys", "/tasks": "tasks", "/mailbox": "mailbox", "/rules": "rules", "/events": "events", "/rejected": "rejected", "/operations": "operations", "/audit": "audit" } as const;
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

export const usePath = () => useSyncExternalStore(subscribe, () => location.pathname);
export const useSearch = () => useSyncExternalStore(subscribe, () => location.search);
export const journeyPath = (customer: string) => `/journeys?customer=${encodeURIComponent(customer)}`;

/** The actions that fit, as their page shows them. */
export function actionsPath(filter: { status?: string | undefined; campaign?: string | undefined; customer?: string | undefined }): string {
  const set = Object.entries(filter).filter((part): part is [string, string] => !!part[1]);
  return set.length === 0 ? "/actions" : `/actions?${new URLSearchParams(set)}`;
}

export const customerPath = (id: string) => `/customers/${encodeURIComponent(id)}`;

export function navigate(to: string, how: "push" | "replace" = "push") {
  const pathBefore = location.pathname;
  history[how === "push" ? "pushState" : "replaceState"](null, "", to);
  if (location.pathname !== pathBefore) window.scrollTo(0, 0);
  tell();
}

const isPlainClick = (click: MouseEvent) => click.button === 0 && !click.metaKey && !click.ctrlKey && !click.shiftKey && !click.altKey;

export function Link({ href, onClick, ...rest }: ComponentPropsWithRef<"a"> & { href: string }) {
  const follow = (click: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(click);
    if (click.defaultPrevented || !isPlainClick(click)) return;
    click.preventDefault();
    navigate(href);
  };
  return createElement("a", { ...rest, href, onClick: follow });
}
