import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { AgentRow, BoardContact } from '../../../shared/contracts/board.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Avatar, Button, classes, Dialog, TextArea, useTyped } from '../../ui/index.ts';
import type { BoardDeeds } from './deeds.ts';
import { byState } from './People.tsx';
import { doingText, queueName } from './words.ts';
import './give.css';

export interface GiveProps {
  readonly stores: Stores;
  readonly deeds: BoardDeeds;
  /** What is given; `agentId` has it, or nobody. */
  readonly contact: Pick<BoardContact, 'interactionId' | 'queueId' | 'agentId' | 'agentName' | 'who'>;
  /** In a line with others. */
  readonly isShort?: boolean;
}

/** Written work to somebody by name. */
export function Give(props: GiveProps) {
  const { t } = useText();
  const isBusy = useStore(props.stores.view, ({ pending }) => pending.includes('floor'));
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size="small" disabled={isBusy && !isOpen} aria-label={t('board.give')} onClick={() => setIsOpen(true)}>
        {t(props.isShort ? 'board.give.short' : 'board.give')}
      </Button>
      {isOpen ? <GiveDialog {...props} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}

const longestList = 50;

/** Those who are at work, whoever serves the queue first. Arrows move, Enter gives. Where it is refused, another can be chosen. */
function GiveDialog({ stores, deeds, contact, onClose }: GiveProps & { readonly onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const { board, names } = useStore(stores.board);
  const isBusy = useStore(stores.view, ({ pending }) => pending.includes('floor'));
  const typed = useTyped();
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  const noteId = useId();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const { interactionId, queueId } = contact;
  const people = board ? whoMayBeGiven(board.agents, contact, typed.settled) : [];
  const at = Math.max(
    0,
    people.findIndex(({ agentId }) => agentId === chosenId),
  );
  const chosen = people[at];
  const give = () => {
    if (!chosen || isBusy) return;
    void deeds.giveWork({ interactionId, agentId: chosen.agentId, note: note.trim() }).then((isGiven) => isGiven && onClose());
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (event.key === 'ArrowDown') setChosenId(people[Math.min(people.length - 1, at + 1)]?.agentId ?? null);
    else if (event.key === 'ArrowUp') setChosenId(people[Math.max(0, at - 1)]?.agentId ?? null);
    else if (event.key === 'Enter') give();
    else return;
    event.preventDefault();
  };
  const queue = queueName(board, queueId, text);
  return (
    <Dialog
      title={t('board.give.title', { who: contact.who ?? t('board.why.somebody') })}
      isOpen
      onClose={onClose}
      initialFocus={field}
      footer={
        <>
          <Button onClick={onClose}>{t('board.cancel')}</Button>
          <Button kind="primary" disabled={!chosen || isBusy} onClick={give}>
            {chosen ? t('board.give.do', { name: chosen.name }) : t('board.give')}
          </Button>
        </>
      }
    >
      <div className="give">
        <p className="text-2">
          {t('board.give.text', { queue })}
          {contact.agentName === null ? null : ` ${t('board.give.textHeld', { agent: contact.agentName })}`}
        </p>
        <div className="field">
          <input
            ref={field}
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={chosen ? `${listId}-${chosen.agentId}` : undefined}
            aria-label={t('board.give.find')}
            placeholder={t('board.give.find')}
            {...typed.field}
            onKeyDown={keyed}
          />
        </div>
        <div id={listId} role="listbox" aria-label={t('board.people')} className="give-list">
          {people.map((agent, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which names the line at hand to screen readers.
            <div
              key={agent.agentId}
              id={`${listId}-${agent.agentId}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              ref={index === at ? intoSight : undefined}
              className={classes('give-choice', index === at && 'is-at-hand')}
              onClick={() => setChosenId(agent.agentId)}
            >
              <Avatar name={agent.name} />
              <span className="give-who">
                <span className="cut medium">{agent.name}</span>
                <span className="cut small text-3">{board ? doingText(text, agent, board, names) : ''}</span>
              </span>
              <span className="small text-3 nowrap">
                {agent.queueIds.includes(queueId) ? t('board.agent.extension', { extension: agent.extension }) : t('board.give.otherQueue')}
              </span>
            </div>
          ))}
        </div>
        {people.length === 0 ? (
          <p className="small text-3" role="status">
            {t('board.give.none')}
          </p>
        ) : null}
        <label className="labelled" htmlFor={noteId}>
          <span className="label">{t('board.give.note')}</span>
          <TextArea id={noteId} className="give-note" maxLength={2_000} value={note} onChange={({ target }) => setNote(target.value)} />
        </label>
      </div>
    </Dialog>
  );
}

function intoSight(line: HTMLElement | null): void {
  line?.scrollIntoView?.({ block: 'nearest' });
}

/** At work, and not whoever has it; those of its queue first, then by what they do. */
export function whoMayBeGiven(
  agents: readonly AgentRow[],
  { queueId, agentId: holderId }: Pick<BoardContact, 'queueId' | 'agentId'>,
  wanted: string,
): readonly AgentRow[] {
  const words = wanted.trim().toLocaleLowerCase();
  const isWanted = ({ name, extension }: AgentRow) => name.toLocaleLowerCase().includes(words) || extension.startsWith(words);
  const there = agents.filter((agent) => agent.presence !== 'loggedOut' && agent.agentId !== holderId && isWanted(agent));
  const place = ({ queueIds }: AgentRow) => (queueIds.includes(queueId) ? 0 : 1);
  return byState(there)
    .toSorted((a, b) => place(a) - place(b))
    .slice(0, longestList);
}
