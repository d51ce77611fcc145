/** Two looks that overlap. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size * 1.35} height={size} viewBox="0 0 27 20" fill="none" aria-hidden="true">
      <circle cx="10" cy="10" r="7.5" stroke="currentColor" strokeWidth="2.2" />
      <circle cx="17" cy="10" r="7.5" stroke="var(--sl-accent)" strokeWidth="2.2" />
    </svg>
  );
}
