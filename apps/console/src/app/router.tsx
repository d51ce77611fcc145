import { createBrowserRouter, redirect } from "react-router";
import { FILLS_WINDOW } from "./fills-window.ts";
import { homeOf } from "./navigation.ts";
import { RouteProblem } from "./route-problem.tsx";
import { Shell } from "./shell.tsx";
import { Starting } from "./starting.tsx";
import { loadShell, whoIsThere } from "./who.ts";

/** Every address of the console. Screens load when they are first opened. */
export const router = createBrowserRouter([
  {
    path: "/sign-in",
    lazy: () => import("./routes/sign-in.tsx"),
    ErrorBoundary: RouteProblem,
    HydrateFallback: Starting,
  },
  {
    path: "/link",
    lazy: () => import("./routes/link.tsx"),
    ErrorBoundary: RouteProblem,
    HydrateFallback: Starting,
  },
  {
    id: "shell",
    path: "/",
    Component: Shell,
    loader: loadShell,
    ErrorBoundary: RouteProblem,
    HydrateFallback: Starting,
    shouldRevalidate: () => false,
    children: [
      {
        ErrorBoundary: RouteProblem,
        children: [
          {
            index: true,
            loader: async () => {
              const { account, permissions } = await whoIsThere();
              return redirect(account === null ? "/sign-in" : homeOf(permissions));
            },
          },
          { path: "review", handle: FILLS_WINDOW, lazy: () => import("./routes/review.tsx") },
          { path: "queue", lazy: () => import("./routes/queue.tsx") },
          { path: "cases", lazy: () => import("./routes/cases.tsx") },
          { path: "cases/:caseId", lazy: () => import("./routes/case.tsx") },
          { path: "audit", lazy: () => import("./routes/audit.tsx") },
          { path: "insights", lazy: () => import("./routes/insights.tsx") },
          { path: "me", lazy: () => import("./routes/me.tsx") },
          { path: "keys", lazy: () => import("./routes/ingest-keys.tsx") },
          { path: "*", lazy: () => import("./routes/not-found.tsx") },
        ],
      },
    ],
  },
]);
