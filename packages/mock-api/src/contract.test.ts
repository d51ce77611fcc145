import { contract } from "../test-support/contract-suite.ts";
import { openPgliteTarget } from "../test-support/pglite-target.ts";

contract("pglite", openPgliteTarget);
