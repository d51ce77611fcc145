/**
 * Handle times as a histogram whose buckets grow by an eighth: bucket 0 is under a second, bucket k from
 * 1.125^(k−1) up to 1.125^k seconds, the last all that is longer than 1,670 s (leases end at 30 minutes
 * by default). Adding two is adding their buckets, so days, people and regions merge exactly. A
 * percentile read from it is off by at most √1.125 − 1 = 6.1 % between 1 s and 1,670 s.
 */
export const BUCKETS = 65;
const GROWTH = 1.125;
export const LARGEST_ERROR = Math.sqrt(GROWTH) - 1;

/** The bucket of a time in milliseconds. */
export function bucketOf(milliseconds: number): number {
  if (milliseconds < 1_000) return 0;
  const bucket = 1 + Math.floor(Math.log(milliseconds / 1_000) / Math.log(GROWTH));
  return Math.min(BUCKETS - 1, bucket);
}

/** The seconds that stand for a bucket: its geometric middle, half a second for the first. */
export function secondsOf(bucket: number): number {
  return bucket === 0 ? 0.5 : GROWTH ** (bucket - 0.5);
}

/** The seconds of a mean bucket: the geometric mean of what was counted, within the same error. */
export function typicalSeconds(bucketSum: number, count: number): number | null {
  return count === 0 ? null : GROWTH ** (bucketSum / count - 0.5);
}

/** The sum of histograms. */
export function merge(histograms: readonly (readonly number[])[]): readonly number[] {
  return Array.from({ length: BUCKETS }, (_, at) =>
    histograms.reduce((total, histogram) => total + (histogram[at] ?? 0), 0),
  );
}

/** The percentile by nearest rank, in seconds; null where nothing was counted. `percent` is above 0. */
export function percentileOf(histogram: readonly number[], percent: number): number | null {
  const total = histogram.reduce((sum, each) => sum + each, 0);
  if (total === 0) return null;
  let left = Math.max(1, Math.ceil((percent / 100) * total));
  for (const [bucket, count] of histogram.entries()) {
    left -= count;
    if (left <= 0) return secondsOf(bucket);
  }
  return null;
}
