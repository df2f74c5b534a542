import { createRootRoute, createRoute, createRouter, lazyRouteComponent, useParams, useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import type { FunctionComponent } from "react";
import type { WhoAmI } from "./api/schema";
import { useSession } from "./api/queries";
import { App } from "./app";
import { t } from "./language";
import { Trouble } from "./parts/States";
import { Link, parseSearch, plainPages, stringifySearch, bindRouter } from "./router";
import { useTitle } from "./title";

const isAdmin = ({ role }: WhoAmI) => ({ isAdmin: role === "admin" });
const role = ({ role }: WhoAmI) => ({ role });
const nothing = () => ({});

/** A page in a file of its own, fetched when somebody goes there. */
function page<Props extends object>(load: () => Promise<FunctionComponent<Props>>, props: (session: WhoAmI) => Props) {
  const Lazy = lazyRouteComponent(async () => ({ default: await load() }));
  const Page = () => {
    const { data: session } = useSession();
    return session ? <Lazy {...props(session)} /> : null;
  };
  return Object.assign(Page, { preload: () => Lazy.preload?.() });
}

/** One line a page: an address without its page does not compile. */
const pages: Record<(typeof plainPages)[keyof typeof plainPages], FunctionComponent> = {
  overview: page(async () => (await import("./pages/overview")).OverviewPage, isAdmin),
  today: page(async () => (await import("./pages/today")).TodayPage, nothing),
  customers: page(async () => (await import("./pages/customers")).CustomersPage, nothing),
  reviews: page(async () => (await import("./pages/reviews")).ReviewsPage, (session) => ({ session })),
  campaigns: page(async () => (await import("./pages/campaigns")).CampaignsPage, role),
  actions: page(async () => (await import("./pages/actions")).ActionsPage, nothing),
  journeys: page(async () => (await import("./pages/journeys")).JourneysPage, nothing),
  tasks: page(async () => (await import("./pages/tasks")).TasksPage, (session) => ({ session })),
  mailbox: page(async () => (await import("./pages/mailbox")).MailboxPage, nothing),
  rules: page(async () => (await import("./pages/rules")).RulesPage, role),
  events: page(async () => (await import("./pages/events")).EventsPage, isAdmin),
  kpis: page(async () => (await import("./pages/kpis")).KpisPage, isAdmin),
  cohorts: page(async () => (await import("./pages/cohorts")).CohortsPage, nothing),
  risks: page(async () => (await import("./pages/risks")).RisksPage, nothing),
  automation: page(async () => (await import("./pages/automation")).AutomationPage, nothing),
  matrix: page(async () => (await import("./pages/matrix")).MatrixPage, nothing),
  predictions: page(async () => (await import("./pages/predictions")).PredictionsPage, isAdmin),
  recommendations: page(async () => (await import("./pages/recommendations")).RecommendationsPage, role),
  value: page(async () => (await import("./pages/value")).ValuePage, isAdmin),
  rejected: page(async () => (await import("./pages/rejected")).RejectedPage, nothing),
  operations: page(async () => (await import("./pages/operations")).OperationsPage, isAdmin),
  audit: page(async () => (await import("./pages/audit")).AuditPage, isAdmin),
};

const CustomerPage = lazyRouteComponent(() => import("./pages/customer"), "CustomerPage");
const OneCustomer = Object.assign(function OneCustomer() {
  const { id } = useParams({ strict: false }) as { id: string };
  return <CustomerPage key={id} id={id} />;
}, { preload: () => CustomerPage.preload?.() });

function NoPage() {
  useTitle(t("Nothing here"));
  return <div className="notice"><h1>{t("There is nothing at this address")}</h1><p><Link href="/">{t("Back to the overview")}</Link></p></div>;
}

/** The page's own code could not be fetched, or it broke: the frame stays. */
function Broken({ error }: ErrorComponentProps) {
  const router = useRouter();
  return <Trouble error={error instanceof Error ? error : new Error(String(error))} again={() => void router.invalidate()} />;
}

const root = createRootRoute({ component: App, notFoundComponent: NoPage });
const routes = [
  ...Object.entries(plainPages).map(([path, name]) => createRoute({ getParentRoute: () => root, path, component: pages[name] })),
  createRoute({ getParentRoute: () => root, path: "/index.html", component: pages.overview }),
  createRoute({ getParentRoute: () => root, path: "/customers/$id", component: OneCustomer }),
];

export const router = createRouter({
  routeTree: root.addChildren(routes), parseSearch, stringifySearch, scrollRestoration: true,
  defaultErrorComponent: Broken, defaultNotFoundComponent: NoPage, defaultPendingMs: Infinity,
});
bindRouter(router);
