import { router } from "../core/trpc.ts";
import { amend } from "./amend.ts";
import { attributes } from "./attributes.ts";
import { openCandidate } from "./open-candidate.ts";
import { reveal } from "./reveal.ts";
import { revealField } from "./reveal-field.ts";
import { seal } from "./seal.ts";

export const judgingRouter = router({
  openCandidate,
  seal,
  amend,
  attributes,
  revealField,
  reveal,
});
