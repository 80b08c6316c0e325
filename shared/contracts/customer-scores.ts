import * as z from 'zod/mini';
import type { ScoreReason } from './record.ts';

/**
 * How a customer's value, growth potential and risk of leaving are counted: points for named reasons, each score their sum between 0 and 100.
 * An organisation sets its own weights; without any, `defaultCustomerScores` holds. Amounts are minor units of their currency.
 */
const points = z.number().check(z.gte(0), z.lte(100));
const wholeDays = z.int().check(z.gte(1), z.lte(3_650));
const percent = z.number().check(z.gte(0), z.lte(100));

export const customerScoresSchema = z.strictObject({
  /** What counts as much use a month: half the points at `middle`, all of them at `high`, in between in proportion. */
  levels: z
    .array(
      z.strictObject({
        of: z.enum(['company', 'person']),
        currency: z.string().check(z.regex(/^[A-Z]{3}$/, 'a currency by its three capital letters, such as CNY')),
        middle: z.int().check(z.gte(1)),
        high: z.int().check(z.gte(1)),
      }),
    )
    .check(z.maxLength(40)),
  value: z.strictObject({
    use: points,
    tenurePerYear: points,
    tenureMost: points,
    perProduct: points,
    productsMost: points,
    paysOnTime: points,
    arrears: points,
  }),
  growth: z.strictObject({
    start: points,
    usePerPercent: points,
    useMost: points,
    /** Room for what they do not have yet, of so many kinds. */
    productKinds: z.int().check(z.gte(1), z.lte(50)),
    perMissingProduct: points,
    missingMost: points,
    linesFull: points,
    linesUnused: points,
    visitDays: wholeDays,
    visitLead: points,
    offerDays: wholeDays,
    offerAccepted: points,
    offersMost: points,
    growingStage: points,
    decliningStage: points,
    complaintDays: wholeDays,
    complaint: points,
    complaintsMost: points,
  }),
  churn: z.strictObject({
    contractSoonDays: wholeDays,
    contractSoon: points,
    contractNearDays: wholeDays,
    contractNear: points,
    contractOver: points,
    complaintRecentDays: wholeDays,
    complaintRecent: points,
    complaintEarlierDays: wholeDays,
    complaintEarlier: points,
    complaintsMost: points,
    /** Outcomes of a contact by which somebody prepares to leave. */
    leavingOutcomes: z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.maxLength(20)),
    leavingDays: wholeDays,
    leaving: points,
    leavingMost: points,
    visitDays: wholeDays,
    visitAtRisk: points,
    visitGood: points,
    useFromPercent: percent,
    usePerPercent: points,
    useMost: points,
    arrears: points,
    arrearsLongDays: wholeDays,
    arrearsLong: points,
    silentDays: wholeDays,
    silent: points,
    silentLongDays: wholeDays,
    silentLong: points,
    unusedFromPercent: percent,
    unused: points,
    tenurePerYear: points,
    tenureMost: points,
  }),
  /** Where the boxes of the value matrix begin, on both axes. */
  boxes: z.strictObject({ middleFrom: percent, highFrom: percent }),
});
export type CustomerScores = z.infer<typeof customerScoresSchema>;

export const defaultCustomerScores: CustomerScores = {
  levels: [
    { of: 'company', currency: 'CNY', middle: 500_000, high: 4_000_000 },
    { of: 'company', currency: 'GBP', middle: 50_000, high: 400_000 },
    { of: 'company', currency: 'EUR', middle: 60_000, high: 450_000 },
    { of: 'company', currency: 'USD', middle: 70_000, high: 500_000 },
    { of: 'person', currency: 'CNY', middle: 8_000, high: 20_000 },
    { of: 'person', currency: 'GBP', middle: 2_500, high: 8_000 },
    { of: 'person', currency: 'EUR', middle: 2_500, high: 8_000 },
    { of: 'person', currency: 'USD', middle: 4_000, high: 12_000 },
  ],
  value: { use: 50, tenurePerYear: 1, tenureMost: 10, perProduct: 4, productsMost: 20, paysOnTime: 10, arrears: 10 },
  growth: {
    ...{ start: 35, usePerPercent: 1, useMost: 30, productKinds: 6, perMissingProduct: 5, missingMost: 20, linesFull: 8, linesUnused: 5 },
    ...{ visitDays: 180, visitLead: 15, offerDays: 365, offerAccepted: 8, offersMost: 16, growingStage: 10, decliningStage: 10 },
    ...{ complaintDays: 90, complaint: 5, complaintsMost: 15 },
  },
  churn: {
    ...{ contractSoonDays: 30, contractSoon: 24, contractNearDays: 90, contractNear: 12, contractOver: 18 },
    ...{ complaintRecentDays: 30, complaintRecent: 9, complaintEarlierDays: 90, complaintEarlier: 4, complaintsMost: 27 },
    ...{ leavingOutcomes: ['porting', 'cancelled'], leavingDays: 90, leaving: 16, leavingMost: 24 },
    ...{ visitDays: 120, visitAtRisk: 15, visitGood: 5, useFromPercent: 3, usePerPercent: 1.5, useMost: 30 },
    ...{ arrears: 10, arrearsLongDays: 30, arrearsLong: 18, silentDays: 90, silent: 8, silentLongDays: 180, silentLong: 15 },
    ...{ unusedFromPercent: 10, unused: 6, tenurePerYear: 0.7, tenureMost: 7 },
  },
  boxes: { middleFrom: 34, highFrom: 67 },
};

/** Reasons of the three scores. Their facts: what the sentence on the screen is made of. */
export const valueReasonCodes = ['useLevel', 'noLevel', 'tenure', 'products', 'paysOnTime', 'arrears'] as const;
export const growthReasonCodes = [
  'start',
  'useRising',
  'useFalling',
  'roomForProducts',
  'linesFull',
  'unusedLines',
  'visitLead',
  'offersAccepted',
  'growingStage',
  'decliningStage',
  'complaints',
] as const;
export const churnReasonCodes = [
  'contractEnds',
  'contractOver',
  'complaints',
  'leavingSigns',
  'visitAtRisk',
  'visitGood',
  'useFalling',
  'arrears',
  'silence',
  'unusedLines',
  'tenure',
] as const;

/** Columns by value, rows by growth potential. */
export const matrixBoxes = {
  high: { low: 'develop', middle: 'invest', high: 'growWith' },
  middle: { low: 'serveWell', middle: 'deepen', high: 'protect' },
  low: { low: 'selfService', middle: 'keep', high: 'hold' },
} as const;
export type MatrixBox = (typeof matrixBoxes)[Level][Level];
export type Level = 'low' | 'middle' | 'high';

export function levelOf(score: number, { middleFrom, highFrom }: CustomerScores['boxes']): Level {
  if (score >= highFrom) return 'high';
  return score >= middleFrom ? 'middle' : 'low';
}

export function matrixBox(value: number, growth: number, boxes: CustomerScores['boxes']): MatrixBox {
  return matrixBoxes[levelOf(growth, boxes)][levelOf(value, boxes)];
}

/** A sum of reasons as a score. */
export function scoreOf(reasons: readonly Pick<ScoreReason, 'points'>[]): number {
  return Math.min(
    100,
    Math.max(
      0,
      reasons.reduce((sum, reason) => sum + reason.points, 0),
    ),
  );
}
