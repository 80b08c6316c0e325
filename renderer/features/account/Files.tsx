import { Download, FileText, Plus } from 'lucide-react';
import { useRef } from 'react';
import { useText } from '../../i18n/index.ts';
import { IconButton, Section } from '../../ui/index.ts';
import type { PartProps } from './Account.tsx';

/** Contracts, plans and the like of the company: taken along, and added by who looks after it. */
export function Files({ page, deeds, isReadOnly }: Pick<PartProps, 'page' | 'deeds' | 'isReadOnly'>) {
  const { t, formats } = useText();
  const field = useRef<HTMLInputElement>(null);
  return (
    <Section
      title={t('account.files')}
      more={
        isReadOnly ? undefined : (
          <>
            <input
              ref={field}
              type="file"
              multiple
              className="sr-only"
              tabIndex={-1}
              aria-hidden="true"
              onChange={({ target }) => {
                void deeds.attach([...(target.files ?? [])]);
                target.value = '';
              }}
            />
            <IconButton icon={Plus} label={t('account.attach')} onClick={() => field.current?.click()} />
          </>
        )
      }
    >
      {page.attachments.length === 0 ? <p className="text-3">{t('account.filesNone')}</p> : null}
      <ul className="list">
        {page.attachments.map((file) => (
          <li key={file.attachmentId}>
            <FileText className="icon" aria-hidden="true" />
            <span className="whole">{file.name}</span>
            <span className="list-end">{formats.date(file.addedAt)}</span>
            <IconButton icon={Download} label={t('account.download', { name: file.name })} onClick={() => void deeds.download(file)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
