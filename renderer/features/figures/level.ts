import type { OwnFigures, QueueLevel } from '../../../shared/contracts/own-figures.ts';

export interface Level {
  /** 0 to 100, unrounded; null when there was nothing to count. */
  readonly percent: number | null;
  readonly inTime: number;
  readonly of: number;
  /** Null where the queues have different ones. */
  readonly targetPercent: number | null;
}

/** Of all the queues one serves: a share of the summed numbers, as on the board, never the mean of shares. */
export function ownLevel({ queues = [] }: OwnFigures): Level {
  const inTime = queues.reduce((sum, queue) => sum + queue.inTime, 0);
  const of = queues.reduce((sum, queue) => sum + queue.of, 0);
  const [first] = queues;
  const isOne = queues.every(({ targetPercent }) => targetPercent === first?.targetPercent);
  return { ...shareOf({ inTime, of }), targetPercent: first && isOne ? first.targetPercent : null };
}

export function shareOf({ inTime, of }: Pick<QueueLevel, 'inTime' | 'of'>): Omit<Level, 'targetPercent'> {
  return { percent: of === 0 ? null : (100 * inTime) / of, inTime, of };
}
