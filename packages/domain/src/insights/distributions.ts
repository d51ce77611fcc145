/** ln Γ(x) for x > 0 by Lanczos' approximation (g = 7, 9 terms), good to 15 digits. */
function logGamma(x: number): number {
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const y = x - 1;
  let series = 0.99999999999980993;
  for (const [at, term] of terms.entries()) series += term / (y + at + 1);
  const t = y + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(series);
}

/**
 * The regularised incomplete beta function I_x(a, b), by Lentz' continued fraction (Numerical Recipes,
 * 3rd edition, 6.4).
 */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x),
  );
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-14) break;
  }
  return (front * fraction) / a;
}

/** The two-sided p-value of Student's t with so many degrees of freedom. */
export function studentTwoSided(t: number, degrees: number): number {
  if (!Number.isFinite(t)) return 0;
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** What Student's t exceeds to either side with probability 5 %, found by bisection. */
export function studentQuantile95(degrees: number): number {
  let low = 0;
  let high = 1e3;
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, degrees) > 0.05) low = middle;
    else high = middle;
  }
  return high;
}

/** The upper p-value of chi-squared with one degree of freedom: 2 · (1 − Φ(√x)). */
export function chiSquaredUpper(x: number): number {
  return x <= 0 ? 1 : upperGammaHalf(x / 2);
}

/** The regularised upper incomplete gamma function Q(½, x) = erfc(√x), by series or continued fraction. */
function upperGammaHalf(x: number): number {
  const a = 0.5;
  const front = Math.exp(-x + a * Math.log(x) - logGamma(a));
  if (x < 1.5) {
    let term = 1 / a;
    let series = term;
    for (let n = 1; n < 500 && Math.abs(term) > series * 1e-16; n += 1) {
      term *= x / (a + n);
      series += term;
    }
    return 1 - front * series;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 500; n += 1) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-15) break;
  }
  return front * fraction;
}
