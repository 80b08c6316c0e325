import { type CustomerScores, scoreOf } from '../../../shared/contracts/customer-scores.ts';
import type { ScoreReason, Stage } from '../../../shared/contracts/record.ts';
import { days } from '../../../shared/duration.ts';
import { monthlyUse } from './consumption.ts';
import { Moments } from './moments.ts';
import { nextMonth } from './months.ts';

/** What is known of a customer that speaks of their value, their growth and whether they may leave. Times are epoch ms. */
export interface ScoreInputs {
  /** A household is counted as a person. */
  readonly of: 'company' | 'person';
  readonly use: readonly { readonly month: string; readonly amount: number; readonly currency: string }[];
  /** When each unpaid bill is or was due. */
  readonly unpaidDueAt: readonly number[];
  readonly hasBills: boolean;
  readonly complaintsAt: readonly number[];
  /** When contacts ended in an outcome by which somebody prepares to leave. */
  readonly leavingSignsAt: readonly number[];
  readonly lastContactAt: number | null;
  /** Of the contract that lasts longest. */
  readonly contractEndsAt: number | null;
  readonly products: readonly { readonly quantity: number; readonly unused: number }[];
  readonly customerSince: number | null;
  readonly visits: readonly { readonly at: number; readonly mood: 'good' | 'neutral' | 'atRisk' | 'lead' | null }[];
  readonly offersAcceptedAt: readonly number[];
  readonly stage: Stage | null;
}

export interface ComputedScore {
  readonly value: number;
  readonly growth: number;
  readonly churn: number;
  readonly reasons: {
    readonly value: readonly ScoreReason[];
    readonly growth: readonly ScoreReason[];
    readonly churn: readonly ScoreReason[];
  };
  /** Until then the same inputs give the same score. Null: for ever. */
  readonly changesAt: number | null;
}

/**
 * The three scores with their reasons, weightiest first. Pure, and independent of the order of the inputs: the same facts, settings and
 * moment always give the same.
 */
export function computeScore(inputs: ScoreInputs, settings: CustomerScores, at: number): ComputedScore {
  const moments = new Moments(at);
  moments.hasCome(nextMonth(at));
  const facts = { ...inputs, monthly: monthlyUse(inputs.use, at), years: yearsWith(inputs, moments), lines: linesOf(inputs) };
  const reasons = {
    value: weightiestFirst(valueReasons(facts, settings, moments)),
    growth: weightiestFirst(growthReasons(facts, settings.growth, moments)),
    churn: weightiestFirst(churnReasons(facts, settings.churn, moments)),
  };
  return {
    value: scoreOf(reasons.value),
    growth: scoreOf(reasons.growth),
    churn: scoreOf(reasons.churn),
    reasons,
    changesAt: moments.changesAt,
  };
}

interface Facts extends ScoreInputs {
  readonly monthly: ReturnType<typeof monthlyUse>;
  readonly years: number;
  readonly lines: { readonly used: number; readonly of: number };
}

function valueReasons(facts: Facts, { levels, value }: CustomerScores, moments: Moments): ScoreReason[] {
  const { monthly, years, products, unpaidDueAt, hasBills, of } = facts;
  const level = levels.find((each) => each.of === of && each.currency === monthly?.currency);
  const isLate = unpaidDueAt.some((dueAt) => moments.hasCome(dueAt));
  return [
    ...(monthly === null ? [] : [levelReason(monthly, level, value.use)]),
    reason('tenure', Math.min(value.tenureMost, years * value.tenurePerYear), { years, each: value.tenurePerYear, most: value.tenureMost }),
    reason('products', Math.min(value.productsMost, products.length * value.perProduct), {
      count: products.length,
      each: value.perProduct,
      most: value.productsMost,
    }),
    isLate ? reason('arrears', -value.arrears, {}) : reason('paysOnTime', hasBills ? value.paysOnTime : 0, {}),
  ];
}

function levelReason(
  { amount, currency }: { readonly amount: number; readonly currency: string },
  level: CustomerScores['levels'][number] | undefined,
  most: number,
): ScoreReason {
  // What the organisation set no level for counts nothing, and says so.
  if (!level) return { code: 'noLevel', points: 0, facts: { amount, currency } };
  const { middle, high } = level;
  const above = high > middle ? Math.min(1, Math.max(0, amount - middle) / (high - middle)) : amount >= high ? 1 : 0;
  const share = 0.5 * Math.min(1, amount / middle) + 0.5 * above;
  return reason('useLevel', share * most, { amount, currency, middle, high, most });
}

