/** A bucket of requests for each source: it fills at a rate, up to a burst. */
export interface RateLimit {
  /** Takes one. Answers 0, or after how many whole seconds there is one again. */
  take(source: string): number;
}

/** Every source's bucket is full at first. A clock that is set back fills nothing. */
export function createRateLimit(
  limits: { readonly perSecond: number; readonly burst: number },
  clock: () => Date,
): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(source) {
      const now = clock().getTime();
      const bucket = buckets.get(source) ?? { left: limits.burst, at: now };
      const since = Math.max(0, now - bucket.at) / 1000;
      const left = Math.min(limits.burst, bucket.left + since * limits.perSecond);
      const taken = left >= 1;
      buckets.set(source, { left: taken ? left - 1 : left, at: now });
      return taken ? 0 : Math.ceil((1 - left) / limits.perSecond);
    },
  };
}
