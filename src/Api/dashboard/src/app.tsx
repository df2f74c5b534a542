import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, ApiError } from "./api/client";
import { keys, useSession } from "./api/queries";
import { learnNow } from "./clock";
import { LiveProvider } from "./live/live";
import { CustomerPage } from "./pages/customer";
import { CustomersPage } from "./pages/customers";
import { OverviewPage } from "./pages/overview";
import { SignInPage } from "./pages/signIn";
import { Shell } from "./parts/Shell";
import { Link, routeOf, usePath } from "./router";

/** The one-time link of the address, taken out of it at once: it must not stay in the history. */
function takeLink(): string | null {
  const link = new URLSearchParams(location.hash.slice(1)).get("link");
  if (link) history.replaceState(null, "", location.pathname + location.search);
  return link;
}

const linkAtStart = takeLink();
let exchange: Promise<string | null> | null = null;

/** Once a page load, also when React mounts twice: a link works one time only. */
function exchangeLink(): Promise<string | null> {
  exchange ??= linkAtStart
    ? api.signIn({ link: linkAtStart }).then(() => null, (error: unknown) => (error instanceof Error ? error.message : "This link does not work."))
    : Promise.resolve(null);
  return exchange;
}

export function App() {
  const [refusal, setRefusal] = useState<string | null | undefined>(linkAtStart ? undefined : null);
  useEffect(() => void exchangeLink().then(setRefusal), []);
  return refusal === undefined ? <Opening /> : <SignedIn refusal={refusal} />;
}

function SignedIn({ refusal }: { refusal: string | null }) {
  const session = useSession();
  const queries = useQueryClient();
  const signedOut = session.error instanceof ApiError && (session.error.status === 401 || session.error.status === 403);
  if (signedOut) {
    return <SignInPage refusal={refusal} onSignedIn={(who) => {
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.session[0] });
      learnNow(who.now, who.simulated);
      queries.setQueryData(keys.session, who);
    }} />;
  }
  if (session.data) return <LiveProvider><Shell session={session.data}><CurrentPage /></Shell></LiveProvider>;
  if (session.isError) return <Unreachable again={() => void session.refetch()} />;
  return <Opening />;
}

function CurrentPage() {
  const route = routeOf(usePath());
  switch (route.page) {
    case "overview": return <OverviewPage />;
    case "customers": return <CustomersPage />;
    case "customer": return <CustomerPage key={route.id} id={route.id} />;
    case "none": return <div className="notice"><h1>There is nothing at this address</h1><p><Link href="/">Back to the overview</Link></p></div>;
  }
}

const Opening = () => <div className="opening" role="status"><span className="sr-only">Opening …</span></div>;

function Unreachable({ again }: { again: () => void }) {
  useEffect(() => {
    const timer = setInterval(again, 3_000);
    return () => clearInterval(timer);
  }, [again]);
  return <div className="notice" role="alert"><h1>The server does not answer</h1><p>Trying again every few seconds.</p></div>;
}
