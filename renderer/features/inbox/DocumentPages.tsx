import { FileWarning } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { MessageFile } from '../../../shared/contracts/messages/conversation.ts';
import { useText } from '../../i18n/index.ts';
import { Button, EmptyState, type PageSource, PageViewer } from '../../ui/index.ts';
import type { InboxDeeds } from './deeds.ts';
import './document-pages.css';

export interface DocumentPagesProps {
  readonly file: MessageFile;
  readonly deeds: Pick<InboxDeeds, 'openPages' | 'saveFile'>;
}

/** A fax, a letter or a form, page by page, as high as the room that it is given. */
export function DocumentPages({ file, deeds }: DocumentPagesProps) {
  const text = useText();
  const { fileId, mediaType } = file;
  const { openPages } = deeds;
  const [source, setSource] = useState<PageSource | 'loading' | 'failed'>('loading');
  useEffect(() => {
    let isWanted = true;
    let opened: PageSource | null = null;
    setSource('loading');
    void openPages({ fileId, mediaType }).then((pages) => {
      if (!isWanted) return pages?.close();
      opened = pages;
      setSource(pages ?? 'failed');
    });
    return () => {
      isWanted = false;
      opened?.close();
    };
  }, [fileId, mediaType, openPages]);

  const save = () => deeds.saveFile(file);
  if (source === 'loading')
    return (
      <p className="document-loading small text-3" role="status">
        {text.t('document.loading')}
      </p>
    );
  if (source === 'failed')
    return (
      <EmptyState icon={FileWarning} title={text.t('document.failed')} action={<Button onClick={save}>{text.t('document.save')}</Button>}>
        {text.t('document.failed.hint')}
      </EmptyState>
    );
  return (
    <PageViewer
      source={source}
      onSave={save}
      words={{
        name: file.name,
        pages: text.t('document.pages'),
        previous: text.t('document.previous'),
        next: text.t('document.next'),
        zoomIn: text.t('document.zoomIn'),
        zoomOut: text.t('document.zoomOut'),
        fitWidth: text.t('document.fitWidth'),
        rotate: text.t('document.rotate'),
        save: text.t('document.save'),
        find: text.t('document.find'),
        notFound: text.t('document.notFound'),
        broken: text.t('document.pageBroken'),
        page: (number) => text.t('document.page', { number }),
        pageOf: (number, count) => text.t('document.pageOf', { number, count }),
      }}
    />
  );
}
