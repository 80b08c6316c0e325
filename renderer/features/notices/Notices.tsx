import { useCallback, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { PersonEdit } from '../../../shared/contracts/record.ts';
import { formatNumber } from '../../../shared/phone-number.ts';
import { dispositionPath, type Text, type TextKey, useText } from '../../i18n/index.ts';
import type { DeskState, Notice, Stores } from '../../stores/index.ts';
import { Button, Toast, ToastStack, type Tone } from '../../ui/index.ts';
import './notices.css';

export interface NoticesProps {
  readonly stores: Stores;
  onDiscardDraft(interactionId: string): void;
  onUndoEdit(notice: Extract<Notice, { kind: 'recordEdited' }>): void;
  onAvailable(): void;
}

export function Notices({ stores, ...deeds }: NoticesProps) {
  const notices = useStore(stores.notices);
  return (
    <ToastStack>
      {notices.map((notice) => (
        <NoticeToast key={notice.id} stores={stores} notice={notice} {...deeds} />
      ))}
    </ToastStack>
  );
}

/** They are there until somebody has seen them. */
const staying: ReadonlySet<Notice['kind']> = new Set(['microphone', 'draftLeft', 'parked', 'lockedAway', 'hotKeysTaken']);

function NoticeToast({ stores, notice, onDiscardDraft, onUndoEdit, onAvailable }: NoticesProps & { readonly notice: Notice }) {
  const text = useText();
  const desk = useStore(stores.desk);
  const close = useCallback(() => stores.notices.setState((all) => all.filter((each) => each.id !== notice.id), true), [stores, notice.id]);
  const { tone, title, detail } = wordsOf(text, desk, notice);
  return (
    <Toast
      tone={tone}
      title={title}
      text={detail}
      closeLabel={text.t('notice.close')}
      onClose={close}
      lastsMs={staying.has(notice.kind) ? null : 8_000}
    >
      {notice.kind === 'draftLeft' ? (
        <LeftDraftText
          text={notice.text}
          onDiscard={() => {
            onDiscardDraft(notice.interactionId);
            close();
          }}
        />
      ) : null}
      {notice.kind === 'lockedAway' ? (
        <div className="row notice-deeds">
          <Button
            size="small"
            onClick={() => {
              onAvailable();
              close();
            }}
          >
            {text.t('notice.lockedAwayBack')}
          </Button>
        </div>
      ) : null}
      {notice.kind === 'recordEdited' ? (
        <div className="row notice-deeds">
          <Button
            size="small"
            onClick={() => {
              onUndoEdit(notice);
              close();
            }}
          >
            {text.t('notice.undo')}
          </Button>
        </div>
      ) : null}
    </Toast>
  );
}

/** The text itself, to be copied to where it belongs or thrown away. Closing the notice keeps it for the next sign-in. */
function LeftDraftText({ text, onDiscard }: { readonly text: string; onDiscard(): void }) {
  const { t } = useText();
  const words = useRef<HTMLParagraphElement>(null);
  const [isCopied, setIsCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setIsCopied(true),
      // The browser forbids it: the text is marked, Ctrl C does the rest.
      () => words.current && getSelection()?.selectAllChildren(words.current),
    );
  return (
    <>
      <p className="left-draft" ref={words}>
        {text}
      </p>
      <div className="row">
        <Button size="small" onClick={copy}>
          {isCopied ? t('notice.draftLeft.copied') : t('notice.draftLeft.copy')}
        </Button>
        <Button size="small" kind="quiet" onClick={onDiscard}>
          {t('notice.draftLeft.discard')}
        </Button>
      </div>
    </>
  );
}

/** Which facts, by the names they have on the page. */
function editedNames({ t, formats }: Text, fields: PersonEdit): string {
  const { custom, ...plain } = fields;
  const names = (Object.keys(plain) as (keyof typeof plain)[]).map((name) => t(`record.field.${name}`));
  return [...names, ...(custom ? [t('record.custom')] : [])].join(formats.language === 'zh' ? '、' : ', ');
}

/** What was typed and not taken, so that it is not lost. */
function editedValues({ custom, ...plain }: PersonEdit): string {
  return [...Object.values(plain), ...Object.values(custom ?? {})].map((value) => String(value ?? '–')).join(', ');
}

const superviseRefusals: ReadonlyMap<string, TextKey> = new Map(
  (['not_found', 'conflict', 'device_unreachable', 'forbidden'] as const).map((code) => [code, `supervise.refused.${code}`]),
);

function wordsOf({ t, formats }: Text, desk: DeskState, notice: Notice): { tone: Tone; title: string; detail: string } {
  switch (notice.kind) {
    case 'offerEnded': {
      const isOurs = notice.cause === 'deviceUnreachable' || notice.cause === 'mediaFailed' || notice.cause === 'shutdown';
      const tone = isOurs ? 'broken' : notice.cause === 'noAnswer' ? 'waiting' : 'away';
      const { cause, name } = notice;
      // What is written needs no sound, and a restart is the same for all.
      if (notice.isWritten && cause !== 'mediaFailed' && cause !== 'shutdown')
        return { tone, title: t(`notice.written.${cause}`, { name }), detail: t(`notice.written.${cause}Text`) };
      return { tone, title: t(`notice.${cause}`, { name }), detail: t(`notice.${cause}Text`) };
    }
    case 'notReached':
      return { tone: 'away', title: t('notice.notReached', { name: notice.name }), detail: t('notice.notReachedText') };
    case 'completedAutomatically': {
      const outcome = dispositionPath(formats.language, desk.dispositions, notice.dispositionCode).at(-1) ?? notice.dispositionCode;
      return {
        tone: 'finishing',
        title: t('notice.completedAutomatically', { name: notice.name }),
        detail: t('notice.completedAutomaticallyText', { outcome }),
      };
    }
    case 'recordEdited':
      return {
        tone: 'ready',
        title: t('notice.recordEdited', { name: notice.name }),
        detail: editedNames({ t, formats }, notice.before),
      };
    case 'editConflict':
      return {
        tone: 'waiting',
        title: t('notice.editConflict', { name: notice.name }),
        detail: t('notice.editConflictText', { typed: editedValues(notice.fields) }),
      };
    case 'notDialled':
      return {
        tone: 'broken',
        title: t('notice.notDialled', { number: formatNumber(notice.number, desk.organisation?.homeCountry ?? '') }),
        detail: t(`dial.refused.${notice.why}`),
      };
    case 'markedShared':
      return {
        tone: 'ready',
        title: t('notice.markedShared', { number: formatNumber(notice.number, desk.organisation?.homeCountry ?? '') }),
        detail: t('notice.markedSharedText'),
      };
    case 'merged':
      return { tone: 'ready', title: t('notice.merged', { kept: notice.kept, absorbed: notice.absorbed }), detail: t('notice.mergedText') };
    case 'flowPublished':
      return { tone: 'ready', title: t('flows.publish.done', { name: notice.name, version: notice.version }), detail: '' };
    case 'configurationSaved':
      return {
        tone: 'ready',
        title: t('notice.configurationSaved', { revision: notice.revision }),
        detail: t('notice.configurationSavedText'),
      };
    case 'commandFailed':
      return {
        tone: 'broken',
        title: t('notice.commandFailed'),
        detail: t(notice.why === undefined ? `failure.${notice.code}` : `refused.${notice.why}`),
      };
    case 'parked':
      return {
        tone: 'waiting',
        title: t('notice.parked', { name: notice.name, slot: notice.slot }),
        detail: t('notice.parkedText'),
      };
    case 'unreached':
      return { tone: 'away', title: t('notice.unreached', { name: notice.name }), detail: t(`notice.unreached.${notice.why}`) };
    case 'notSupervising':
      return { tone: 'broken', title: t('supervise.refused'), detail: t(superviseRefusals.get(notice.code) ?? `failure.${notice.code}`) };
    case 'workGone':
      return { tone: 'away', title: t('notice.workGone', { name: notice.name }), detail: t(`notice.workGone.${notice.why}`) };
    case 'draftLeft':
      return { tone: 'waiting', title: t('notice.draftLeft'), detail: t('notice.draftLeftText') };
    case 'microphone':
      return { tone: 'broken', title: t(`notice.microphone.${notice.state}`), detail: t('notice.microphoneText') };
    case 'hotKeysTaken':
      return {
        tone: 'waiting',
        title: t('notice.hotKeysTaken', { keys: notice.keys.join(', ').replaceAll('Control', 'Ctrl').replaceAll('+', ' ') }),
        detail: t('notice.hotKeysTakenText'),
      };
    case 'lockedAway':
      return { tone: 'away', title: t('notice.lockedAway'), detail: t('notice.lockedAwayText') };
    case 'soundDevice': {
      const how = notice.isBack ? 'back' : 'gone';
      return {
        tone: notice.isBack ? 'ready' : 'waiting',
        title: t(`notice.soundDevice.${how}`, { name: notice.name }),
        detail: t(`notice.soundDevice.${how}Text`),
      };
    }
  }
}
