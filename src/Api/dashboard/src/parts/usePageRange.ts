import { businessDay, rangeOf, withParts, withRange, type Range } from "../analytics/range";
import { useSession } from "../api/queries";
import { serverNow } from "../clock";
import { navigate, usePath, useSearch } from "../router";

/** The range in the page's address, and how to change it and what else the address says. */
export function usePageRange() {
  const path = usePath();
  const search = useSearch();
  const zone = useSession().data?.businessZone;
  const set = (parts: Record<string, string | null>) => navigate(withParts(path, search, parts), "replace");
  return {
    range: rangeOf(search), today: businessDay(serverNow(), zone), ask: (name: string) => new URLSearchParams(search).get(name), set,
    changeRange: (to: Range | null) => navigate(withRange(path, search, to), "replace"),
    /** An address of the same page, for links. */
    withPart: (parts: Record<string, string | null>) => withParts(path, search, parts),
  };
}
