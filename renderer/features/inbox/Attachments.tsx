import { Paperclip, X } from 'lucide-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { LoginFailure, Stores } from '../../stores/index.ts';
import { classes, IconButton } from '../../ui/index.ts';
import type { InboxDeeds } from './deeds.ts';

export interface AttachmentsProps {
  readonly stores: Stores;
  readonly deeds: Pick<InboxDeeds, 'dropFile'>;
  readonly interactionId: string;
  readonly fileIds: readonly string[];
}

/** The files of what is being written: those that are there, and those on their way. */
export function Attachments({ stores, deeds, interactionId, fileIds }: AttachmentsProps) {
  const text = useText();
  const { t } = text;
  const attached = useStore(stores.inbox, (inbox) => inbox.attached);
  const coming = useStore(stores.inbox, (inbox) => inbox.files[interactionId]) ?? [];
  if (fileIds.length + coming.length === 0) return null;
  return (
    <ul className="attachments">
      {fileIds.map((fileId) => {
        const file = attached[fileId];
        const name = file?.name ?? fileId;
        return (
          <li key={fileId} className="attachment">
            <Paperclip className="icon icon-small text-3" aria-hidden="true" />
            <span className="cut">{name}</span>
            <span className="small text-3 nowrap">{file ? text.formats.size(file.bytes) : ''}</span>
            <IconButton icon={X} label={t('composer.remove', { name })} onClick={() => deeds.dropFile(interactionId, fileId)} />
          </li>
        );
      })}
      {coming.map(({ uploadId, name, bytes, sentBytes, failed }) => (
        <li key={uploadId} className={classes('attachment', failed !== null && 'is-failed')}>
          <Paperclip className="icon icon-small text-3" aria-hidden="true" />
          {failed === null ? (
            <>
              <span className="cut">{name}</span>
              <progress max={Math.max(1, bytes)} value={sentBytes} aria-label={name} />
              <span className="small text-3 figures nowrap">
                {t('composer.sending', { percent: Math.floor((100 * sentBytes) / Math.max(1, bytes)) })}
              </span>
            </>
          ) : (
            <span className="small tone-broken whole">
              {t('composer.fileFailed', { name, why: failed === 'too_large' ? '' : t(`failure.${failed as LoginFailure}`) })}
            </span>
          )}
          <IconButton icon={X} label={t('composer.remove', { name })} onClick={() => deeds.dropFile(interactionId, uploadId)} />
        </li>
      ))}
    </ul>
  );
}

export interface FilePlaceProps {
  readonly className: string;
  onFiles(files: readonly File[]): void;
  children(choose: () => void): ReactNode;
}

/** Where files are dropped and pasted; `choose` opens the computer's own choice. */
export function FilePlace({ className, onFiles, children }: FilePlaceProps) {
  const { t } = useText();
  const [isOver, setIsOver] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping and pasting are short ways; the button does the same.
    <div
      className={classes(className, isOver && 'is-over')}
      data-drop={t('composer.drop')}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
      onPasteCapture={(event) => {
        const files = [...event.clipboardData.files];
        if (files.length === 0) return;
        event.preventDefault();
        onFiles(files);
      }}
    >
      <input
        ref={field}
        type="file"
        multiple
        className="sr-only"
        tabIndex={-1}
        aria-hidden="true"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = '';
        }}
      />
      {children(() => field.current?.click())}
    </div>
  );
}
