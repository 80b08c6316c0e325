import { Download, FileText, Paperclip } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { useText } from '../../i18n/index.ts';
import { Button, Chip, classes, IconButton, Section } from '../../ui/index.ts';
import type { OpenProps } from './RecordPage.tsx';

const answerTones = { accepted: 'ready', declined: 'away', noInterest: 'away' } as const;

/** What was attached, written down and offered. */
export function Files({ page, deeds, actions, mayWrite, now }: OpenProps) {
  const { t, formats } = useText();
  const [isOver, setIsOver] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const offer = actions['record.offer'];
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    if (mayWrite) deeds.attach([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the pointer's short way; the button does the same.
    <div
      className={classes('record-files', isOver && 'is-over')}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(mayWrite);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <Section
        title={t('record.attachments')}
        more={
          mayWrite ? (
            <>
              <input
                ref={field}
                type="file"
                multiple
                className="sr-only"
                tabIndex={-1}
                aria-hidden="true"
                onChange={({ target }) => {
                  deeds.attach([...(target.files ?? [])]);
                  target.value = '';
                }}
              />
              <Button size="small" icon={Paperclip} onClick={() => field.current?.click()}>
                {t('record.attach')}
              </Button>
            </>
          ) : undefined
        }
      >
        {page.attachments.length === 0 ? <p className="text-2">{t('record.noAttachments')}</p> : null}
        <ul className="list">
          {page.attachments.map((file) => (
            <li key={file.attachmentId}>
              <FileText className="icon" aria-hidden="true" />
              <span className="grow">
                <span className="whole">{file.name}</span>
                <span className="small text-3 holdings-more">
                  {formats.size(file.bytes)} · {formats.pair(file.addedBy, formats.date(file.addedAt))}
                </span>
              </span>
              <IconButton
                icon={Download}
                label={t('record.download', { name: file.name })}
                onClick={() => deeds.download(file.attachmentId)}
              />
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title={t('record.offers')}
        more={
          mayWrite ? (
            <Button size="small" shortcut={offer.shortcut} disabled={!offer.isEnabled} onClick={offer.perform}>
              {t('record.recordOffer')}
            </Button>
          ) : undefined
        }
      >
        {page.offers.length === 0 ? <p className="text-2">{t('record.noOffers')}</p> : null}
        <ul className="list">
          {page.offers.map((each) => (
            <li key={each.offerId}>
              <span className="list-date">{formats.date(each.madeAt)}</span>
              <span className="grow">
                <span className="whole">{each.name}</span>
                <span className="small text-3 holdings-more">
                  {t(`record.channel.${each.channel}`)} · {each.madeBy}
                  {each.remark ? ` · ${each.remark}` : ''}
                </span>
              </span>
              {each.answer === null && mayWrite ? (
                <span className="row">
                  {(['accepted', 'declined', 'noInterest'] as const).map((answer) => (
                    <Button
                      key={answer}
                      size="small"
                      onClick={() =>
                        void deeds.recordOffer({
                          offerId: each.offerId,
                          name: each.name,
                          channel: each.channel,
                          answer,
                          remark: each.remark,
                        })
                      }
                    >
                      {t(`record.offer.${answer}`)}
                    </Button>
                  ))}
                </span>
              ) : (
                <Chip tone={each.answer === null ? 'waiting' : answerTones[each.answer]}>
                  {each.answer === null ? t('record.offer.open') : t(`record.offer.${each.answer}`)}
                </Chip>
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('customer.notes')}>
        {page.notes.length === 0 ? <p className="text-2">{t('record.noNotes')}</p> : null}
        <ul>
          {page.notes.map((note) => (
            <li key={note.noteId} className="record-note-line">
              <p className="whole record-note-text">{note.text}</p>
              <p className="small text-3">{formats.pair(note.author, formats.dateOrTime(note.at, now))}</p>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
