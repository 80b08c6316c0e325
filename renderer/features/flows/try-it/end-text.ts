import type { Simulated } from '../../../../shared/contracts/ivr/commands.ts';
import type { Text } from '../../../i18n/index.ts';
import type { FlowNames } from '../words.ts';

/** Where a run led, in words. */
export function endText({ t, formats }: Text, end: NonNullable<Simulated['end']>, { references }: FlowNames): string {
  const queue = references.queues.find(({ id }) => id === end.queueId)?.name[formats.language] ?? end.queueId ?? '';
  const more = [
    ...(end.priority === null ? [] : [t('flowRuns.end.priority', { priority: end.priority })]),
    ...(end.skills ? [t('flowRuns.end.skills', { skills: end.skills })] : []),
  ];
  return [t(`flowRuns.end.${end.kind}`, { queue }), ...more].join(formats.language === 'zh' ? '，' : ', ');
}
