import { useCallback } from 'react';
import { useStore } from 'zustand';
import { dispositionPath, type Text, useText } from '../../i18n/index.ts';
import type { DeskState, Notice, Stores } from '../../stores/index.ts';
import { Toast, ToastStack, type Tone } from '../../ui/index.ts';

export function Notices({ stores }: { readonly stores: Stores }) {
  const notices = useStore(stores.notices);
  return (
    <ToastStack>
      {notices.map((notice) => (
        <NoticeToast key={notice.id} stores={stores} notice={notice} />
      ))}
    </ToastStack>
  );
}

function NoticeToast({ stores, notice }: { readonly stores: Stores; readonly notice: Notice }) {
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
      lastsMs={notice.kind === 'microphone' ? null : 8_000}
    />
  );
}

function wordsOf({ t, formats }: Text, desk: DeskState, notice: Notice): { tone: Tone; title: string; detail: string } {
  switch (notice.kind) {
    case 'offerEnded': {
      const isOurs = notice.cause === 'deviceUnreachable' || notice.cause === 'mediaFailed' || notice.cause === 'shutdown';
      return {
        tone: isOurs ? 'broken' : notice.cause === 'noAnswer' ? 'waiting' : 'away',
        title: t(`notice.${notice.cause}`, { name: notice.name }),
        detail: t(`notice.${notice.cause}Text`),
      };
    }
    case 'completedAutomatically': {
      const outcome = dispositionPath(formats.language, desk.dispositions, notice.dispositionCode).at(-1) ?? notice.dispositionCode;
      return {
        tone: 'finishing',
        title: t('notice.completedAutomatically', { name: notice.name }),
        detail: t('notice.completedAutomaticallyText', { outcome }),
      };
    }
    case 'commandFailed':
      return { tone: 'broken', title: t('notice.commandFailed'), detail: t(`failure.${notice.code}`) };
    case 'microphone':
      return { tone: 'broken', title: t(`notice.microphone.${notice.state}`), detail: t('notice.microphoneText') };
  }
}
