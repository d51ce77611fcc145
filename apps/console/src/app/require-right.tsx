import type { ReactNode } from "react";
import type { Me } from "../lib/contract.ts";
import { Forbidden } from "./route-problem.tsx";
import { useSignedIn } from "./who.ts";

/** Shows a screen to those who may open it. The server refuses others anyway. */
export function RequireRight(props: {
  readonly right: Me["permissions"][number];
  readonly children: ReactNode;
}) {
  const { account, permissions } = useSignedIn();
  if (permissions.includes(props.right)) return props.children;
  return <Forbidden reason={`Your role (${account.role}) does not include this page.`} />;
}
