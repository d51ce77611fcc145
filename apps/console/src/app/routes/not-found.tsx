import { useTitle } from "../../ui/use-title.ts";
import { NotFound } from "../route-problem.tsx";

export function Component() {
  useTitle("No such page");
  return <NotFound />;
}
