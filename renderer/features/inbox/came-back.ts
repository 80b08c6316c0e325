import { comesBackWithinMs } from '../../../shared/came-back.ts';
import type { MessageView } from '../../../shared/contracts/messages/conversation.ts';
import type { Thread } from '../../stores/index.ts';

/** When a mail to this address came back, and nothing says since that mail reaches them; null: write. `now` in the bridge's time. */
export function cameBackAt(thread: Thread | undefined, address: string, now: number): number | null {
  const conversation = thread?.conversation ?? null;
  const whom = keyOf(address);
  const isTheirs = keyOf(conversation?.correspondent.address ?? '') === whom;
  const says = (message: MessageView): boolean => {
    const { kind, text, author, mail, state, at } = message;
    if (kind === 'event') return text === 'bounced' && (author.name === null ? isTheirs : keyOf(author.name) === whom);
    if (kind === 'in') return keyOf(mail?.from?.address ?? '') === whom;
    const isTo = kind === 'out' && mail?.to.some((each) => keyOf(each.address) === whom);
    return isTo === true && state?.name === 'sent' && now - at > comesBackWithinMs;
  };
  const last = thread?.messages.findLast(says);
  if (last) return last.kind === 'event' ? last.at : null;
  return isTheirs ? (conversation?.cameBackAt ?? null) : null;
}

const keyOf = (address: string) => address.trim().toLowerCase();
