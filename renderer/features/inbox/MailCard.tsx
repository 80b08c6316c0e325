import { type ReactNode, useEffect, useId, useState } from 'react';
import type { MailAddressView } from '../../../shared/contracts/messages/conversation.ts';
import { useText } from '../../i18n/index.ts';
import { Avatar, Button, classes } from '../../ui/index.ts';
import { FileList } from './FileList.tsx';
import { MailFrame } from './MailFrame.tsx';
import { MailPage } from './MailPage.tsx';
import { LeftOut, type MessageItemProps, StateOf } from './MessageParts.tsx';
import { authorOf, whenText } from './words.ts';

/** A mail: from whom, to whom, its own form in a frame that can do nothing, what it quotes folded. The last one is open. */
export function MailCard({ below, ...props }: MessageItemProps & { readonly below: ReactNode }) {
  const { message, deeds, ownName, theirName, now, isLast, isPictured } = props;
  const text = useText();
  const { t } = text;
  const [isOpen, setIsOpen] = useState(isLast);
  const [isPlain, setIsPlain] = useState(false);
  const [isQuoteOpen, setIsQuoteOpen] = useState(false);
  const [html, setHtml] = useState<string | null>(null);
  const [height, setHeight] = useState(0);
  const bodyId = useId();
  const { mail } = message;
  const hasHtml = message.html !== null;
  const { fetchHtml } = deeds;

  useEffect(() => {
    if (!isOpen || !hasHtml || html !== null) return;
    let isWanted = true;
    void fetchHtml(message.messageId).then((fetched) => isWanted && fetched !== null && setHtml(fetched));
    return () => {
      isWanted = false;
    };
  }, [isOpen, hasHtml, html, fetchHtml, message.messageId]);

  const from = mail?.from ?? null;
  const author = authorOf(text, message, ownName, theirName);
  const shown = message.files.filter(({ contentId }) => contentId === null || isPlain || !hasHtml || !html?.includes(contentId));
  const title = t('message.mail.frame', { name: author });
  const frame =
    html === null ? null : <MailFrame html={html} title={title} files={message.files} fetchFile={deeds.fetchFile} onHeight={setHeight} />;
  const addresses = [
    [t('message.mail.to'), mail?.to ?? []],
    [t('message.mail.cc'), mail?.cc ?? []],
  ] as const;
  return (
    <div className={classes('mail-card', message.kind === 'out' && 'is-ours')}>
      <header className="mail-head">
        <Avatar name={from?.name ?? author} />
        <button type="button" className="mail-fold" aria-expanded={isOpen} aria-controls={bodyId} onClick={() => setIsOpen(!isOpen)}>
          <span className="row mail-who">
            <span className="medium whole">{from?.name ?? author}</span>
            {from && from.address !== (from.name ?? author) ? <span className="small text-3 cut mail-address">{from.address}</span> : null}
            <span className="push small text-3">
              {whenText(text, message.at, now, 'minute')}
              <StateOf message={message} />
            </span>
          </span>
          {isOpen ? (
            addresses.map(([name, list]) =>
              list.length === 0 ? null : (
                <span key={name} className="small text-3 whole mail-line">
                  {name} {list.map(addressText).join(', ')}
                </span>
              ),
            )
          ) : (
            <span className="small text-2 cut mail-line">{message.text}</span>
          )}
        </button>
      </header>
      {isOpen ? (
        <div id={bodyId} className="mail-body">
          {message.html?.hasRemoteContent && !isPictured && !isPlain ? (
            <div className="mail-pictures small">
              <span className="grow">{t('message.mail.pictures')}</span>
              <Button size="small" onClick={() => deeds.showPictures(message.messageId)}>
                {t('message.mail.showPictures')}
              </Button>
            </div>
          ) : null}
          {hasHtml && html !== null && !isPlain ? (
            isPictured ? (
              <MailPage messageId={message.messageId} title={title} leastHeight={height} openMailPage={deeds.openMailPage} until={frame} />
            ) : (
              frame
            )
          ) : (
            <>
              <p className="message-text mail-text">{message.text}</p>
              {message.quoted === '' ? null : (
                <>
                  <div className="row">
                    <Button size="small" aria-expanded={isQuoteOpen} onClick={() => setIsQuoteOpen(!isQuoteOpen)}>
                      {t('message.quoted')}
                    </Button>
                  </div>
                  {isQuoteOpen ? <blockquote className="message-text mail-quoted text-2">{message.quoted}</blockquote> : null}
                </>
              )}
            </>
          )}
          <FileList files={shown} deeds={deeds} />
          <LeftOut message={message} />
          <div className="row mail-deeds">
            {below}
            <span className="push" />
            {message.kind === 'in' ? (
              <Button size="small" kind="quiet" onClick={() => deeds.saveSource(message.messageId)}>
                {t('message.mail.source')}
              </Button>
            ) : null}
            {hasHtml ? (
              <Button size="small" kind="quiet" onClick={() => setIsPlain(!isPlain)}>
                {t(isPlain ? 'message.mail.layout' : 'message.mail.plain')}
              </Button>
            ) : null}
          </div>
        </div>
      ) : null}
    </div>
  );
}

function addressText({ address, name }: MailAddressView): string {
  return name === null || name === '' ? address : `${name} <${address}>`;
}
