/** pnpm runs scripts at the checkout's root; paths are meant from where the person stands. */
export function standingIn(environment: Readonly<Record<string, string | undefined>>): string {
  return environment["INIT_CWD"] ?? process.cwd();
}
