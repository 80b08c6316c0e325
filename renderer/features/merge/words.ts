import type { Text } from '../../i18n/index.ts';

/** Confidence in a word, with its figure. */
export function confidenceWord({ t }: Text, confidence: number): string {
  return t('likeness.confidence', { confidence: Math.round(confidence) });
}
