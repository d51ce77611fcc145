/** SQLSTATEs and system codes to which there is a better answer than Postgres's own words. */
const ANSWERS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there; start Postgres, or correct the address",
  ENOENT: "there is no such socket; start Postgres, or correct the address",
  ENOTFOUND: "there is no machine of that name; correct the address",
  EAI_AGAIN: "the machine's name can't be looked up; correct the address",
  ETIMEDOUT: "it doesn't answer; correct the address, or let this machine through to it",
  EHOSTUNREACH: "it can't be reached; correct the address, or let this machine through to it",
  ENETUNREACH: "it can't be reached; correct the address, or let this machine through to it",
  "28P01": "it refuses the password; correct user and password",
  "28000": "it refuses this user; correct the user, or let it in with pg_hba.conf",
  "3D000": "there is no such database; make it with createdb",
  "42501":
    "its user lacks a right; make it the owner of the database and let it create roles (alter role … createrole)",
  "53300": "it has no connection to spare; raise max_connections",
  "57P03": "it is starting or stopping; try again in a moment",
};

/** In words: why the database can't be used and what to do, to follow a colon. */
export function connectionFault(error: unknown): string {
  if (!(error instanceof Error)) return "it did not answer";
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const answer = ANSWERS[code];
  // Which right is missing stands in Postgres's words only.
  if (code === "42501") return `${answer}: ${plain(error.message)}`;
  if (answer !== undefined) return answer;
  if (error.message === "timeout expired") return ANSWERS["ETIMEDOUT"] ?? "";
  return `${plain(error.message)}; correct DATABASE_URL or the server`;
}

function plain(message: string): string {
  return (message.split("\n")[0] ?? "").replace(/\.$/, "");
}
