import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  type Diversion,
  type QueueConfiguration,
  queueChannels,
  strategyNames,
  wrapUpModes,
} from '../../../../shared/contracts/configuration.ts';
import { recordingModes } from '../../../../shared/contracts/recording.ts';
import { plainVoicemail } from '../../../../shared/contracts/voicemail.ts';
import { type TextKey, useText } from '../../../i18n/index.ts';
import { Button, IconButton } from '../../../ui/index.ts';
import { Check, Choice, Expression, fieldsOf, Line, type Option, Part, Quantity, useOptions } from '../fields.tsx';
import { useField, useForm } from '../form.ts';
import { promptName } from '../words.ts';
import { Naming } from './Naming.tsx';

const q = fieldsOf<QueueConfiguration>();
const customerTiers = ['standard', 'silver', 'gold', 'diamond'] as const;

export function QueueForm() {
  const { t } = useText();
  const form = useForm();
  const queue = form.entry as QueueConfiguration;
  const seconds = t('admin.seconds');
  const hours = useOptions('hours');
  const dispositions = useOptions('dispositions');
  const words = (kind: string, values: readonly string[]): readonly Option[] =>
    values.map((value) => ({ value, label: t(`value.${kind}.${value}` as TextKey) }));

  return (
    <>
      <Naming />
      <Part title={t('admin.part.who')}>
        <q.Choice at="channel" options={words('channel', queueChannels)} />
        <q.Choice at="strategy" options={words('strategy', strategyNames)} />
        <Expression at="needs" hint={t('admin.queues.needs.hint')} />
        <Rings />
      </Part>
      <Part title={t('admin.part.order')}>
        <q.Quantity at="priority" hint={t('admin.queues.priority.hint')} />
        <q.Quantity at="ageingSecondsPerPoint" unit={seconds} none={t('admin.queues.ageingSecondsPerPoint.none')} />
        <q.Several at="bypassTiers" options={words('customerTier', customerTiers)} />
      </Part>
      <Part title={t('admin.part.ringing')}>
        <q.Quantity at="ringSeconds" unit={seconds} />
        <Line at="shownNumber" isCode onChange={(value) => form.put('shownNumber', value === '' ? undefined : value)} />
        <q.Quantity at="missesBeforeNotReady" hint={t('admin.queues.missesBeforeNotReady.hint')} />
      </Part>
      <Part title={t('admin.part.target')}>
        <q.Quantity at="serviceLevel/targetPercent" unit={t('admin.percent')} />
        <q.Quantity at="serviceLevel/thresholdSeconds" unit={seconds} />
      </Part>
      <Part title={t('admin.part.limits')}>
        <q.Choice at="hours" options={hours} none={t('admin.queues.hours.none')} />
        <q.Quantity at="maxWaiting" unit={t('admin.queues.maxWaiting.unit')} none={t('admin.queues.maxWaiting.none')} />
        <q.Quantity at="maxWaitSeconds" unit={seconds} none={t('admin.queues.maxWaitSeconds.none')} />
      </Part>
      <Part title={t('admin.part.diversions')}>
        <DiversionFields at="whenClosed" />
        <DiversionFields at="whenFull" />
        <DiversionFields at="whenWaitedTooLong" />
        <Optional at="overflow" label={t('admin.queues.overflow.on')} start={() => ({ afterSeconds: 120, queue: '' })}>
          <Quantity at="overflow/afterSeconds" unit={seconds} />
          <OtherQueue at="overflow/queue" />
        </Optional>
      </Part>
      <Part title={t('admin.part.waiting')}>
        <q.Quantity at="announcements/everySeconds" unit={seconds} none={t('admin.queues.announcements.everySeconds.none')} />
        <q.Quantity at="callbackAfterSeconds" unit={seconds} none={t('admin.queues.callbackAfterSeconds.none')} />
        {queue.announcements.everySeconds === null ? null : (
          <div className="is-wide row admin-checks">
            <q.Check at="announcements/position" />
            <q.Check at="announcements/expectedWait" />
          </div>
        )}
      </Part>
      <AfterCall />
      <Recorded />
      <Voicemail />
      <Part title={t('admin.part.preferences')}>
        <Optional at="lastAgent" label={t('admin.queues.lastAgent.on')} start={() => ({ waitSeconds: 30, withinDays: 14 })}>
          <Quantity at="lastAgent/waitSeconds" unit={seconds} />
          <Quantity at="lastAgent/withinDays" unit={t('admin.days')} />
        </Optional>
        <Optional at="accountManager" label={t('admin.queues.accountManager.on')} start={() => ({ waitSeconds: 60 })}>
          <Quantity at="accountManager/waitSeconds" unit={seconds} />
        </Optional>
      </Part>
      <Part title={t('admin.part.wrapUp')}>
        <q.Choice at="wrapUp/mode" options={words('wrapUp', wrapUpModes)} />
        <q.Choice at="wrapUp/defaultDisposition" options={dispositions} />
        <q.Quantity at="wrapUp/seconds" unit={seconds} />
        <q.Quantity at="wrapUp/extendBySeconds" unit={seconds} />
        <q.Quantity at="wrapUp/maxExtensions" />
      </Part>
      <Part title={t('admin.part.alerts')}>
        <q.Quantity at="alerts/waitingAbove" none={t('admin.queues.alerts.none')} />
        <q.Quantity at="alerts/longestWaitAboveSeconds" unit={seconds} none={t('admin.queues.alerts.none')} />
        <q.Quantity at="alerts/serviceLevelBelowPercent" unit={t('admin.percent')} none={t('admin.queues.alerts.none')} />
      </Part>
    </>
  );
}

