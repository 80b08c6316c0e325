import { Check, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type Ref, useEffect, useState } from 'react';
import type { Disposition } from '../../../shared/contracts/interaction.ts';
import { useText } from '../../i18n/index.ts';
import { classes } from '../../ui/index.ts';
import { columnsOf, isLeaf, pathTo, searchOutcome } from './outcomes.ts';

/** What was typed counts as one word until nothing has been typed for so long. */
const typingPauseMs = 1_500;

export interface OutcomeTreeProps {
  readonly all: readonly Disposition[];
  readonly chosen: string | null;
  readonly ref?: Ref<HTMLDivElement>;
  onChoose(code: string): void;
}

/**
 * Columns from general to particular. Keys 1 to 9 choose in the column at hand, arrows move, letters find by name, anywhere in it and in pinyin,
 * and stand below while they are typed. One tab stop; the item at hand is told to screen readers by `aria-activedescendant`.
 */
export function OutcomeTree({ all, chosen, onChoose, ref }: OutcomeTreeProps) {
  const { t, formats } = useText();
  const [path, setPath] = useState<readonly string[]>(() => (chosen ? pathTo(all, chosen) : []));
  const [depth, setDepth] = useState(Math.max(0, path.length - 1));
  const [atHand, setAtHand] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  useEffect(() => {
    if (typed === '') return;
    const pause = setTimeout(() => setTyped(''), typingPauseMs);
    return () => clearTimeout(pause);
  }, [typed]);
  const columns = columnsOf(all, path);
  const here = columns[Math.min(depth, columns.length - 1)];
  const active = here?.outcomes.find((each) => each.code === (atHand ?? here.open)) ?? here?.outcomes[0];

  const found = (text: string) => (here ? searchOutcome(all, here.outcomes, text, formats.language) : null);
  const type = (text: string) => {
    setTyped(text);
    const outcome = found(text);
    if (!outcome) return;
    const way = pathTo(all, outcome.code);
    setPath(way.slice(0, -1));
    setDepth(way.length - 1);
    setAtHand(outcome.code);
  };

  const pick = (code: string) => {
    setTyped('');
    const next = pathTo(all, code);
    setPath(next);
    if (isLeaf(all, code)) {
      setDepth(next.length - 1);
      setAtHand(code);
      onChoose(code);
    } else {
      setDepth(next.length);
      setAtHand(null);
    }
  };

  const keyed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.nativeEvent.isComposing || !here || !active) return;
    const index = here.outcomes.indexOf(active);
    const move = (to: number) => setAtHand(here.outcomes[Math.min(here.outcomes.length - 1, Math.max(0, to))]?.code ?? null);
    const isTyping = typed !== '';
    const digit = /^[1-9]$/.test(event.key) ? here.outcomes[Number(event.key) - 1] : undefined;
    if (digit) pick(digit.code);
    else if (event.key === 'ArrowDown') move(index + 1);
    else if (event.key === 'ArrowUp') move(index - 1);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(here.outcomes.length - 1);
    else if (isTyping && event.key === 'Backspace') type(typed.slice(0, -1));
    else if (isTyping && event.key === 'Escape') setTyped('');
    else if (event.key === 'Enter' || (event.key === ' ' && !isTyping) || event.key === 'ArrowRight') pick(active.code);
    else if (event.key === 'ArrowLeft' || event.key === 'Backspace') {
      setDepth(Math.max(0, depth - 1));
      setAtHand(path[depth - 1] ?? null);
    } else if (event.key.length === 1 && (/\p{L}/u.test(event.key) || (isTyping && event.key === ' '))) {
      type(typed + event.key);
    } else return;
    event.preventDefault();
  };
  const isFound = typed === '' || found(typed) !== null;

  return (
    <div
      className="outcomes"
      role="tree"
      aria-label={t('wrapUp.outcome')}
      tabIndex={0}
      ref={ref}
      onKeyDown={keyed}
      aria-activedescendant={active ? `outcome-${active.code}` : undefined}
    >
      {Array.from({ length: Math.max(3, columns.length) }, (_, level) => {
        const column = columns[level];
        return (
          // biome-ignore lint/a11y/useSemanticElements: a group of a tree, which no element stands for.
          <div
            key={column?.parent ?? `level-${level}`}
            className="outcome-column"
            role="group"
            aria-label={t('wrapUp.tree', { level: level + 1 })}
          >
            {column?.outcomes.map((outcome, index) => {
              const leaf = isLeaf(all, outcome.code);
              const isChosen = leaf && outcome.code === chosen;
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the tree's, which names the item at hand to screen readers.
                <div
                  key={outcome.code}
                  id={`outcome-${outcome.code}`}
                  role="treeitem"
                  tabIndex={-1}
                  aria-level={level + 1}
                  aria-selected={isChosen}
                  aria-expanded={leaf ? undefined : column.open === outcome.code}
                  className={classes(
                    'outcome',
                    column.open === outcome.code && !leaf && 'is-open',
                    isChosen && 'is-chosen',
                    column === here && outcome === active && 'is-at-hand',
                  )}
                  onClick={() => pick(outcome.code)}
                >
                  <span className="outcome-key" aria-hidden="true">
                    {index < 9 ? index + 1 : ''}
                  </span>
                  <span className="cut grow">{outcome.label[formats.language]}</span>
                  {leaf ? (
                    isChosen ? (
                      <Check className="icon icon-small" aria-hidden="true" />
                    ) : null
                  ) : (
                    <ChevronRight className="icon icon-small" aria-hidden="true" />
                  )}
                </div>
              );
            })}
          </div>
        );
      })}
      {typed === '' ? null : (
        <span className={classes('outcome-typed small', !isFound && 'tone-waiting')} role="status">
          {t(isFound ? 'wrapUp.typed' : 'wrapUp.typedNone', { text: typed })}
        </span>
      )}
    </div>
  );
}
