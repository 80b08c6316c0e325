import {
  type MessageRule,
  maxMessageRules,
  type WrittenChannelName,
  writtenChannels,
} from '../../../shared/contracts/messages/settings.ts';
import { neverReached } from '../../../shared/message-rule-order.ts';
import { type Check, checkReference, type Draft, type Report } from '../draft.ts';
import { checkNeeds } from './queues.ts';

/** Rules that can hold, that are reached, and that send messages where they can be answered. */
export const checkMessageRules: Check = (draft, report) => {
  const { messageRules } = draft;
  if (messageRules.length > maxMessageRules) return report('messageRules', `${messageRules.length} rules`, `at most ${maxMessageRules}`);
  const sources = sourcesOf(draft);
  const missed = neverReached(messageRules);
  for (const [at, rule] of messageRules.entries()) {
    const path = `messageRules/${rule.id}`;
    checkNeeds(rule.then.needs, `${path}/then/needs`, draft, report);
    const reached = checkSources(rule, sources, draft, report);
    checkQueue(rule, reached, draft, report);
    const over = messageRules[missed.get(at) ?? -1];
    if (over) report(path, `a rule after ${over.id}, which takes all that this one would`, 'a place before it, or other conditions');
  }
};

type Sources = ReadonlyMap<string, WrittenChannelName>;

function sourcesOf({ mailboxes, smsLines, chatSites, documentSources }: Draft): Sources {
  return new Map([
    ...mailboxes.map(({ id, kind }) => [id, kind === 'fax' ? 'document' : 'email'] as const),
    ...smsLines.map(({ id }) => [id, 'sms'] as const),
    ...chatSites.map(({ id }) => [id, 'chat'] as const),
    ...documentSources.map(({ id }) => [id, 'document'] as const),
  ]);
}

const sourceSections = ['mailboxes', 'smsLines', 'chatSites', 'documentSources'] as const;

/** The channels of the messages for which it can hold. */
function checkSources({ id, when }: MessageRule, sources: Sources, draft: Draft, report: Report): readonly WrittenChannelName[] {
  const channels = when.channels.length === 0 ? writtenChannels : writtenChannels.filter((each) => when.channels.includes(each));
  if (when.sources.length === 0) return channels;
  for (const [index, source] of when.sources.entries()) {
    const path = `messageRules/${id}/when/sources/${index}`;
    const channel = sources.get(source);
    if (channel !== undefined && !channels.includes(channel))
      report(path, `${source}, where ${channel} comes in`, `a source of ${channels.join(', ')}, which are the channels of this rule`);
    else if (!sourceSections.some((section) => draft.knows(section, source))) {
      const known = [...sources.keys()].slice(0, 12).join(', ');
      report(path, source, `a mailbox, line, site or document source that exists${known === '' ? '; there is none yet' : `: ${known}`}`);
    }
  }
  const reached = new Set(when.sources.map((source) => sources.get(source)));
  return channels.filter((channel) => reached.has(channel));
}

function checkQueue({ id, then }: MessageRule, reached: readonly WrittenChannelName[], draft: Draft, report: Report): void {
  const path = `messageRules/${id}/then/queue`;
  checkReference(draft, report, path, 'queues', then.queue);
  const queue = draft.queues.find((each) => each.id === then.queue);
  const other = queue && reached.find((channel) => channel !== queue.channel);
  if (queue && other)
    report(
      path,
      `${queue.id}, a queue of channel ${queue.channel}, for messages of channel ${other}`,
      `a queue of their channel, or only ${queue.channel} among the channels of the rule`,
    );
}
