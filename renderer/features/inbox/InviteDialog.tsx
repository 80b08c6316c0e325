import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Colleague } from '../../../shared/contracts/call-features.ts';
import type { WrittenWork } from '../../../shared/contracts/messages/inbox.ts';
import { useText } from '../../i18n/index.ts';
import { Avatar, classes, Dialog, useFound, useTyped } from '../../ui/index.ts';
import type { InboxDeeds } from './deeds.ts';
import { nameOf } from './words.ts';

/** Finds a colleague to read along. Arrows move, Enter invites. */
export function InviteDialog({ deeds, work }: { readonly deeds: InboxDeeds; readonly work: WrittenWork }) {
  const text = useText();
  const { t } = text;
  const typed = useTyped();
  const field = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState(0);
  const wanted = typed.settled.trim();
  const found = useFound(deeds.findColleagues, wanted);
  const first = useEverybody(deeds.findColleagues);
  const invited = new Set(work.guests.map(({ agentId }) => agentId));
  const shown = (wanted === '' ? first : found.items).filter(({ agent }) => !invited.has(agent.agentId)).slice(0, 8);
  const atHand = Math.max(0, Math.min(at, shown.length - 1));
  const keyed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    const colleague = shown[atHand];
    if (event.key === 'ArrowDown') setAt(Math.min(shown.length - 1, atHand + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, atHand - 1));
    else if (event.key === 'Enter' && colleague) deeds.invite(work.interactionId, colleague.agent.agentId);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t('invite.title', { name: nameOf(text, work) })} isOpen onClose={() => deeds.open(null)} initialFocus={field}>
      <div className="inbox-dialog">
        <p className="text-2">{t('invite.text')}</p>
        <div className="field">
          <input
            ref={field}
            role="combobox"
            aria-expanded="true"
            aria-controls="invite-list"
            aria-activedescendant={shown[atHand] ? `invite-${shown[atHand].agent.agentId}` : undefined}
            aria-label={t('invite.find')}
            placeholder={t('invite.find')}
            {...typed.field}
            onKeyDown={keyed}
          />
        </div>
        <div id="invite-list" role="listbox" aria-label={t('invite.find')} className="inbox-list">
          {shown.map(({ agent }, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which names the line at hand to screen readers.
            <div
              key={agent.agentId}
              id={`invite-${agent.agentId}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === atHand}
              className={classes('inbox-choice', index === atHand && 'is-at-hand')}
              onClick={() => deeds.invite(work.interactionId, agent.agentId)}
            >
              <Avatar name={agent.name} />
              <span className="grow medium">{agent.name}</span>
              <span className="small text-3">{agent.extension}</span>
            </div>
          ))}
        </div>
        <p className="small text-3" role="status">
          {shown.length === 0 && found.phase !== 'asking' && wanted !== '' ? t('invite.none') : ''}
        </p>
      </div>
    </Dialog>
  );
}

/** Whom there is while nothing is typed. */
function useEverybody(find: InboxDeeds['findColleagues']): readonly Colleague[] {
  const [all, setAll] = useState<readonly Colleague[]>([]);
  useEffect(() => {
    let isWanted = true;
    void find('').then((found) => isWanted && found && setAll(found));
    return () => {
      isWanted = false;
    };
  }, [find]);
  return all;
}
