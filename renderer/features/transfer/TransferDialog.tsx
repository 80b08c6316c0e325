import { ArrowRightToLine, CircleParking, Headset, Search, Undo2 } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { AssignedInteraction } from '../../../shared/contracts/interaction.ts';
import type { Refusal } from '../../bridge/index.ts';
import { callerName, useText } from '../../i18n/index.ts';
import { currentCall, type Drafts, type Stores } from '../../stores/index.ts';
import { type Action, Button, Chip, Dialog, Kbd, Segments, TextArea, useFound, useNow, useTyped } from '../../ui/index.ts';
import type { CallDeeds } from './deeds.ts';
import { TargetLine } from './TargetLine.tsx';
import { Travels } from './Travels.tsx';
import { type Scope, type Target, targetGroups } from './targets.ts';
import { useColleagues } from './use-colleagues.ts';
import './transfer.css';

export interface TransferDialogProps {
  readonly stores: Stores;
  readonly deeds: CallDeeds;
  readonly drafts: Drafts;
  readonly park: Action;
  /** Hands written work over; null: it is theirs. */
  handOver: CallDeeds['transfer'];
}

/** What is given away: a call, or written work, which is handed over at once. */
type Given = Pick<AssignedInteraction, 'interactionId' | 'pop'> & { readonly call?: AssignedInteraction['call'] };

/** For the call that the call bar acts on, or for the conversation that is open; gone with it. */
export function TransferDialog({ stores, deeds, drafts, park, handOver }: TransferDialogProps) {
  const { t } = useText();
  const isOpen = useStore(stores.view, (view) => view.open === 'transfer');
  const panel = useStore(stores.inbox, (inbox) => inbox.panel);
  const desk = useStore(stores.desk);
  const work = currentCall(desk);
  const written =
    panel?.kind === 'transfer' ? desk.inbox.mine.find(({ interactionId }) => interactionId === panel.interactionId) : undefined;
  const item: Given | null = isOpen && work?.kind === 'talking' ? work.item : (written ?? null);
  const field = useRef<HTMLInputElement>(null);
  const close = () => {
    stores.view.setState((view) => (view.open === 'transfer' ? { open: 'none' } : view));
    if (written) stores.inbox.setState({ panel: null });
  };
  if (!item) return null;
  const name = callerName(t, item.pop);
  return (
    <Dialog
      title={t(item.call ? 'transfer.title' : 'handOver.title', { name })}
      isOpen
      onClose={close}
      isWide
      isTitleHidden
      initialFocus={field}
    >
      <TransferForm key={item.interactionId} {...{ stores, deeds, drafts, park, handOver, item, name, field }} onDone={close} />
    </Dialog>
  );
}

interface FormProps extends TransferDialogProps {
  readonly item: Given;
  readonly name: string;
  readonly field: RefObject<HTMLInputElement | null>;
  onDone(): void;
}

const longestReason = 200;
const longestNote = 2_000;