function growthReasons(facts: Facts, growth: CustomerScores['growth'], moments: Moments): ScoreReason[] {
  const { monthly, products, lines, visits, offersAcceptedAt, stage, complaintsAt } = facts;
  const change = monthly?.changePercent ?? 0;
  const byUse = Math.min(growth.useMost, Math.abs(change) * growth.usePerPercent);
  const missing = Math.max(0, growth.productKinds - products.length);
  const leads = visits.filter((visit) => visit.mood === 'lead' && moments.isWithin(visit.at, growth.visitDays));
  const accepted = offersAcceptedAt.filter((each) => moments.isWithin(each, growth.offerDays)).length;
  const complaints = complaintsAt.filter((each) => moments.isWithin(each, growth.complaintDays)).length;
  return [
    reason('start', growth.start, {}),
    change >= 0
      ? reason('useRising', byUse, { percent: change, each: growth.usePerPercent, most: growth.useMost })
      : reason('useFalling', -byUse, { percent: -change, each: growth.usePerPercent, most: growth.useMost }),
    reason('roomForProducts', Math.min(growth.missingMost, missing * growth.perMissingProduct), {
      held: products.length,
      of: growth.productKinds,
      each: growth.perMissingProduct,
      most: growth.missingMost,
    }),
    lines.of > 0 && lines.used === lines.of
      ? reason('linesFull', growth.linesFull, { of: lines.of })
      : reason('unusedLines', lines.of > 0 ? -growth.linesUnused : 0, { unused: lines.of - lines.used, of: lines.of }),
    ...(leads.length > 0
      ? [reason('visitLead', growth.visitLead, { at: Math.max(...leads.map((visit) => visit.at)), days: growth.visitDays })]
      : []),
    reason('offersAccepted', Math.min(growth.offersMost, accepted * growth.offerAccepted), {
      count: accepted,
      days: growth.offerDays,
      each: growth.offerAccepted,
      most: growth.offersMost,
    }),
    reason('growingStage', stage === 'new' || stage === 'growing' ? growth.growingStage : 0, { stage: stage ?? '' }),
    reason('decliningStage', stage === 'declining' || stage === 'lost' ? -growth.decliningStage : 0, { stage: stage ?? '' }),
    reason('complaints', -Math.min(growth.complaintsMost, complaints * growth.complaint), {
      count: complaints,
      days: growth.complaintDays,
      each: growth.complaint,
      most: growth.complaintsMost,
    }),
  ].filter(counts);
}

function churnReasons(facts: Facts, churn: CustomerScores['churn'], moments: Moments): ScoreReason[] {
  const { monthly, years, lines, leavingSignsAt } = facts;
  const leaving = leavingSignsAt.filter((each) => moments.isWithin(each, churn.leavingDays)).length;
  const fall = -(monthly?.changePercent ?? 0);
  const unusedPercent = lines.of === 0 ? 0 : ((lines.of - lines.used) / lines.of) * 100;
  return [
    ...contractReason(facts, churn, moments),
    ...complaintReason(facts, churn, moments),
    reason('leavingSigns', leaving === 0 ? 0 : Math.min(churn.leavingMost, churn.leaving * leaving), {
      count: leaving,
      days: churn.leavingDays,
      each: churn.leaving,
      most: churn.leavingMost,
    }),
    ...visitReason(facts, churn, moments),
    reason('useFalling', fall < churn.useFromPercent ? 0 : Math.min(churn.useMost, fall * churn.usePerPercent), {
      percent: fall,
      each: churn.usePerPercent,
      most: churn.useMost,
      from: churn.useFromPercent,
    }),
    ...arrearsReason(facts, churn, moments),
    ...silenceReason(facts, churn, moments),
    reason('unusedLines', unusedPercent > 0 && unusedPercent >= churn.unusedFromPercent ? churn.unused : 0, {
      unused: lines.of - lines.used,
      of: lines.of,
      from: churn.unusedFromPercent,
    }),
    reason('tenure', -Math.min(churn.tenureMost, years * churn.tenurePerYear), {
      years,
      each: churn.tenurePerYear,
      most: churn.tenureMost,
    }),
  ].filter(counts);
}

