import type { QueueChannel } from '../../../../shared/contracts/configuration.ts';
import { useText } from '../../../i18n/index.ts';
import { Choice } from '../fields.tsx';
import { useForm } from '../form.ts';
import { entryName } from '../words.ts';

/** A queue of one channel: where what comes in waits. */
export function QueueOf({ channel }: { readonly channel: QueueChannel }) {
  const text = useText();
  const { configuration } = useForm();
  const queues = configuration.queues.filter((queue) => queue.channel === channel);
  const options = queues.map((queue) => ({ value: queue.id, label: entryName(text, 'queues', queue) }));
  const hint = options.length === 0 ? { hint: text.t('admin.noQueueOf', { channel: text.t(`value.channel.${channel}`) }) } : {};
  return <Choice at="queue" options={options} {...hint} />;
}
