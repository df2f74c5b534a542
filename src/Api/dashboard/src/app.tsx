import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, ApiError, NoAnswer } from "./api/client";
import type { WhoAmI } from "./api/schema";
import { keys, useSession } from "./api/queries";
import { learnNow } from "./clock";
import { rich, t, useLanguage } from "./language";
import { LiveProvider } from "./live/live";
import { forgetNames } from "./names";
import { SignInPage } from "./pages/signIn";
import { Shell } from "./parts/Shell";
import { onPastedLink, takeLink } from "./signInLink";
import { useTitle } from "./title";

const linkAtStart = takeLink();
let exchangedAtStart: Promise<WhoAmI> | null = null;
/** Once a page load, also when React mounts twice: a link works one time only. */
const exchangeAtStart = (link: string) => (exchangedAtStart ??= api.signIn({ link }));

const refusalOf = (error: unknown) =>
  error instanceof NoAnswer ? t("The server did not answer, so the link may still be good: paste it again.")
    : error instanceof Error ? error.message : t("This link does not work.");

export function App() {
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [opening, setOpening] = useState(linkAtStart !== null);
  const exchange = useCallback(async (signingIn: Promise<WhoAmI>) => {
    try {
      adopt(queries, await signingIn);
      setRefusal(null);
    } catch (error) {
      setRefusal(refusalOf(error));
    }
    setOpening(false);
  }, [queries]);
  useEffect(() => {
    if (linkAtStart) void exchange(exchangeAtStart(linkAtStart));
    return onPastedLink((link) => void exchange(api.signIn({ link })));
  }, [exchange]);
  return opening ? <Opening /> : <SignedIn refusal={refusal} forget={() => setRefusal(null)} />;
}

/** Nothing that one person saw is shown to the next. */
function adopt(queries: QueryClient, who: WhoAmI) {
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.session[0] });
  forgetNames();
  learnNow(who.now, who.simulated);
  queries.setQueryData(keys.session, who);
}

const ended = () => t("Your session has ended: it was too old, unused for too long, or its key was revoked. Sign in again to go on.");

function SignedIn({ refusal, forget }: { refusal: string | null; forget: () => void }) {
  const session = useSession();
  const queries = useQueryClient();
  const language = useLanguage();
  const wasSignedIn = useRef(false);
  const signedOut = session.error instanceof ApiError && (session.error.status === 401 || session.error.status === 403);
  if (session.data && !signedOut) wasSignedIn.current = true;
  if (signedOut) {
    const why = refusal ?? (wasSignedIn.current ? ended() : null);
    return <SignInPage key={why} refusal={why} onSignedIn={(who) => {
      forget();
      adopt(queries, who);
    }} />;
  }
  if (session.data) {
    const leave = () => (wasSignedIn.current = false);
    return (
      <LiveProvider key={session.data.csrf}>
        <Shell session={session.data} notice={refusal} dismiss={forget} leave={leave}><Outlet key={language} /></Shell>
      </LiveProvider>
    );
  }
  if (session.isError) return <Unreachable again={() => void session.refetch()} />;
  return <Opening />;
}

const Opening = () => <main className="opening" role="status"><span className="sr-only">{t("Opening …")}</span></main>;

function Unreachable({ again }: { again: () => void }) {
  useTitle(t("No answer"));
  const latest = useRef(again);
  latest.current = again;
  useEffect(() => {
    const timer = setInterval(() => latest.current(), 3_000);
    return () => clearInterval(timer);
  }, []);
  return <main className="notice" role="alert"><h1>{t("The server does not answer")}</h1><p>{rich("This page tries again every few seconds. On the server, {command} starts it.", { command: <code>./lstep run</code> })}</p></main>;
}
