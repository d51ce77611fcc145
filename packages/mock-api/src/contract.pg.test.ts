import { contract } from "../test-support/contract-suite.ts";
import { openPostgresTarget } from "../test-support/postgres-target.ts";

contract("postgres", openPostgresTarget);
