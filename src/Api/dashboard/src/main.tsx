import "@fontsource-variable/inter/index.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/pages.css";
import "./styles/lists.css";
import "./styles/customers.css";
import "./styles/rules.css";
import "./styles/messages.css";
import "./styles/charts.css";
import "./styles/analytics.css";
import "./styles/predictions.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiError, onSignedOut } from "./api/client";
import { keys } from "./api/queries";
import { watchInput } from "./attention";
import { startLanguage } from "./language";
import { router } from "./routes";

const queries: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 1_000,
      // The server may be on this machine: whether the browser has a network says nothing of it.
      networkMode: "always",
      retry: (failures, error) => failures < 3 && !(error instanceof ApiError && error.status < 500),
    },
    mutations: { networkMode: "always" },
  },
});

// A session that ended shows itself in any answer; asking for the session again brings the sign-in page.
onSignedOut(() => void queries.refetchQueries({ queryKey: keys.session }));

watchInput(window);

void startLanguage().then(() => createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
));
