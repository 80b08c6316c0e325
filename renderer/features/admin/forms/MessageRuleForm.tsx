import type { Tier } from '../../../../shared/contracts/contact.ts';
import { type MessageRule, type WrittenChannelName, writtenChannels } from '../../../../shared/contracts/messages/settings.ts';
import { useText } from '../../../i18n/index.ts';
import type { AdminDeeds } from '../deeds.ts';
import { Expression, fieldsOf, type Option, Part } from '../fields.tsx';
import { useForm } from '../form.ts';
import { entryName } from '../words.ts';
import { Naming } from './Naming.tsx';
import { TriedRules } from './TriedRules.tsx';

const rule = fieldsOf<MessageRule>();
const tiers: readonly Tier[] = ['standard', 'silver', 'gold', 'diamond'];

/** When a message goes where. The place among the other rules is changed above the form. */
export function MessageRuleForm({ onTry }: { readonly onTry: AdminDeeds['tryRules'] }) {
  const text = useText();
  const { t } = text;
  const { configuration, entry } = useForm();
  const { when } = entry as MessageRule;
  const reached = when.channels.length === 0 ? writtenChannels : when.channels;
  const queues = configuration.queues
    .filter(({ channel }) => reached.some((each) => each === channel))
    .map((queue) => ({ value: queue.id, label: `${entryName(text, 'queues', queue)} · ${t(`value.channel.${queue.channel}`)}` }));
  return (
    <>
      <Naming />
      <Part title={t('admin.part.when')} note={t('admin.messageRules.when.note')}>
        <div className="is-wide row admin-checks">
          <rule.Check at="isOn" />
        </div>
        <rule.Several at="when/channels" options={channelOptions(t)} none={t('admin.messageRules.any')} />
        <rule.Several at="when/sources" options={useSources(reached)} none={t('admin.messageRules.any')} />
        <rule.Listed at="when/words" isByComma hint={t('admin.messageRules.when.words.hint')} none={t('admin.messageRules.any')} />
        <rule.Listed at="when/from" hint={t('admin.messageRules.when.from.hint')} none={t('admin.messageRules.any')} />
        <rule.Several
          at="when/languages"
          options={(['en', 'zh'] as const).map((value) => ({ value, label: t(`value.locale.${value}`) }))}
          none={t('admin.messageRules.any')}
        />
        <rule.Several
          at="when/tiers"
          options={tiers.map((value) => ({ value, label: t(`value.customerTier.${value}`) }))}
          none={t('admin.messageRules.any')}
        />
      </Part>
      <Part title={t('admin.part.then')}>
        <rule.Choice at="then/queue" options={queues} none={t('admin.messageRules.then.queue.none')} />
        <rule.Quantity at="then/priority" none={t('admin.messageRules.then.priority.none')} hint={t('admin.queues.priority.hint')} />
        <rule.Quantity
          at="then/answerWithinMinutes"
          unit={t('admin.minutes')}
          none={t('admin.messageRules.then.answerWithinMinutes.none')}
        />
        <Expression at="then/needs" hint={t('admin.messageRules.then.needs.hint')} />
      </Part>
      <TriedRules onTry={onTry} />
    </>
  );
}

function channelOptions(t: ReturnType<typeof useText>['t']): readonly Option[] {
  return writtenChannels.map((value) => ({ value, label: t(`value.channel.${value}`) }));
}

/** Where messages of these channels come in. */
function useSources(reached: readonly WrittenChannelName[]): readonly Option[] {
  const text = useText();
  const { mailboxes, smsLines, chatSites, documentSources } = useForm().configuration;
  const all = [
    ...mailboxes.map((entry) => ({
      channel: entry.kind === 'fax' ? 'document' : 'email',
      id: entry.id,
      label: entryName(text, 'mailboxes', entry),
    })),
    ...smsLines.map((entry) => ({ channel: 'sms', id: entry.id, label: entryName(text, 'smsLines', entry) })),
    ...chatSites.map((entry) => ({ channel: 'chat', id: entry.id, label: entryName(text, 'chatSites', entry) })),
    ...documentSources.map((entry) => ({ channel: 'document', id: entry.id, label: entryName(text, 'documentSources', entry) })),
  ];
  return all.filter(({ channel }) => reached.some((each) => each === channel)).map(({ id, label }) => ({ value: id, label }));
}