function TransferForm({ stores, deeds, drafts, park, handOver, item, name, field, onDone }: FormProps) {
  const { t, formats } = useText();
  const { call } = item;
  const noteId = useId();
  const reasonId = useId();
  const now = useNow(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const desk = useStore(stores.desk);
  const isBusy = useStore(stores.view, (view) => view.pending.includes('guest'));
  const typed = useTyped();
  const [scope, setScope] = useState<Scope>('all');
  const [chosen, setChosen] = useState<string | null>(null);
  const [words, setWords] = useState({ reason: '', note: '' });
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const colleagues = useColleagues(deeds.findColleagues, typed.settled.trim());

  const mayDialOut = call !== undefined && desk.user?.rights.includes('call:dial-out') === true;
  const customers = useFound(deeds.findCustomers, mayDialOut ? typed.settled : '').items;

  const groups = targetGroups(typed.settled, scope, {
    colleagues,
    queues: desk.queues,
    language: formats.language,
    ...{ customers, mayDialOut },
    isWritten: call === undefined,
  });
  const targets = groups.flatMap((group) => group.targets);
  const open = targets.filter(({ isOpen }) => isOpen);
  // Nothing is given away by Enter alone: without a word and a choice it is whoever can be asked first, and of written work nobody.
  const first = typed.settled.trim() === '' ? open.find(({ mayBeAsked }) => call !== undefined && mayBeAsked) : open[0];
  const atHand = open.find(({ id }) => id === chosen) ?? first ?? null;
  const { answeredAt = null, heldSince = null, state = 'talking' } = call ?? {};

  const choose = (target: Target) => {
    if (target.isOpen) setChosen(target.id);
  };
  const send = async (how: 'transfer' | 'consult') => {
    if (!atHand || isBusy) return;
    setRefusal(null);
    const said = { reason: words.reason.trim(), note: words.note.trim() };
    const refused = await (call ? deeds[how] : handOver)(item.interactionId, atHand.to, said);
    if (refused) setRefusal(refused);
    else onDone();
  };
  const title = t(call ? 'transfer.title' : 'handOver.title', { name });
  const mayConsult = call !== undefined && atHand?.mayBeAsked === true;
  const isOutside = atHand?.kind === 'customer' || (atHand?.kind === 'number' && !atHand.isExtension);

  const keyed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    const position = event.altKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : undefined;
    const isInList = event.target === field.current;
    if (position) {
      const target = open[Number(position) - 1];
      if (target) setChosen(target.id);
    } else if (event.key === 'Enter' && event.ctrlKey) void send('transfer');
    else if (event.key === 'Enter' && isInList) void send(mayConsult ? 'consult' : 'transfer');
    else if (isInList && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const at = atHand ? open.indexOf(atHand) : -1;
      const next = open[Math.min(open.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)))];
      if (next) setChosen(next.id);
    } else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset does not shrink with the dialog it fills.
    <div
      role="group"
      className="transfer"
      data-own-keys="Ctrl+Enter Alt+1 Alt+2 Alt+3 Alt+4 Alt+5 Alt+6 Alt+7 Alt+8 Alt+9"
      aria-label={title}
      onKeyDown={keyed}
    >
      <header className="transfer-head">
        <p className="transfer-title" aria-hidden="true">
          {title}
        </p>
        {call ? (
          <>
            <Chip tone={state === 'held' ? 'waiting' : 'talking'}>
              <span className="figures">{formats.clock(answeredAt === null ? 0 : now - answeredAt)}</span>
            </Chip>
            <span className="push small text-3">{t(heldSince === null ? 'transfer.hearsYou' : 'transfer.hearsMusic', { name })}</span>
          </>
        ) : null}
      </header>
      <div className="transfer-body">
        <div className="transfer-find">
          <div className="transfer-search">
            <div className="field">
              <Search className="icon text-3" aria-hidden="true" />
              <input
                ref={field}
                role="combobox"
                aria-expanded="true"
                aria-controls="transfer-targets"
                aria-activedescendant={atHand ? `target-${atHand.id}` : undefined}
                aria-label={t('transfer.search')}
                placeholder={t('transfer.search')}
                maxLength={100}
                {...typed.field}
                onChange={(event) => {
                  typed.field.onChange(event);
                  setChosen(null);
                  setRefusal(null);
                }}
              />
            </div>
            <Segments
              label={t('transfer.scope')}
              value={scope}
              onChange={setScope}
              segments={(call ? (['all', 'people', 'queues', 'outside'] as const) : (['all', 'people', 'queues'] as const)).map(
                (value) => ({ value, label: t(`transfer.scope.${value}`) }),
              )}
            />
          </div>
          <div className="transfer-targets" id="transfer-targets" role="listbox" aria-label={t('transfer.targets')}>
            {groups.map((group) => (
              // biome-ignore lint/a11y/useSemanticElements: a group of options has no element of its own.
              <div key={group.name} role="group" aria-label={t(`transfer.group.${group.name}`)}>
                <p className="transfer-group small medium text-3" aria-hidden="true">
                  {t(`transfer.group.${group.name}`)}
                </p>
                {group.targets.map((target) => {
                  const at = open.indexOf(target);
                  return (
                    <TargetLine
                      key={target.id}
                      {...{ target, desk, now }}
                      typed={typed.settled}
                      isAtHand={target === atHand}
                      shortcut={at >= 0 && at < 9 ? `Alt+${at + 1}` : null}
                      onChoose={() => choose(target)}
                    />
                  );
                })}
              </div>
            ))}
          </div>
          <p className="transfer-count small text-3" role="status">
            {targets.length === 0
              ? t(scope === 'outside' ? 'transfer.typeNumber' : 'transfer.nothing')
              : t('transfer.lines', { count: open.length })}
          </p>
        </div>
        <div className="transfer-words">
          <Travels drafts={drafts} item={item} isSeen={!isOutside} />
          <div>
            <label className="label" htmlFor={reasonId}>
              {t('transfer.reason')}
            </label>
            <div className="field">
              <input
                id={reasonId}
                maxLength={longestReason}
                placeholder={t('transfer.reasonPlaceholder')}
                value={words.reason}
                onChange={({ target }) => setWords({ ...words, reason: target.value })}
              />
            </div>
          </div>
          <div>
            <label className="label" htmlFor={noteId}>
              {atHand?.kind === 'colleague' ? t('transfer.note', { name: atHand.colleague.agent.name }) : t('transfer.noteSomebody')}
            </label>
            <TextArea
              id={noteId}
              className="transfer-note"
              maxLength={longestNote}
              value={words.note}
              onChange={({ target }) => setWords({ ...words, note: target.value })}
            />
          </div>
          <p className="transfer-back small text-2">
            <Undo2 className="icon text-3" aria-hidden="true" />
            <span>
              {t(
                !call
                  ? 'handOver.back'
                  : isOutside
                    ? 'transfer.backOutside'
                    : atHand?.kind === 'queue'
                      ? 'transfer.backQueue'
                      : 'transfer.back',
              )}
            </span>
          </p>
        </div>
      </div>
      <footer className="transfer-foot">
        <Button kind="quiet" onClick={onDone}>
          {t('transfer.cancel')} <Kbd keys="Esc" />
        </Button>
        {call ? (
          <Button
            kind="quiet"
            icon={CircleParking}
            shortcut={park.shortcut}
            disabled={!park.isEnabled}
            title={t('transfer.parkDetail', { name })}
            onClick={park.perform}
          >
            {t('transfer.park')}
          </Button>
        ) : null}
        <p className="transfer-refusal small medium" role="alert">
          {refusal ? t(refusal.why ? `refused.${refusal.why}` : `failure.${refusal.code}`) : null}
        </p>
        <Button
          icon={ArrowRightToLine}
          kind={mayConsult ? 'plain' : 'primary'}
          shortcut={mayConsult ? 'Ctrl+Enter' : 'Enter'}
          disabled={!atHand || isBusy}
          onClick={() => void send('transfer')}
        >
          {t('transfer.now')}
        </Button>
        {call ? (
          <Button
            icon={Headset}
            kind={mayConsult ? 'primary' : 'plain'}
            shortcut={mayConsult ? 'Enter' : null}
            disabled={!mayConsult || isBusy}
            title={atHand && !mayConsult ? t('transfer.nobodyFree') : undefined}
            onClick={() => void send('consult')}
          >
            {t('transfer.consult')}
          </Button>
        ) : null}
      </footer>
    </div>
  );
}
