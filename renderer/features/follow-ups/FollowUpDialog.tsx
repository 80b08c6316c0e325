import { type FormEvent, type KeyboardEvent, type RefObject, useRef } from 'react';
import { useStore } from 'zustand';
import { formatNumber } from '../../../shared/phone-number.ts';
import { useText } from '../../i18n/index.ts';
import { canStore, type FollowUpForm, followUpKinds, type Stores, usualTimes } from '../../stores/index.ts';
import { Button, Dialog, Field, Segments, Select, useMinute } from '../../ui/index.ts';
import type { FollowUpDeeds } from './deeds.ts';
import { momentOf } from './words.ts';
import './follow-ups.css';

export interface FollowUpDialogProps {
  readonly stores: Stores;
  readonly deeds: FollowUpDeeds;
}

const minute = 60_000;
const spans = [30, 60, 120, 240] as const;

/** A callback, a promise or a task for one customer. What speaks against it is said here, and what was typed stays. */
export function FollowUpDialog({ stores, deeds }: FollowUpDialogProps) {
  const { t } = useText();
  const form = useStore(stores.followUps, (state) => state.form);
  const words = useRef<HTMLInputElement>(null);
  const isBusy = useStore(stores.view, (view) => view.pending.includes('followUp'));
  if (!form) return null;
  const isDoubtful = form.doubts.length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canStore(form) && !isBusy) void (form.standing ? deeds.moveStanding() : deeds.store(isDoubtful));
  };
  // The contact beneath is not finished by the key that ends this.
  const keyed = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== 'Enter' || !event.ctrlKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.currentTarget.requestSubmit();
  };
  const title = t(form.callbackId === null ? 'followUp.title' : 'followUp.moveTitle', { name: form.name });
  return (
    <Dialog title={title} isOpen onClose={deeds.close} initialFocus={words}>
      <form className="follow-up-frame" noValidate data-own-keys="Ctrl+Enter" onKeyDown={keyed} onSubmit={submit}>
        <div className="dialog-body follow-up-form">
          <Fields stores={stores} deeds={deeds} form={form} words={words} />
          <Said stores={stores} form={form} />
        </div>
        <div className="dialog-footer">
          <Button onClick={deeds.close}>{t('followUp.leave')}</Button>
          <Button kind="primary" type="submit" shortcut="Ctrl+Enter" disabled={!canStore(form) || isBusy}>
            {t(form.standing ? 'followUp.moveHere' : isDoubtful ? 'followUp.allTheSame' : `followUp.store.${form.kind}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Fields(props: FollowUpDialogProps & { readonly form: FollowUpForm; readonly words: RefObject<HTMLInputElement | null> }) {
  const { stores, deeds, form, words } = props;
  const { t, formats } = useText();
  const now = useMinute(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const mayCall = useStore(stores.desk, (desk) => desk.user?.rights.includes('call:dial-out') === true);
  const homeCountry = useStore(stores.desk, (desk) => desk.organisation?.homeCountry ?? '');
  const { kind, text, at, withinMs, number, numbers, to, contactId, callbackId } = form;
  const kinds = followUpKinds.filter((each) => (each === 'callback' ? mayCall : contactId !== null));
  const isMoving = callbackId !== null;
  const within = spans.some((each) => each * minute === withinMs) ? spans : [...spans, Math.round(withinMs / minute)];
  return (
    <>
      {isMoving || kinds.length < 2 ? null : (
        <Segments
          label={t('followUp.kind')}
          value={kind}
          onChange={(chosen) => deeds.change({ kind: chosen })}
          segments={kinds.map((value) => ({ value, label: t(`followUp.${value}`) }))}
        />
      )}
      <Field
        ref={words}
        label={t(`followUp.text.${kind}`)}
        value={text}
        required
        readOnly={isMoving}
        maxLength={kind === 'task' ? 300 : 500}
        onChange={({ target }) => deeds.change({ text: target.value })}
      />
      <div className="follow-up-row">
        <Field
          label={t('followUp.when')}
          type="datetime-local"
          value={at === null ? '' : localInput(at)}
          required={kind !== 'task'}
          onChange={({ target }) => deeds.change({ at: target.value === '' ? null : new Date(target.value).getTime() })}
        />
        {kind === 'callback' ? (
          <Select
            label={t('followUp.within')}
            value={String(Math.round(withinMs / minute))}
            choices={within.map((each) => ({ value: String(each), label: formats.span(each * minute) }))}
            onChange={(chosen) => deeds.change({ withinMs: Number(chosen) * minute })}
          />
        ) : null}
      </div>
      <fieldset className="follow-up-times" aria-label={t('followUp.usual')}>
        {usualTimes(now).map(({ name, at: usual }) => (
          <Button key={name} size="small" kind="quiet" aria-pressed={at === usual} onClick={() => deeds.change({ at: usual })}>
            {t(`followUp.time.${name}`, { time: formats.time(usual), day: formats.date(usual) })}
          </Button>
        ))}
      </fieldset>
      {kind === 'callback' && !isMoving ? (
        <div className="follow-up-row">
          {numbers.length > 1 ? (
            <Select
              label={t('followUp.number')}
              value={number}
              choices={numbers.map((value) => ({ value, label: formatNumber(value, homeCountry) }))}
              onChange={(chosen) => deeds.change({ number: chosen })}
            />
          ) : (
            <Field
              label={t('followUp.number')}
              type="tel"
              value={number}
              maxLength={64}
              onChange={({ target }) => deeds.change({ number: target.value })}
            />
          )}
          <Select
            label={t('followUp.who')}
            value={to}
            choices={(['me', 'queue'] as const).map((value) => ({ value, label: t(`followUp.to.${value}`) }))}
            onChange={(chosen) => deeds.change({ to: chosen })}
          />
        </div>
      ) : null}
      {kind === 'callback' ? <p className="small text-3">{t(to === 'me' ? 'followUp.explain.me' : 'followUp.explain.queue')}</p> : null}
    </>
  );
}

/** What the bridge had to say. */
function Said({ stores, form }: { readonly stores: Stores; readonly form: FollowUpForm }) {
  const { t, formats } = useText();
  const now = useMinute(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const { doubts, standing, refused } = form;
  const words = [
    ...doubts.map((doubt) => t(`followUp.doubt.${doubt}`, { name: form.name })),
    ...(standing
      ? [
          t(standing.state === 'inLine' ? 'followUp.standingInLine' : 'followUp.standing', {
            ...{ name: form.name, text: standing.text, by: standing.madeBy },
            when: momentOf(formats, standing.at, now),
          }),
        ]
      : []),
    ...(refused === null ? [] : [refusalText(t, refused)]),
  ];
  return (
    <div className={refused === null ? 'follow-up-said tone-waiting' : 'follow-up-said tone-broken'} role="alert">
      {words.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

function refusalText(t: ReturnType<typeof useText>['t'], why: NonNullable<FollowUpForm['refused']>): string {
  switch (why) {
    case 'noNumber':
    case 'past':
    case 'tooFar':
      return t(`followUp.refused.${why}`);
    case 'notANumber':
    case 'blocked':
    case 'notAllowed':
    case 'premium':
    case 'agentHourlyCap':
    case 'organisationHourlyCap':
    case 'tooManyAtOnce':
    case 'noTrunk':
    case 'notFree':
    case 'noMedia':
      return t(`dial.refused.${why}`);
    default:
      return t(`failure.${why}`);
  }
}

/** As `datetime-local` wants it, on this computer's clock. */
function localInput(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * minute).toISOString().slice(0, 16);
}
