/** Where to go after signing in: a path of this console, or the start. Never another site. */
export function safePath(wanted: string | null): string {
  if (wanted === null) return "/";
  return /^\/(?![/\\])[^\\]*$/.test(wanted) && !/^\/(sign-in|link)\b/.test(wanted) ? wanted : "/";
}