function usePrompts(): readonly Option[] {
  const text = useText();
  return useForm().prompts.map((prompt) => ({ value: prompt, label: promptName(text, prompt) }));
}

/** The flow that callers go on in when the agent has hung up. Where it stands at a queue of another kind, it can be taken away. */
function AfterCall() {
  const { t, formats } = useText();
  const form = useForm();
  const { channel, afterCall } = form.entry as QueueConfiguration;
  if (channel !== 'voice' && !afterCall) return null;
  return (
    <Part title={t('admin.part.afterCall')} note={t('admin.queues.afterCall.note')}>
      <Choice
        at="afterCall"
        options={form.flows.map(({ flowId, name }) => ({ value: flowId, label: name[formats.language] }))}
        none={t('admin.queues.afterCall.none')}
        onChange={(flowId) => form.put('afterCall', flowId === '' ? undefined : flowId)}
      />
    </Part>
  );
}

/** Whether its calls are recorded, and what says so. */
function Recorded() {
  const { t } = useText();
  const form = useForm();
  const prompts = usePrompts();
  const { recording } = form.entry as QueueConfiguration;
  const modes = recordingModes.filter((mode) => mode !== 'off' || recording?.mode === 'off');
  return (
    <Part title={t('admin.part.recording')} note={t('admin.queues.recording.note')}>
      <Choice
        at="recording/mode"
        options={modes.map((mode) => ({ value: mode, label: t(`value.recording.${mode}`) }))}
        none={t('value.recording.off')}
        onChange={(mode) =>
          form.put('recording', mode === '' || mode === 'off' ? undefined : { announcement: 'call-recorded', ...recording, mode })
        }
      />
      {recording === undefined || recording.mode === 'off' ? null : (
        <Choice at="recording/announcement" options={prompts} none={t('admin.queues.recording.announcement.none')} />
      )}
    </Part>
  );
}

/** What callers hear who leave a message; without anything of its own as usual. */
function Voicemail() {
  const { t } = useText();
  const form = useForm();
  const prompts = usePrompts();
  const queue = form.entry as QueueConfiguration;
  if (queue.channel !== 'voice') return null;
  return (
    <Part title={t('admin.part.voicemail')} note={t('admin.queues.voicemail.note')}>
      <Check
        at="voicemail"
        isOn={queue.voicemail !== undefined}
        onChange={(isOn) => form.put('voicemail', isOn ? { ...plainVoicemail } : undefined)}
      />
      {queue.voicemail === undefined ? null : (
        <>
          <Choice at="voicemail/greeting" options={prompts} />
          <Quantity at="voicemail/maxSeconds" unit={t('admin.seconds')} />
          <Quantity
            at="voicemail/offeredAfterSeconds"
            unit={t('admin.seconds')}
            none={t('admin.queues.voicemail.offeredAfterSeconds.none')}
          />
        </>
      )}
    </Part>
  );
}

