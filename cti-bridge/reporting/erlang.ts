/**
 * What theory says of one queue that one group of agents serves in the order of arrival, when customers come at random (Poisson) and
 * handling varies exponentially. `erlangC`: everybody waits as long as it takes. `erlangA`: each customer has a patience of their own,
 * exponential too, and leaves when it is used up. Real days differ (skills, breaks, rings): that is what the simulator is for, and these
 * formulas are what it is checked against.
 *
 * a = arrivals x mean handling is the load in erlangs, n the agents, mu = 1 / handling, lambda the arrivals, theta = 1 / patience.
 */
export interface QueueLoad {
  readonly arrivalsPerHour: number;
  /** Talk and wrap-up together. */
  readonly meanHandlingMs: number;
  readonly agents: number;
}

export interface ErlangFigures {
  /** Share of the customers who are not answered at once, 0 to 1. */
  readonly probabilityOfWait: number;
  /** Answered within the threshold, as a share of all who came (also of those who left), 0 to 1. */
  readonly answeredInTime: number;
  /** By the formula of `service-level.ts`: who leaves before the threshold counts neither way. 0 to 1. */
  readonly serviceLevel: number;
  /** Mean wait of those who are answered; infinite when the queue grows without end. */
  readonly averageAnswerMs: number;
  /** Share of the customers who leave while they wait, 0 to 1. */
  readonly abandonment: number;
  /** Share of the agents' time spent handling, 0 to 1. */
  readonly occupancy: number;
}

const hourMs = 3_600_000;

/**
 * A. K. Erlang (1917): the queue M/M/n.
 *
 *   P(wait) = B / (1 - rho (1 - B)),   rho = a / n,   B = Erlang's loss formula of n and a
 *   service level = 1 - P(wait) e^(-(n mu - lambda) T)
 *   average answer = P(wait) / (n mu - lambda)
 *
 * With rho >= 1 the queue has no steady state: nobody is answered in time, the wait is infinite.
 */
export function erlangC(load: QueueLoad, thresholdMs: number): ErlangFigures {
  const { lambda, mu, agents, erlangs } = ratesOf(load);
  if (lambda === 0) return untroubled;
  if (erlangs >= agents) return endless;
  const loss = Math.exp(logErlangB(agents, erlangs));
  const occupancy = erlangs / agents;
  const probabilityOfWait = loss / (1 - occupancy * (1 - loss));
  const spare = agents * mu - lambda;
  const answeredInTime = 1 - probabilityOfWait * Math.exp(-spare * thresholdMs);
  return {
    probabilityOfWait,
    answeredInTime,
    serviceLevel: answeredInTime,
    averageAnswerMs: probabilityOfWait / spare,
    abandonment: 0,
    occupancy,
  };
}

/**
 * C. Palm (1946): the queue M/M/n+M, written as by S. Zeltyn and A. Mandelbaum, "Call centers with impatient customers: many-server
 * asymptotics of the M/M/n+G queue", Queueing Systems 51 (2005), section 2. The wait a customer of endless patience would have, V, has
 * for x > 0 a density proportional to
 *
 *   e^phi(x),   phi(x) = lambda (1 - e^(-theta x)) / theta - n mu x
 *
 * so that, with J its integral and B Erlang's loss formula of n - 1 agents,
 *
 *   P(wait) = lambda J / (1 / B + lambda J)
 *   P(answered within T | wait) = integral to T of e^(-theta x) e^phi / J      (still there when their turn comes)
 *   P(left | wait) = integral of (1 - e^(-theta x)) e^phi / J
 *
 * phi is concave, so the density has one hump. It is integrated around that hump relative to its height: with 2,000 agents the height is
 * far outside a double's range, the ratios are not.
 */
