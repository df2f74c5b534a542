import "@fontsource-variable/inter/index.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/pages.css";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiError } from "./api/client";
import { keys } from "./api/queries";
import { App } from "./app";

const isSignedOut = (error: unknown) => error instanceof ApiError && error.status === 401;

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // A session that ended shows itself in any answer; asking for the session again brings the sign-in page.
    onError: (error, query) => {
      if (isSignedOut(error) && query.queryKey[0] !== keys.session[0]) void queries.resetQueries({ queryKey: keys.session });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 1_000,
      retry: (failures, error) => failures < 3 && !(error instanceof ApiError && error.status < 500),
    },
  },
});

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
