import { BookOpen, Paperclip, Zap } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Composed } from '../../../shared/contracts/messages/conversation.ts';
import type { WrittenWork } from '../../../shared/contracts/messages/inbox.ts';
import type { MessageTemplate } from '../../../shared/contracts/messages/settings.ts';
import { fillTemplate } from '../../../shared/fill-template.ts';
import { countSms } from '../../../shared/sms-segments.ts';
import { useText } from '../../i18n/index.ts';
import { type Drafts, hasWords, readComposed, type Stores } from '../../stores/index.ts';
import { type Action, Button, classes, IconButton, Kbd } from '../../ui/index.ts';
import { Attachments, FilePlace } from './Attachments.tsx';
import { CardNumberWarning } from './CardNumberWarning.tsx';
import { ComposerFrame } from './ComposerFrame.tsx';
import { DraftState } from './DraftState.tsx';
import type { InboxDeeds } from './deeds.ts';
import type { FittingAnswers } from './FittingAnswers.tsx';
import { pickQuickReplies, typedAfterSlash } from './pick-quick-reply.ts';
import { QuickFind, QuickReplies, useQuickKeys } from './QuickReplies.tsx';

export interface ComposerProps {
  readonly stores: Stores;
  readonly deeds: InboxDeeds;
  readonly written: Drafts;
  readonly work: WrittenWork;
  readonly theirName: string;
  /** Message or note. */
  readonly switcher: ReactNode;
  readonly answers: FittingAnswers;
  /** Opens the knowledge base beside it. */
  readonly lookUp: Action;
}

const longestText = 10_000;
const fitsShown = 3;

/** The key is the tip's: where one writes there is no room for it. */
export function LookUp({ action }: { readonly action: Action }) {
  const { t } = useText();
  return (
    <IconButton
      icon={BookOpen}
      label={t('knowledge.title')}
      shortcut={action.shortcut}
      disabled={!action.isEnabled}
      onClick={action.perform}
    />
  );
}