type Reasons = (facts: Facts, churn: CustomerScores['churn'], moments: Moments) => ScoreReason[];

const contractReason: Reasons = ({ contractEndsAt: endsAt }, churn, moments) => {
  if (endsAt === null) return [];
  if (moments.hasCome(endsAt)) return [reason('contractOver', churn.contractOver, { endsAt })];
  if (moments.hasCome(endsAt - days(churn.contractSoonDays)))
    return [reason('contractEnds', churn.contractSoon, { endsAt, days: churn.contractSoonDays })];
  if (moments.hasCome(endsAt - days(churn.contractNearDays)))
    return [reason('contractEnds', churn.contractNear, { endsAt, days: churn.contractNearDays })];
  return [];
};

const complaintReason: Reasons = ({ complaintsAt }, churn, moments) => {
  const recent = complaintsAt.filter((each) => moments.isWithin(each, churn.complaintRecentDays)).length;
  const all = complaintsAt.filter((each) => moments.isWithin(each, Math.max(churn.complaintRecentDays, churn.complaintEarlierDays))).length;
  const points = recent * churn.complaintRecent + (all - recent) * churn.complaintEarlier;
  const within = recent === all ? churn.complaintRecentDays : churn.complaintEarlierDays;
  return [
    reason('complaints', Math.min(churn.complaintsMost, points), {
      ...{ count: all, days: within, recentDays: churn.complaintRecentDays, each: churn.complaintRecent },
      ...{ earlierDays: churn.complaintEarlierDays, earlier: churn.complaintEarlier, most: churn.complaintsMost },
    }),
  ];
};

const visitReason: Reasons = ({ visits }, churn, moments) => {
  const made = visits.filter((visit) => visit.mood !== null && moments.isWithin(visit.at, churn.visitDays));
  const latest = Math.max(...made.map((visit) => visit.at));
  const moods = made.filter((visit) => visit.at === latest).map((visit) => visit.mood);
  if (moods.includes('atRisk')) return [reason('visitAtRisk', churn.visitAtRisk, { at: latest, days: churn.visitDays })];
  return moods.includes('good') || moods.includes('lead')
    ? [reason('visitGood', -churn.visitGood, { at: latest, days: churn.visitDays })]
    : [];
};

const arrearsReason: Reasons = ({ unpaidDueAt }, churn, moments) => {
  const overdue = unpaidDueAt.filter((dueAt) => moments.hasCome(dueAt));
  if (overdue.length === 0) return [];
  const since = Math.min(...overdue);
  const isLong = moments.hasCome(since + days(churn.arrearsLongDays));
  return [
    reason('arrears', isLong ? churn.arrearsLong : churn.arrears, {
      ...{ since, each: churn.arrears, days: churn.arrearsLongDays, long: churn.arrearsLong },
    }),
  ];
};

const silenceReason: Reasons = ({ lastContactAt: lastAt }, churn, moments) => {
  if (lastAt === null) return [];
  if (moments.hasCome(lastAt + days(churn.silentLongDays)))
    return [reason('silence', churn.silentLong, { lastAt, days: churn.silentLongDays })];
  return moments.hasCome(lastAt + days(churn.silentDays)) ? [reason('silence', churn.silent, { lastAt, days: churn.silentDays })] : [];
};

function yearsWith({ customerSince }: ScoreInputs, moments: Moments): number {
  return customerSince === null || !moments.hasCome(customerSince) ? 0 : moments.wholeYearsSince(customerSince);
}

function linesOf({ products }: ScoreInputs): Facts['lines'] {
  const of = products.reduce((sum, product) => sum + product.quantity, 0);
  return { of, used: of - products.reduce((sum, product) => sum + Math.min(product.unused, product.quantity), 0) };
}

/** Facts: what it is about, and the rule by which it counts, so that the screen can say both. */
function reason(code: string, points: number, facts: ScoreReason['facts']): ScoreReason {
  return { code, points: Math.round(points) || 0, facts };
}

const counts = ({ points }: ScoreReason) => points !== 0;

function weightiestFirst(reasons: readonly ScoreReason[]): ScoreReason[] {
  const order = (one: ScoreReason, other: ScoreReason) => other.points - one.points || (one.code < other.code ? -1 : 1);
  return reasons.filter((each) => counts(each) || each.code === 'noLevel').sort(order);
}
