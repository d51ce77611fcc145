import type { Me } from "../lib/contract.ts";

type Permission = Me["permissions"][number];

/** The screens that exist, and the right that each asks for. */
export const SCREENS = [
  { to: "/review", words: "Review", right: "queue.claim" },
  { to: "/queue", words: "Queue", right: "queue.oversee" },
  { to: "/cases", words: "Cases", right: "case.browse" },
  { to: "/audit", words: "Audit", right: "audit.read" },
  { to: "/insights", words: "Insights", right: "insights.read" },
  { to: "/keys", words: "Ingest keys", right: "keys.manage" },
  { to: "/me", words: "Me", right: "self.read" },
] as const satisfies readonly { to: string; words: string; right: Permission }[];

/** What somebody with these rights sees in the navigation. */
export function screensFor(
  permissions: readonly Permission[],
): readonly (typeof SCREENS)[number][] {
  return SCREENS.filter((screen) => permissions.includes(screen.right));
}

/**
 * Where they start. Opening Review takes a case, so whoever oversees the queue starts there instead;
 * Me is everybody's.
 */
export function homeOf(permissions: readonly Permission[]): string {
  if (permissions.includes("queue.oversee")) return "/queue";
  return screensFor(permissions)[0]?.to ?? "/me";
}
