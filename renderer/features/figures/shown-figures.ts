import type { Text } from '../../i18n/index.ts';

/** What is told of one's own day. */
export const shownFigures = ['handled', 'average', 'level'] as const;
export type ShownFigure = (typeof shownFigures)[number];

/** Rounded down: 79.6 % is not yet a target of 80 %. */
export function percentText({ t, formats }: Pick<Text, 't' | 'formats'>, percent: number | null): string {
  return percent === null ? t('figures.none') : t('figures.percent', { percent: formats.number(Math.floor(percent + 1e-9)) });
}
