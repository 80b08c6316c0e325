import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { OwnSource } from '../../../shared/contracts/messages/inbox.ts';
import { asId, type QueueId } from '../../../shared/ids.ts';
import type { WrittenChannel } from '../../interactions/index.ts';

/** The mailboxes, lines, sites and places of documents, as they are set up now. */

type Name = { readonly en: string; readonly zh: string };

export function nameOfSource(channel: WrittenChannel, sourceId: string, configuration: Configuration): Name {
  const { mailboxes, smsLines, chatSites, documentSources } = configuration;
  const named =
    channel === 'email'
      ? mailboxes.find(({ id }) => id === sourceId)?.name
      : channel === 'sms'
        ? smsLines.find(({ id }) => id === sourceId)?.name
        : channel === 'chat'
          ? chatSites.find(({ id }) => id === sourceId)?.title
          : (documentSources.find(({ id }) => id === sourceId)?.name ?? mailboxes.find(({ id }) => id === sourceId)?.name);
  return named ?? { en: sourceId, zh: sourceId };
}

/** Ours, in the order in which they are set up; whoever writes first writes from the first that sends. */
export function ownSources({ mailboxes, smsLines }: Pick<Configuration, 'mailboxes' | 'smsLines'>): OwnSource[] {
  return [
    ...mailboxes.map((mailbox) => {
      const { id, name, address } = mailbox;
      return { id, channel: 'email' as const, name, address, sends: canSend(mailbox) };
    }),
    ...smsLines.map(({ id, name, number }) => ({ id, channel: 'sms' as const, name, address: number, sends: true })),
  ];
}

/** The mailbox that a mail of this conversation goes from: the one that was written to, where it can. */
export function mailboxFor(sourceId: string, mailboxes: Configuration['mailboxes']): Configuration['mailboxes'][number] | undefined {
  const own = mailboxes.find(({ id }) => id === sourceId);
  return own && canSend(own) ? own : (mailboxes.find(canSend) ?? own ?? mailboxes.find(({ kind }) => kind === 'mail'));
}

const canSend = ({ kind, outgoing }: Configuration['mailboxes'][number]) => kind === 'mail' && outgoing !== null;

/** Null: it is not set up any more, and no queue of its channel is. */
export function queueOfSource(channel: WrittenChannel, sourceId: string, configuration: Configuration): QueueId | null {
  const { mailboxes, smsLines, chatSites, documentSources, queues } = configuration;
  const sources = [...mailboxes, ...smsLines, ...chatSites, ...documentSources];
  const queueId = sources.find(({ id }) => id === sourceId)?.queue;
  const found = queues.find(({ id }) => id === queueId) ?? queues.find((queue) => queue.channel === channel);
  return found ? asId<QueueId>(found.id) : null;
}