/** Where a chat or a text message is written. Plain text; Enter sends a chat, Ctrl Enter a text message. */
export function Composer({ stores, deeds, written, work, theirName, switcher, answers, lookUp }: ComposerProps) {
  const { t, formats } = useText();
  const { interactionId, conversation } = work;
  const { channel, locale } = conversation;
  const draft = useStore(written.store, (all) => all[interactionId]);
  const composed = useMemo(() => readComposed(draft?.text), [draft?.text]);
  const templates = useStore(stores.inbox, (inbox) => inbox.templates);
  const isPicking = useStore(stores.inbox, ({ panel }) => panel?.kind === 'quickReplies' && panel.interactionId === interactionId);
  const field = useRef<HTMLTextAreaElement>(null);
  const caretAfter = useRef<readonly [number, number] | null>(null);
  const [slash, setSlash] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const sendsBy = channel === 'chat' ? 'Enter' : 'Ctrl+Enter';
  const isStopped = conversation.isStopped;
  const mayWrite = !isStopped;

  const edit = (change: Partial<Composed>) => deeds.edit(interactionId, { ...composed, ...change });
  const found = useMemo(() => {
    if (slash === null && !isPicking) return null;
    return pickQuickReplies(templates ?? [], channel, slash ?? typed, formats.language);
  }, [slash, isPicking, typed, templates, channel, formats.language]);

  const closePicker = () => {
    setSlash(null);
    setTyped('');
    if (isPicking) deeds.open(null);
  };
  const put = (template: MessageTemplate) => {
    const { text, gaps } = fillTemplate(template.text[locale], deeds.fieldsOf(interactionId, locale));
    const caret = field.current?.selectionStart ?? composed.text.length;
    const from = slash === null ? caret : caret - slash.length - 1;
    edit({ text: `${composed.text.slice(0, from)}${text}${composed.text.slice(caret)}` });
    // What nobody knew is marked, to be written over.
    const gap = gaps[0];
    caretAfter.current = gap ? [from + gap.from, from + gap.to] : [from + text.length, from + text.length];
    closePicker();
    field.current?.focus();
  };
  const quick = useQuickKeys(found, put, closePicker);

  // biome-ignore lint/correctness/useExhaustiveDependencies: after the text is drawn
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
    if (!caretAfter.current) return;
    element.setSelectionRange(...caretAfter.current);
    caretAfter.current = null;
  }, [composed.text]);

  const mayLeave = mayWrite && hasWords(composed);
  const send = () => {
    if (mayLeave) deeds.send(interactionId);
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (quick.keyed(event)) return;
    const isSend =
      channel === 'chat'
        ? event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.altKey
        : event.key === 'Enter' && event.ctrlKey;
    // With nothing to send, Ctrl Enter finishes the conversation as it does elsewhere.
    if (!isSend || (channel !== 'chat' && !mayLeave)) return;
    event.preventDefault();
    send();
  };
  const fits = (templates ?? []).filter(({ channels }) => channels.includes(channel)).slice(0, fitsShown);
  const count = channel === 'sms' ? countSms(composed.text) : null;

  const quickOnes =
    fits.length > 0 && mayWrite ? (
      <>
        <span className="small text-3 nowrap">{t('composer.fits')}</span>
        {fits.map((template) => (
          <button key={template.id} type="button" className="fit cut" onClick={() => put(template)}>
            {template.name[formats.language]}
          </button>
        ))}
      </>
    ) : null;

  return (
    <ComposerFrame answers={answers} otherwise={quickOnes}>
      {isStopped ? <p className="composer-stopped small">{t('inbox.stopped')}</p> : null}
      <FilePlace className="composer-box" onFiles={(files) => deeds.attach(interactionId, files)}>
        {(choose) => (
          <>
            {found ? (
              <QuickReplies
                {...{ found, locale }}
                id={quick.id}
                atHand={quick.atHand}
                fields={deeds.fieldsOf(interactionId, locale)}
                onChoose={put}
              />
            ) : null}
            {isPicking ? <QuickFind {...{ typed, quick }} onType={setTyped} onClose={closePicker} /> : null}
            <textarea
              ref={field}
              rows={2}
              data-place="composer"
              data-own-keys={channel === 'chat' || !mayLeave ? undefined : 'Ctrl+Enter'}
              className="composer-text"
              aria-label={t('composer.label.chat', { name: theirName })}
              aria-controls={slash === null ? undefined : quick.id}
              aria-activedescendant={slash === null ? undefined : quick.activeId}
              aria-keyshortcuts={sendsBy.replace('Ctrl', 'Control')}
              placeholder={t('composer.placeholder.chat', { name: theirName })}
              maxLength={longestText}
              disabled={!mayWrite}
              value={composed.text}
              onChange={({ target, nativeEvent }) => {
                edit({ text: target.value });
                if (!(nativeEvent as InputEvent).isComposing) setSlash(typedAfterSlash(target.value, target.selectionStart));
                quick.begin();
                if (channel === 'chat' && target.value !== '') deeds.typing(interactionId);
              }}
              onBlur={() => setSlash(null)}
              onFocus={deeds.loadTemplates}
              onKeyDown={keyed}
            />
            <CardNumberWarning text={composed.text} />
            <Attachments {...{ stores, deeds, interactionId }} fileIds={composed.fileIds} />
            <div className="composer-foot">
              {switcher}
              {channel === 'chat' ? (
                <IconButton icon={Paperclip} label={t('composer.attach')} disabled={!mayWrite} onClick={choose} />
              ) : null}
              <IconButton
                icon={Zap}
                label={t('composer.quick')}
                aria-expanded={isPicking}
                disabled={!mayWrite}
                onClick={() => {
                  deeds.loadTemplates();
                  deeds.open(isPicking ? null : { kind: 'quickReplies', interactionId });
                }}
              />
              <LookUp action={lookUp} />
              <DraftState draft={draft} />
              <span className="push" />
              {count && count.segments > 0 ? (
                <span
                  className={classes('small figures nowrap', count.segments > 3 ? 'tone-waiting' : 'text-3')}
                  title={
                    count.outside.length > 0 ? t('composer.smsOutside', { characters: count.outside.slice(0, 12).join(' ') }) : undefined
                  }
                >
                  {t(count.encoding === 'ucs2' ? 'composer.smsUnicode' : 'composer.sms', { left: count.left, count: count.segments })}
                </span>
              ) : (
                <span className="small text-3 nowrap composer-hint" aria-hidden="true">
                  <Kbd keys="/" /> {t('composer.quickHint')}
                </span>
              )}
              <Button kind="primary" size="small" shortcut={sendsBy} disabled={!mayLeave} onClick={send}>
                {t('composer.send')}
              </Button>
            </div>
          </>
        )}
      </FilePlace>
    </ComposerFrame>
  );
}
