import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router/dom";
import { pageNonce } from "../lib/nonce.ts";
import { queryClient } from "../lib/trpc.ts";
import { LiveRegion } from "../ui/live-region.tsx";
import { colorScheme, ourVariables, theme } from "../ui/theme.ts";
import { router } from "./router.tsx";

/** The whole console. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={ourVariables}
      defaultColorScheme="dark"
      colorSchemeManager={colorScheme}
      getStyleNonce={pageNonce}
    >
      <QueryClientProvider client={queryClient}>
        {/* Not as a transition: on a slow page a choice would jump back until the page has caught up. */}
        <RouterProvider router={router} useTransitions={false} />
        <LiveRegion />
      </QueryClientProvider>
    </MantineProvider>
  );
}
