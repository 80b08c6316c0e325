import { useState } from 'react';
import type { RulesTrial, TriedMessage } from '../../../../shared/contracts/messages/inbox.ts';
import type { MessageRule } from '../../../../shared/contracts/messages/settings.ts';
import { channelSigns, useText } from '../../../i18n/index.ts';
import { Button } from '../../../ui/index.ts';
import type { AdminDeeds } from '../deeds.ts';
import { useForm } from '../form.ts';
import { entryName } from '../words.ts';

const spans = [7, 30, 90] as const;

/** What the rules as they stand here, this one on, would do with messages that came in before: before they are switched on. */
export function TriedRules({ onTry }: { readonly onTry: AdminDeeds['tryRules'] }) {
  const text = useText();
  const { t } = text;
  const { configuration, entry, mistakes } = useForm();
  const rule = entry as MessageRule;
  const rules = configuration.messageRules.map((each) => (each.id === rule.id ? { ...each, isOn: true } : each));
  const asked = JSON.stringify(rules);
  const [days, setDays] = useState<number>(30);
  const [isBusy, setIsBusy] = useState(false);
  const [told, setTold] = useState<{ readonly asked: string; readonly days: number; readonly trial: RulesTrial | null } | null>(null);

  const tryThem = async () => {
    setIsBusy(true);
    setTold({ asked, days, trial: await onTry(rules, days) });
    setIsBusy(false);
  };
  // What was tried is told only of the rules that it was tried with.
  const current = told?.asked === asked ? told : null;
  return (
    <section className="admin-part" aria-label={t('admin.messageRules.trial')}>
      <h3>{t('admin.messageRules.trial')}</h3>
      <p className="small text-3 admin-part-note">{t('admin.messageRules.trial.note')}</p>
      <div className="row">
        <div className="field admin-control">
          <select aria-label={t('admin.messageRules.trial.span')} value={days} onChange={({ target }) => setDays(Number(target.value))}>
            {spans.map((span) => (
              <option key={span} value={span}>
                {t('admin.messageRules.trial.days', { days: span })}
              </option>
            ))}
          </select>
        </div>
        <Button disabled={isBusy || mistakes.size > 0} onClick={() => void tryThem()}>
          {t('admin.messageRules.trial.try')}
        </Button>
        <span className="small text-3" role="status">
          {mistakes.size > 0
            ? t('admin.messageRules.trial.mistakes')
            : current?.trial === null
              ? t('admin.messageRules.trial.failed')
              : current
                ? t('admin.messageRules.trial.done', { count: current.trial.messages, days: current.days, moved: current.trial.moved })
                : ''}
        </span>
      </div>
      {current?.trial && current.trial.messages > 0 ? <Told trial={current.trial} ruleId={rule.id} /> : null}
    </section>
  );
}

function Told({ trial, ruleId }: { readonly trial: RulesTrial; readonly ruleId: string }) {
  const text = useText();
  const { t } = text;
  const queueName = useQueueName();
  const own = trial.byRule.find((each) => each.ruleId === ruleId);
  // This rule's own beside those that go elsewhere: a rule may decide what it does not move.
  const samples = trial.moves.length > 0 ? trial.moves : (own?.examples ?? []);
  return (
    <>
      {own ? (
        <p className="small text-2 rules-trial-own">
          {t('admin.messageRules.trial.own', { count: own.count })}
          {own.leftToEarlier > 0 ? ` ${t('admin.messageRules.trial.earlier', { count: own.leftToEarlier })}` : ''}
        </p>
      ) : null}
      <table className="rules-trial small">
        <thead>
          <tr>
            <th scope="col">{t('admin.messageRules.trial.queue')}</th>
            <th scope="col">{t('admin.messageRules.trial.now')}</th>
            <th scope="col">{t('admin.messageRules.trial.then')}</th>
          </tr>
        </thead>
        <tbody>
          {trial.byQueue.map(({ queueId, now, then }) => (
            <tr key={queueId}>
              <th scope="row">{queueName(queueId)}</th>
              <td className="figures">{now}</td>
              <td className={now === then ? 'figures' : 'figures medium'}>{then}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {samples.length > 0 ? (
        <>
          <h4 className="small medium">
            {t(trial.moves.length > 0 ? 'admin.messageRules.trial.moves' : 'admin.messageRules.trial.examples')}
          </h4>
          <ul className="rules-samples">
            {samples.map((sample) => (
              <Sample key={`${sample.at} ${sample.from} ${sample.subject}`} sample={sample} />
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

function Sample({ sample }: { readonly sample: TriedMessage }) {
  const text = useText();
  const { t, formats } = text;
  const { configuration } = useForm();
  const queueName = useQueueName();
  const { at, from, channel, subject, queueNow, queueThen, ruleId, why } = sample;
  const Sign = channelSigns[channel];
  const rule = configuration.messageRules.find(({ id }) => id === ruleId);
  const reasons = why.map(({ condition, found }) => `${t(`admin.messageRules.when.${condition}`)}: ${foundText(text, condition, found)}`);
  return (
    <li>
      <Sign className="icon text-3" aria-hidden="true" />
      <span className="grow">
        <span className="row small">
          <span className="cut">{subject === '' ? from : subject}</span>
          <span className="push text-3 nowrap">{`${formats.date(at)} ${formats.time(at)}`}</span>
        </span>
        <span className="small text-3 whole rules-sample-line">{from}</span>
        <span className="small whole rules-sample-line">
          {queueNow === queueThen
            ? queueName(queueThen)
            : t('admin.messageRules.trial.move', { from: queueName(queueNow), to: queueName(queueThen) })}
          <span className="text-3">
            {' · '}
            {rule ? entryName(text, 'messageRules', rule) : t('admin.messageRules.trial.noRule')}
            {reasons.length > 0 ? ` (${reasons.join('; ')})` : ''}
          </span>
        </span>
      </span>
    </li>
  );
}

function foundText({ t }: ReturnType<typeof useText>, condition: TriedMessage['why'][number]['condition'], found: string): string {
  if (condition === 'channels') return t(`value.channel.${found as TriedMessage['channel']}`);
  if (condition === 'languages') return t(`value.locale.${found as 'en' | 'zh'}`);
  if (condition === 'tiers') return t(`value.customerTier.${found as 'standard'}`);
  return found;
}

function useQueueName(): (queueId: string) => string {
  const text = useText();
  const { queues } = useForm().configuration;
  return (queueId) => {
    const queue = queues.find(({ id }) => id === queueId);
    return queue ? entryName(text, 'queues', queue) : queueId;
  };
}
