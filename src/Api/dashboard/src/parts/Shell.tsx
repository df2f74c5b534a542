import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { api } from "../api/client";
import type { WhoAmI } from "../api/schema";
import { keys } from "../api/queries";
import { isSimulated, useNow } from "../clock";
import { date, exact, time, zone } from "../format";
import { rich, t, translated } from "../language";
import type { Link as LinkState } from "../live/feed";
import { useLive } from "../live/live";
import { useUnreachableSince, watchReach } from "../reach";
import { Link } from "../router";
import { Logo } from "./Logo";
import { Navigation, useShownPages } from "./Navigation";
import { Palette } from "./Palette";
import { Settings } from "./Settings";

const linkWords: Record<LinkState, { label: string; title: string }> = translated({
  connecting: { label: "Connecting", title: "Opening the live line." },
  live: { label: "Live", title: "Changes arrive as they happen." },
  catching_up: { label: "Catching up", title: "Reading what was missed from the ledger." },
  polling: { label: "Polling", title: "The live line is down. This page asks the server every few seconds and stays correct." },
});

interface ShellProps { session: WhoAmI; notice: string | null; dismiss: () => void; leave: () => void; children: ReactNode }

export function Shell({ session, notice, dismiss, leave, children }: ShellProps) {
  const shown = useShownPages(session.role === "admin");
  const leaving = useSignOut(leave);
  const signOut = () => void leaving();
  const [said, setSaid] = useState("");
  return (
    <>
      <a className="skip" href="#main">{t("Skip to content")}</a>
      <header className="top">
        <Link href="/" className="brand"><Logo />L-Step</Link>
        <Navigation shown={shown} />
        <span className="grow" />
        <ServerClock businessZone={session.businessZone} />
        <LinkBadge />
        <Palette session={session} pages={shown} signOut={signOut} said={setSaid} />
        <Settings />
        <Account session={session} signOut={signOut} />
      </header>
      <Reachability />
      {notice && (
        <div className="banner" role="alert">
          <p>{notice} {rich("You are still signed in as {name}; {command} prints a new link.", { name: <bdi>{session.name}</bdi>, command: <code>./lstep keys link</code> })}</p>
          <button type="button" className="quiet" onClick={dismiss}>{t("Dismiss")}</button>
        </div>
      )}
      <div role="status">{said !== "" && <div className="banner" data-kind="done"><p>{said}</p><button type="button" className="quiet" onClick={() => setSaid("")}>{t("Dismiss")}</button></div>}</div>
      <main id="main" tabIndex={-1}>{children}</main>
    </>
  );
}

/** Says when the figures are old, and goes by itself when the server is back; what was read stays on the page. */
function Reachability() {
  const queries = useQueryClient();
  const since = useUnreachableSince();
  useEffect(() => watchReach(() => api.latestTransitions(1)), []);
  useEffect(() => {
    if (since === null) return;
    return () => void queries.invalidateQueries();
  }, [since, queries]);
  return (
    <div role="status" aria-live="polite">
      {since !== null && <div className="banner" data-kind="unreachable"><p><b>{rich("Server unreachable since {time}, showing old figures.", { time: <time dateTime={new Date(since).toISOString()} title={exact(since)}>{time(since)}</time> })}</b> {t("This page tries again by itself.")}</p></div>}
    </div>
  );
}

function ServerClock({ businessZone }: { businessZone: string }) {
  const now = useNow();
  return (
    <span className="server-clock" title={t("{clock}, shown in your zone ({zone}): {exact}. Business days are those of {businessZone}.", { businessZone, clock: isSimulated() ? t("The server lives on a simulated clock") : t("The server’s clock"), zone: zone(), exact: exact(now) })}>
      <span className="date">{date(now)}</span> {time(now)}{isSimulated() && <em>{t("simulated")}</em>}
    </span>
  );
}

function LinkBadge() {
  const { link } = useLive();
  const { label, title } = linkWords[link];
  return <span className="link-badge" role="status" data-link={link} title={title}><span className="dot" aria-hidden="true" />{label}</span>;
}

function useSignOut(leave: () => void) {
  const queries = useQueryClient();
  return async () => {
    leave();
    await api.signOut().catch(() => undefined);
    await queries.resetQueries({ queryKey: keys.session });
  };
}

function Account({ session, signOut }: { session: WhoAmI; signOut: () => void }) {
  return (
    <span className="account">
      <bdi className="who" title={t("{name}, role {role}", { name: session.name, role: session.role })}>{session.name}</bdi>
      <button type="button" className="quiet sign-out" title={t("Sign out")} onClick={signOut}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M6 2.5H3.5v11H6M7 8h6.5M11 5.2 13.8 8 11 10.8" /></svg>
        <span>{t("Sign out")}</span>
      </button>
    </span>
  );
}
