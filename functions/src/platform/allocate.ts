/** An exact amount: `numerator / denominator` minor units, the denominator being the caller's. */
export interface Share {
  /** What the tie-break goes by, such as the payee's id; distinct among the shares. */
  readonly key: string;
  readonly numerator: bigint;
}

/**
 * The exact quotient rounded to a whole number, halves away from zero, so that the opposite of an
 * amount is rounded to the opposite.
 */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const sign = numerator < 0n ? -1n : 1n;
  return (sign * (2n * sign * numerator + denominator)) / (2n * denominator);
}

/**
 * Turns exact amounts into whole minor units that sum to their rounded sum, each less than one unit
 * from exact (largest remainder; of equal remainders the smaller key goes first). The order of the
 * shares changes nothing, and the opposite amounts give the opposite parts.
 * @returns the parts, in the order of the shares
 */
export function allocate(shares: readonly Share[], denominator: bigint): bigint[] {
  const exactSum = shares.reduce((sum, { numerator }) => sum + numerator, 0n);
  const sign = exactSum === 0n ? signOfFirst(shares) : exactSum;
  if (sign < 0n) return allocate(shares.map(opposite), denominator).map((part) => -part);
  const parts = shares.map(({ key, numerator }, index) => {
    const whole = floorDivide(numerator, denominator);
    return { key, index, whole, remainder: numerator - whole * denominator };
  });
  const whole = parts.reduce((sum, part) => sum + part.whole, 0n);
  const missing = Number(divideRounded(exactSum, denominator) - whole);
  const byRemainder = parts.toSorted((a, b) => {
    if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1;
    return a.key < b.key ? -1 : 1;
  });
  const raised = new Set(byRemainder.slice(0, missing).map(({ index }) => index));
  return parts.map((part) => part.whole + (raised.has(part.index) ? 1n : 0n));
}

/** Which way round shares that sum to nothing are looked at: the same for their opposites. */
function signOfFirst(shares: readonly Share[]): bigint {
  const parts = shares.filter(({ numerator }) => numerator !== 0n);
  return parts.toSorted((a, b) => (a.key < b.key ? -1 : 1)).at(0)?.numerator ?? 0n;
}

function opposite({ key, numerator }: Share): Share {
  return { key, numerator: -numerator };
}

function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}
