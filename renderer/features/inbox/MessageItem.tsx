import { Info } from 'lucide-react';
import { memo, Suspense } from 'react';
import { useText } from '../../i18n/index.ts';
import { Button, classes, onDemand } from '../../ui/index.ts';
import { FileList } from './FileList.tsx';
import { LeftOut, type MessageItemProps, StateOf } from './MessageParts.tsx';
import { authorOf, eventSentence, whenText } from './words.ts';

const MailCard = onDemand(async () => ({ default: (await import('./MailCard.tsx')).MailCard }));

/**
 * One message, note or event, as its channel shows such. All that others wrote is text here, never markup. Drawn anew only when something of it
 * changes: a line that comes into a chat of a hundred draws itself.
 */
export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  const { message, channel, now } = props;
  const text = useText();
  if (message.kind === 'event')
    return <p className="message-event small text-3">{text.formats.pair(eventSentence(text, message), whenText(text, message.at, now))}</p>;
  if (message.kind === 'note') return <Note {...props} />;
  if (channel === 'email' || message.mail !== null)
    return (
      <Suspense fallback={<div className="mail-card is-coming" />}>
        <MailCard {...props} below={<Sent {...props} />} />
      </Suspense>
    );
  return <Bubble {...props} />;
});

function Note({ message, ownName, theirName, now }: MessageItemProps) {
  const text = useText();
  return (
    <div className="message-note">
      <Info className="icon icon-small" aria-hidden="true" />
      <div className="grow">
        <span className="medium">{text.t('message.teamOnly')}</span>
        {text.formats.gap}
        <span className="message-text">{message.text}</span>
        <div className="micro text-3 figures">
          {text.formats.pair(authorOf(text, message, ownName, theirName), whenText(text, message.at, now))}
        </div>
      </div>
    </div>
  );
}

function Bubble(props: MessageItemProps) {
  const { message, deeds, ownName, theirName, now } = props;
  const text = useText();
  const isOurs = message.kind === 'out';
  const author = authorOf(text, message, ownName, theirName);
  return (
    <div className={classes('message', isOurs && 'is-ours', message.state?.name === 'withdrawn' && 'is-withdrawn')}>
      {message.text === '' ? null : <div className="message-bubble message-text">{message.text}</div>}
      <FileList files={message.files} deeds={deeds} />
      <LeftOut message={message} />
      {message.sms?.isIncomplete ? <p className="small tone-waiting">{text.t('message.incomplete')}</p> : null}
      {message.sms?.mayBeRepeat ? <p className="small tone-waiting">{text.t('message.mayBeRepeat')}</p> : null}
      <div className="message-meta micro text-3 figures">
        {text.formats.pair(author, whenText(text, message.at, now))}
        {message.sms && message.sms.segments > 1 ? ` · ${text.t('message.segments', { count: message.sms.segments })}` : ''}
        <StateOf message={message} />
      </div>
      <Sent {...props} />
    </div>
  );
}

/** What can be done about one of ours that has not left, or of which nobody knows whether it has. */
function Sent({ message, deeds, isReadOnly, isBusy }: MessageItemProps) {
  const { t } = useText();
  const state = message.kind === 'out' && !isReadOnly ? message.state?.name : undefined;
  if (state === 'queued')
    return (
      <Button
        size="small"
        kind="quiet"
        disabled={isBusy}
        aria-label={t('message.withdrawOf')}
        onClick={() => deeds.withdraw(message.messageId)}
      >
        {t('message.withdraw')}
      </Button>
    );
  if (state !== 'mayHaveBeenSent') return null;
  return (
    <div className="message-may">
      <p className="small">{t('message.mayText')}</p>
      <div className="row">
        <Button size="small" disabled={isBusy} onClick={() => deeds.settle(message.messageId, 'sent')}>
          {t('message.wasSent')}
        </Button>
        <Button size="small" disabled={isBusy} onClick={() => deeds.settle(message.messageId, 'sendAgain')}>
          {t('message.sendAgain')}
        </Button>
        <Button size="small" kind="quiet" disabled={isBusy} onClick={() => deeds.settle(message.messageId, 'failed')}>
          {t('message.wasNotSent')}
        </Button>
      </div>
    </div>
  );
}
