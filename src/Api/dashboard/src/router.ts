import { createElement, useSyncExternalStore, type ComponentPropsWithRef, type MouseEvent } from "react";

// Three pages need no routing library: the address is the state, and this is all that reads or writes it.
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

export type Route = { page: "overview" } | { page: "customers" } | { page: "customer"; id: string } | { page: "none" };

export function routeOf(path: string): Route {
  if (path === "/" || path === "/index.html") return { page: "overview" };
  if (path === "/customers" || path === "/customers/") return { page: "customers" };
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
