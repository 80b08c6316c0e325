import type { ConversationView, MessageView } from '../../../shared/contracts/messages/conversation.ts';
import { useText } from '../../i18n/index.ts';
import { classes } from '../../ui/index.ts';
import type { InboxDeeds } from './deeds.ts';
import { stateWords, whyWords } from './words.ts';

/** What every kind of message is drawn from. */
export interface MessageItemProps {
  readonly message: MessageView;
  readonly channel: ConversationView['channel'];
  readonly deeds: InboxDeeds;
  readonly ownName: string;
  readonly theirName: string;
  readonly now: number;
  readonly isLast: boolean;
  readonly isPictured: boolean;
  readonly isReadOnly: boolean;
  readonly isBusy: boolean;
}

/** How it stands with one of ours, after its time. */
export function StateOf({ message }: { readonly message: MessageView }) {
  const text = useText();
  if (!message.state) return null;
  const { text: words, tone } = stateWords(text, message.state);
  return (
    <>
      {' · '}
      <span className={classes(tone && `tone-${tone} medium`)}>
        {words}
        {message.state.name === 'failed' && message.state.why ? `: ${whyWords(text, message.state.why)}` : ''}
      </span>
    </>
  );
}

/** What came with it and was not kept, and why. */
export function LeftOut({ message }: { readonly message: MessageView }) {
  const { t } = useText();
  return message.leftOut.map(({ name, why }) => (
    <p key={`${name} ${why}`} className="small tone-waiting whole">
      {t(`message.leftOut.${why}`, { name })}
    </p>
  ));
}