export function erlangA(load: QueueLoad & { readonly meanPatienceMs: number }, thresholdMs: number): ErlangFigures {
  const { lambda, mu, agents, erlangs } = ratesOf(load);
  const theta = 1 / load.meanPatienceMs;
  if (lambda === 0) return untroubled;
  if (!Number.isFinite(load.meanPatienceMs)) return erlangC(load, thresholdMs);
  const hump: Hump = {
    phi: (x) => (-lambda * Math.expm1(-theta * x)) / theta - agents * mu * x,
    top: Math.max(0, Math.log(lambda / (agents * mu)) / theta),
    // Beyond this e^phi only falls faster than e^(-n mu x / 2).
    scale: 1 / (agents * mu) + 1 / theta,
  };
  const stays = (x: number) => Math.exp(-theta * x);
  const all = integrate(hump, () => 1, Number.POSITIVE_INFINITY);
  const shareOf = (weight: (x: number) => number, until = Number.POSITIVE_INFINITY) => integrate(hump, weight, until) / all;

  const logRatio = Math.log(lambda * all) + hump.phi(hump.top) + logErlangB(agents - 1, erlangs);
  const probabilityOfWait = 1 / (1 + Math.exp(-logRatio));
  const abandonment = probabilityOfWait * shareOf((x) => -Math.expm1(-theta * x));
  const answered = 1 - abandonment;
  const answeredInTime = 1 - probabilityOfWait + probabilityOfWait * shareOf(stays, thresholdMs);
  const stillThere = probabilityOfWait * stays(thresholdMs) * (1 - shareOf(() => 1, thresholdMs));
  return {
    probabilityOfWait,
    answeredInTime,
    serviceLevel: answeredInTime / (answeredInTime + stillThere),
    averageAnswerMs: (probabilityOfWait * shareOf((x) => x * stays(x))) / answered,
    abandonment,
    occupancy: (erlangs * answered) / agents,
  };
}

/**
 * The logarithm of Erlang's loss formula: the share of customers lost by `agents` who have no queue. By the recursion
 * 1/B(k) = 1 + k / (a B(k - 1)) on logarithms, which neither overflows nor subtracts (D. L. Jagerman, "Some properties of the Erlang
 * loss function", Bell System Technical Journal 53 (1974)).
 */
export function logErlangB(agents: number, erlangs: number): number {
  let log = 0;
  for (let k = 1; k <= agents; k++) log = -softplus(Math.log(k / erlangs) - log);
  return log;
}

/** log(1 + e^x) */
function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

const untroubled: ErlangFigures = {
  probabilityOfWait: 0,
  answeredInTime: 1,
  serviceLevel: 1,
  averageAnswerMs: 0,
  abandonment: 0,
  occupancy: 0,
};
const endless: ErlangFigures = {
  probabilityOfWait: 1,
  answeredInTime: 0,
  serviceLevel: 0,
  averageAnswerMs: Number.POSITIVE_INFINITY,
  abandonment: 0,
  occupancy: 1,
};

/** Rates per ms. */
function ratesOf({ arrivalsPerHour, meanHandlingMs, agents }: QueueLoad) {
  const lambda = arrivalsPerHour / hourMs;
  return { lambda, mu: 1 / meanHandlingMs, agents, erlangs: lambda * meanHandlingMs };
}

/** A concave exponent and where it is highest, for x >= 0. */
interface Hump {
  readonly phi: (x: number) => number;
  readonly top: number;
  /** A first guess at how wide it is. */
  readonly scale: number;
}

/** Below this the density is e^-50 of its height: nothing. */
const depth = 50;
const panels = 200;
/** Gauss-Legendre, five points. */
const points: readonly (readonly [x: number, weight: number])[] = [
  [0, 0.5688888888888889],
  [-0.5384693101056831, 0.47862867049936647],
  [0.5384693101056831, 0.47862867049936647],
  [-0.906179845938664, 0.23692688505618908],
  [0.906179845938664, 0.23692688505618908],
];

/** The integral of weight(x) e^(phi(x) - phi(top)) from 0 to `until`. */
function integrate({ phi, top, scale }: Hump, weight: (x: number) => number, until: number): number {
  const height = phi(top);
  const isLow = (x: number) => height - phi(x) > depth;
  let beyond = top + scale;
  while (!isLow(beyond)) beyond = top + 2 * (beyond - top);
  const to = Math.min(until, border(top, beyond, isLow));
  const from = isLow(0) ? border(top, 0, isLow) : 0;
  if (to <= from) return 0;
  // By x = from + (to - from) s^3: fine steps at the start, where impatient customers leave much sooner than agents get free.
  const width = to - from;
  const half = 1 / panels / 2;
  let sum = 0;
  for (let panel = 0; panel < panels; panel++) {
    const middle = (2 * panel + 1) * half;
    for (const [point, share] of points) {
      const s = middle + point * half;
      const x = from + width * s ** 3;
      sum += share * 3 * s * s * weight(x) * Math.exp(phi(x) - height);
    }
  }
  return sum * width * half;
}

/** Between a place where the density counts and one where it does not: where it stops. */
function border(high: number, low: number, isLow: (x: number) => boolean): number {
  let [inside, outside] = [high, low];
  for (let i = 0; i < 60; i++) {
    const middle = (inside + outside) / 2;
    if (isLow(middle)) outside = middle;
    else inside = middle;
  }
  return outside;
}
