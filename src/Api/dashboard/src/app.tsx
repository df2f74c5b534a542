import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, ApiError, NoAnswer } from "./api/client";
import type { WhoAmI } from "./api/schema";
import { keys, useSession } from "./api/queries";
import { learnNow } from "./clock";
import { rich, t, useLanguage } from "./language";
import { LiveProvider } from "./live/live";
import { forgetNames } from "./names";
import { ActionsPage } from "./pages/actions";
import { AuditPage } from "./pages/audit";
import { CampaignsPage } from "./pages/campaigns";
import { CustomerPage } from "./pages/customer";
import { CustomersPage } from "./pages/customers";
import { EventsPage } from "./pages/events";
import { JourneysPage } from "./pages/journeys";
import { MailboxPage } from "./pages/mailbox";
import { OperationsPage } from "./pages/operations";
import { OverviewPage } from "./pages/overview";
import { RejectedPage } from "./pages/rejected";
import { ReviewsPage } from "./pages/reviews";
import { RulesPage } from "./pages/rules";
import { SignInPage } from "./pages/signIn";
import { TasksPage } from "./pages/tasks";
import { Shell } from "./parts/Shell";
import { Link, routeOf, usePath } from "./router";
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
        <Shell session={session.data} notice={refusal} dismiss={forget} leave={leave}><CurrentPage key={language} session={session.data} /></Shell>
      </LiveProvider>
    );
  }
  if (session.isError) return <Unreachable again={() => void session.refetch()} />;
  return <Opening />;
}

function CurrentPage({ session }: { session: WhoAmI }) {
  const route = routeOf(usePath());
  switch (route.page) {
    case "overview": return <OverviewPage isAdmin={session.role === "admin"} />;
    case "customers": return <CustomersPage />;
    case "customer": return <CustomerPage key={route.id} id={route.id} />;
    case "reviews": return <ReviewsPage />;
    case "campaigns": return <CampaignsPage role={session.role} />;
    case "actions": return <ActionsPage />;
    case "journeys": return <JourneysPage />;
    case "tasks": return <TasksPage session={session} />;
    case "mailbox": return <MailboxPage />;
    case "rules": return <RulesPage role={session.role} />;
    case "events": return <EventsPage isAdmin={session.role === "admin"} />;
    case "rejected": return <RejectedPage />;
    case "operations": return <OperationsPage isAdmin={session.role === "admin"} />;
    case "audit": return <AuditPage isAdmin={session.role === "admin"} />;
    case "none": return <NoPage />;
  }
}

function NoPage() {
  useTitle(t("Nothing here"));
  return <div className="notice"><h1>{t("There is nothing at this address")}</h1><p><Link href="/">{t("Back to the overview")}</Link></p></div>;
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
