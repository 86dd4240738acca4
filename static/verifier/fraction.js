// Exact fractions of whole numbers of any size.

const divisor = (one, other) => {
  let [a, b] = [one < 0n ? -one : one, other];
  while (b) [a, b] = [b, a % b];
  return a;
};

export const multiple = (one, other) => (one / divisor(one, other)) * other;

export const fraction = (above, below = 1n) => {
  const [n, d] = [BigInt(above), BigInt(below)];
  const common = divisor(n, d) || 1n;
  return { n: n / common, d: d / common };
};

export const plus = (one, other) => fraction(one.n * other.d + other.n * one.d, one.d * other.d);
export const times = (one, many) => fraction(one.n * BigInt(many), one.d);
export const over = (one, many) => fraction(one.n, one.d * BigInt(many));

export const compare = (one, other) => {
  const difference = one.n * other.d - other.n * one.d;
  return difference < 0n ? -1 : Number(difference > 0n);
};

export const written = ({ n, d }) => (d === 1n ? String(n) : `${n}/${d}`);
export const read = (text) => fraction(...text.split("/"));