/** Whom it also takes after a while. */
function Rings() {
  const { t } = useText();
  const { value: rings, put, isReadOnly, label, id } = useField<QueueConfiguration['rings']>('rings');
  const last = rings.at(-1);
  return (
    <fieldset className="admin-several is-wide" id={id}>
      <legend className="label">{label}</legend>
      <ol className="admin-rings">
        {rings.map((_ring, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a ring is its place in the order.
          <li key={n} className="admin-ring">
            <Quantity at={`rings/${n}/afterSeconds`} unit={t('admin.seconds')} />
            <Expression at={`rings/${n}/needs`} />
            {isReadOnly ? null : (
              <IconButton
                icon={Trash2}
                label={t('admin.queues.rings.remove', { n: n + 1 })}
                onClick={() => put(rings.filter((_each, at) => at !== n))}
              />
            )}
          </li>
        ))}
      </ol>
      {isReadOnly ? null : (
        <div className="row">
          <Button
            size="small"
            icon={Plus}
            disabled={rings.length >= 5}
            onClick={() => put([...rings, { afterSeconds: (last?.afterSeconds ?? 0) + 30, needs: last?.needs ?? '' }])}
          >
            {t('admin.queues.rings.add')}
          </Button>
          {rings.length >= 5 ? <span className="small text-3">{t('admin.queues.rings.full')}</span> : null}
        </div>
      )}
    </fieldset>
  );
}

const usualPrompts = { whenClosed: 'queue-closed', whenFull: 'queue-full', whenWaitedTooLong: 'waited-too-long' } as const;

function DiversionFields({ at }: { readonly at: 'whenClosed' | 'whenFull' | 'whenWaitedTooLong' }) {
  const text = useText();
  const { t } = text;
  const { value, put, label } = useField<Diversion>(at);
  const announcements = useForm().prompts.map((prompt) => ({ value: prompt, label: promptName(text, prompt) }));
  const start: Readonly<Record<string, Diversion>> = {
    queue: { to: 'queue', queue: '' },
    announce: { to: 'announce', prompt: usualPrompts[at] },
    callback: { to: 'callback' },
    voicemail: { to: 'voicemail' },
  };
  return (
    <div className="admin-pair is-wide">
      <Choice
        at={`${at}/to`}
        label={label}
        options={(['announce', 'queue', 'callback', 'voicemail'] as const).map((to) => ({ value: to, label: t(`value.diversion.${to}`) }))}
        onChange={(to) => put(start[to] ?? value)}
      />
      {value.to === 'queue' ? <OtherQueue at={`${at}/queue`} label={t('admin.queues.diversion.queue')} /> : null}
      {value.to === 'announce' ? <Choice at={`${at}/prompt`} label={t('admin.queues.diversion.prompt')} options={announcements} /> : null}
    </div>
  );
}

function OtherQueue({ at, label }: { readonly at: string; readonly label?: string }) {
  const own = (useForm().entry as QueueConfiguration).id;
  const others = useOptions('queues').filter((option) => option.value !== own);
  return <Choice at={at} options={others} {...(label === undefined ? {} : { label })} />;
}

/** Something that may be left out altogether. */
function Optional(props: {
  readonly at: 'overflow' | 'lastAgent' | 'accountManager';
  readonly label: string;
  readonly start: () => unknown;
  readonly children: ReactNode;
}) {
  const { value, put } = useField<unknown>(props.at);
  const isOn = value !== null && value !== undefined;
  return (
    <div className="admin-optional is-wide">
      <Check at={props.at} label={props.label} isOn={isOn} onChange={(on) => put(on ? props.start() : null)} />
      {isOn ? <div className="admin-grid">{props.children}</div> : null}
    </div>
  );
}
