import type { OwnFigures } from '../../../shared/contracts/own-figures.ts';
import type { Text } from '../../i18n/index.ts';

/** What is told of one's own day. */
const all = ['handled', 'average', 'level', 'rating'] as const;
export type ShownFigure = (typeof all)[number];

/** What customers say only where they are asked. */
export const shownFigures = ({ rating }: OwnFigures): readonly ShownFigure[] => all.filter((each) => each !== 'rating' || rating);

export function ratingText({ t, formats }: Pick<Text, 't' | 'formats'>, average: number | null): string {
  return average === null ? t('figures.none') : formats.decimal(average);
}
