/** The nonce that the server gave this page's style elements. */
export function pageNonce(): string {
  const meta = document.querySelector('meta[name="csp-nonce"]');
  return meta?.getAttribute("content") ?? "";
}
