import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api } from "../api/client";
import type { WhoAmI } from "../api/schema";
import { keys } from "../api/queries";
import { isSimulated, useNow } from "../clock";
import { date, time } from "../format";
import type { Link as LinkState } from "../live/feed";
import { useLive } from "../live/live";
import { Link, usePath } from "../router";
import { Logo } from "./Logo";

const linkWords: Record<LinkState, { label: string; title: string }> = {
  connecting: { label: "Connecting", title: "Opening the live line." },
  live: { label: "Live", title: "Changes arrive as they happen." },
  catching_up: { label: "Catching up", title: "Reading what was missed from the ledger." },
  polling: { label: "Polling", title: "The live line is down. This page asks the server every few seconds and stays correct." },
};

export function Shell({ session, children }: { session: WhoAmI; children: ReactNode }) {
  return (
    <>
      <a className="skip" href="#main">Skip to content</a>
      <header className="top">
        <Link href="/" className="brand"><Logo />L-Step</Link>
        <Navigation />
        <span className="grow" />
        <ServerClock />
        <LinkBadge />
        <Account session={session} />
      </header>
      <main id="main" tabIndex={-1}>{children}</main>
    </>
  );
}

function Navigation() {
  const path = usePath();
  const current = (here: boolean) => (here ? { "aria-current": "page" as const } : {});
  return (
    <nav aria-label="Pages">
      <Link href="/" {...current(path === "/")}>Overview</Link>
      <Link href="/customers" {...current(path.startsWith("/customers"))}>Customers</Link>
    </nav>
  );
}

function ServerClock() {
  const now = useNow();
  return (
    <span className="server-clock" title={isSimulated() ? "The server lives on a simulated clock." : "The server’s clock."}>
      <span className="date">{date(now)}</span> {time(now)} UTC{isSimulated() && <em>simulated</em>}
    </span>
  );
}

function LinkBadge() {
  const { link } = useLive();
  const { label, title } = linkWords[link];
  return <span className="link-badge" role="status" data-link={link} title={title}><span className="dot" aria-hidden="true" />{label}</span>;
}

function Account({ session }: { session: WhoAmI }) {
  const queries = useQueryClient();
  const signOut = async () => {
    await api.signOut().catch(() => undefined);
    await queries.resetQueries({ queryKey: keys.session });
  };
  return (
    <span className="account">
      <span className="who" title={`Role: ${session.role}`}>{session.name}</span>
      <button type="button" className="quiet sign-out" onClick={() => void signOut()}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M6 2.5H3.5v11H6M7 8h6.5M11 5.2 13.8 8 11 10.8" /></svg>
        <span>Sign out</span>
      </button>
    </span>
  );
}
