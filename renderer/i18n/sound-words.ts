import type { Text } from './i18n.ts';

/** What a player of recordings says on its controls. */
export function soundWords({ t }: Text) {
  return {
    play: t('recording.play'),
    pause: t('recording.pause'),
    position: t('recording.position'),
    faster: t('recording.faster'),
    failed: t('recording.failed'),
    silence: t('recording.silence'),
  };
}
