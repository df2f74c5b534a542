import { useEffect } from "react";

/** The page's own title, for tabs, bookmarks and screen readers. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · L-Step`;
  }, [title]);
}
