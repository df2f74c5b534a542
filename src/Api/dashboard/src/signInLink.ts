/** A sign-in link's secret stands in the fragment, which no server sees. */
export function linkOf(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get("link") || null;
}

/** Takes the link out of the address and out of this entry of the history at once. */
export function takeLink(): string | null {
  const link = linkOf(location.hash);
  if (new URLSearchParams(location.hash.slice(1)).has("link")) history.replaceState(null, "", location.pathname + location.search);
  return link;
}

/** A link that is pasted into a tab where the page is open already loads nothing: only the fragment changes. */
export function onPastedLink(use: (link: string) => void): () => void {
  const look = () => {
    const link = takeLink();
    if (link) use(link);
  };
  window.addEventListener("hashchange", look);
  return () => window.removeEventListener("hashchange", look);
}
