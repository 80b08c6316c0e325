import { Hand } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import { ownHand, type Stores } from '../../stores/index.ts';
import { type Action, Button, classes, Field, Popover, tipOf, useSecond } from '../../ui/index.ts';
import type { HelpDeeds } from './deeds.ts';
import './help.css';

export interface AskForHelpProps {
  readonly stores: Stores;
  readonly deeds: HelpDeeds;
  readonly action: Action;
  readonly interactionId: string;
}

const longestWords = 200;

/** For the contact at hand: asks, shows since when and who comes, and takes the hand down again. */
export function AskForHelp({ stores, deeds, action, interactionId }: AskForHelpProps) {
  const { t, formats } = useText();
  const hand = useStore(stores.desk, (desk) => ownHand(desk, interactionId));
  const isOpen = useStore(stores.view, (view) => view.open === 'help');
  const now = useSecond(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const anchor = useRef<HTMLButtonElement>(null);
  const close = () => stores.view.setState((view) => (view.open === 'help' ? { open: 'none' } : view));
  const [isReached, setIsReached] = useState(true);
  const { taken = null } = hand ?? {};
  // What is open goes with the contact it is about.
  useEffect(() => () => stores.view.setState((view) => (view.open === 'help' ? { open: 'none' } : view)), [stores]);

  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={classes('button button-plain button-small help-ask', hand && (taken ? 'is-coming' : 'is-up'))}
        aria-expanded={isOpen}
        {...tipOf(action.label, action.shortcut)}
        disabled={!action.isEnabled}
        onClick={action.perform}
      >
        <Hand className="icon" aria-hidden="true" />
        <span>
          {taken
            ? t('help.coming', { name: taken.name })
            : hand
              ? t('help.asked', { clock: formats.clock(Math.max(0, now - hand.askedAt)) })
              : t('help.ask')}
        </span>
      </button>
      <span className="sr-only" role="status">
        {taken ? t('help.coming', { name: taken.name }) : ''}
      </span>
      <Popover
        title={t(hand ? 'help.title.up' : 'help.ask')}
        anchor={anchor}
        align="end"
        isOpen={isOpen}
        onOpenChange={(open) => open || close()}
      >
        {hand ? (
          <Raised {...{ stores, deeds, interactionId, isReached }} words={hand.words} coming={taken?.name ?? null} onDone={close} />
        ) : (
          <AskForm
            {...{ stores, deeds, interactionId }}
            onDone={close}
            onAsked={(told) => {
              setIsReached(told > 0);
              // Where nobody is here it stays open, and says so.
              if (told > 0) close();
            }}
          />
        )}
      </Popover>
    </>
  );
}

interface PartProps extends Pick<AskForHelpProps, 'stores' | 'deeds' | 'interactionId'> {
  onDone(): void;
}

function AskForm({ stores, deeds, interactionId, onDone, onAsked }: PartProps & { onAsked(told: number): void }) {
  const { t } = useText();
  const [words, setWords] = useState('');
  const isBusy = useStore(stores.view, ({ pending }) => pending.includes('help'));
  const ask = (event: FormEvent) => {
    event.preventDefault();
    void deeds.ask(interactionId, words).then((told) => told !== null && onAsked(told));
  };
  return (
    <form className="help-form" onSubmit={ask}>
      <p className="text-2">{t('help.text')}</p>
      <Field
        label={t('help.words')}
        value={words}
        maxLength={longestWords}
        autoFocus
        onChange={(event) => setWords(event.target.value)}
        placeholder={t('help.words.example')}
      />
      <div className="help-deeds">
        <Button onClick={onDone}>{t('help.cancel')}</Button>
        <Button type="submit" kind="primary" shortcut="Enter" disabled={isBusy}>
          {t('help.send')}
        </Button>
      </div>
    </form>
  );
}

function Raised(props: PartProps & { readonly words: string; readonly coming: string | null; readonly isReached: boolean }) {
  const { stores, deeds, interactionId, words, coming, isReached, onDone } = props;
  const { t } = useText();
  const isBusy = useStore(stores.view, ({ pending }) => pending.includes('help'));
  return (
    <div className="help-form">
      {words === '' ? null : <p className="whole">{t('help.said', { words })}</p>}
      <p className="text-2">{coming ? t('help.comes.text', { name: coming }) : t(isReached ? 'help.up.text' : 'help.nobodyHere')}</p>
      <div className="help-deeds">
        <Button
          autoFocus
          disabled={isBusy}
          onClick={() => {
            deeds.withdraw(interactionId);
            onDone();
          }}
        >
          {t(coming ? 'help.done' : 'help.withdraw')}
        </Button>
      </div>
    </div>
  );
}
