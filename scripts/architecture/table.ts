/** What one workspace package may import. Tests may besides use `testkit`, Vitest and Node. */
export type PackageRule = {
  /** Workspace packages whose values and types it may import, by the name after `@secondlook/`. */
  readonly workspace: readonly string[];
  /** Subpaths, such as `api/contract`, of which it may import types only. */
  readonly typesOf?: readonly string[];
  /** The only packages from the registry it may import; absent where knip's check is enough. */
  readonly external?: readonly string[];
  /** Files that never ship, by their paths' beginnings, and what only they may import besides. */
  readonly mock?: { readonly files: readonly string[]; readonly workspace: readonly string[] };
  /** Where `node:` imports are allowed; `driver` is `src/node/`, handed in by whoever composes. */
  readonly node: "never" | "driver" | "always";
};

/** The dependency directions: `domain ← audit, vault, db ← api ← apps`. See CONTRIBUTING.md. */
export const TABLE: Readonly<Record<string, PackageRule>> = {
  "packages/domain": { workspace: [], external: ["zod"], node: "never" },
  "packages/audit": { workspace: ["domain"], node: "never" },
  "packages/vault": { workspace: ["domain"], node: "driver" },
  "packages/db": { workspace: ["domain", "audit"], node: "driver" },
  "packages/api": { workspace: ["domain", "audit", "vault", "db"], node: "never" },
  "packages/media": { workspace: ["domain"], node: "always" },
  "packages/postgres": { workspace: [], node: "always" },
  "packages/demo": { workspace: ["domain"], node: "always" },
  "packages/mock-api": {
    // `media` and `demo` only in src/node, which makes the data; a browser could load neither.
    workspace: ["domain", "audit", "vault", "db", "api", "media", "demo"],
    node: "driver",
  },
  "packages/testkit": {
    workspace: ["domain", "audit", "vault", "db", "api", "media", "postgres"],
    node: "always",
  },
  "apps/console": {
    workspace: ["domain", "audit"],
    typesOf: ["api/contract"],
    mock: {
      files: ["src/main.mock.tsx", "src/mock/", "test-support/"],
      workspace: ["mock-api"],
    },
    node: "never",
  },
  "apps/server": {
    workspace: ["domain", "audit", "vault", "db", "api", "media", "postgres", "demo"],
    node: "always",
  },
  e2e: { workspace: ["domain", "audit", "demo", "mock-api"], node: "always" },
};
