/**
 * The server's time as well as the browser can tell it, from the `Date` header of its answers, so
 * that a wrong clock on the desk shows no wrong lease. Good to about a second.
 */
let offsetMs = 0;

/** Takes the time from an answer. */
export function noteServerTime(headers: Headers, receivedAt: number): void {
  const sent = Date.parse(headers.get("date") ?? "");
  // The header has whole seconds; half a second is its mean error.
  if (!Number.isNaN(sent)) offsetMs = sent + 500 - receivedAt;
}

/** Now by the server's clock, in epoch milliseconds. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}
