import { BookOpen } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ArticleNeed, Suggestion, SuggestionReason } from '../../../shared/contracts/knowledge.ts';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { type Text, useText } from '../../i18n/index.ts';
import { needOf, type Stores, writtenIn } from '../../stores/index.ts';
import { Section } from '../../ui/index.ts';
import './usual-answers.css';

export interface UsualAnswerDeeds {
  open(number: string): void;
  suggest(interactionId: string, need: ArticleNeed): void;
}

export interface UsualAnswersProps {
  readonly stores: Stores;
  readonly deeds: UsualAnswerDeeds;
  readonly pop: ScreenPop;
  /** What the customer wrote last, or the agent about them. */
  readonly said: string;
  /** The article that the step of an open guide names. */
  readonly guide: string | null;
  readonly className?: string;
}

/** What the agent types is looked at when the fingers rest. */
const restMs = 700;

/** Room for three is kept from the first moment, so that nothing moves when they come. */
export function UsualAnswers({ stores, deeds, pop, said, guide, className }: UsualAnswersProps) {
  const text = useText();
  const { interactionId } = pop;
  const need = useMemo(() => needOf(pop, said, guide), [pop, said, guide]);
  const isOnline = useStore(stores.connection, ({ bridge }) => bridge === 'connected');
  const suggestions = useStore(stores.knowledge, (knowledge) => knowledge.suggestions[interactionId]);
  const isFirst = suggestions === undefined;
  useEffect(() => {
    if (!isOnline) return;
    const timer = setTimeout(() => deeds.suggest(interactionId, need), isFirst ? 0 : restMs);
    return () => clearTimeout(timer);
  }, [deeds, interactionId, need, isOnline, isFirst]);
  return (
    <Section title={text.t('knowledge.usual')} className={className ?? ''}>
      {suggestions && suggestions.length === 0 ? (
        <p className="usual-answers small text-3">{text.t('knowledge.usualNone')}</p>
      ) : (
        <ul className="usual-answers">
          {(suggestions ?? []).map((suggestion) => (
            <Line key={suggestion.number} text={text} suggestion={suggestion} onOpen={() => deeds.open(suggestion.number)} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Line({ text, suggestion, onOpen }: { readonly text: Text; readonly suggestion: Suggestion; onOpen(): void }) {
  const { number, titles, reasons } = suggestion;
  const title = writtenIn(titles, text.formats.language);
  const why = reasons.map((reason) => reasonText(text, reason)).join(' · ');
  return (
    <li>
      <button type="button" className="usual-answer" onClick={onOpen}>
        <BookOpen className="icon icon-small text-3" aria-hidden="true" />
        <span className="usual-answer-words">
          <span className="usual-answer-title" lang={title?.language}>
            {title?.text ?? number}
          </span>
          <span className="small text-3 cut" title={why}>
            <span className="figures">{number}</span> · {why}
          </span>
        </span>
      </button>
    </li>
  );
}

function reasonText({ t, formats }: Text, reason: SuggestionReason): string {
  switch (reason.code) {
    case 'guide':
    case 'queue':
      return t(`knowledge.why.${reason.code}`);
    case 'menu':
      return t('knowledge.why.menu', { value: reason.value });
    case 'said':
    case 'case':
      return t(`knowledge.why.${reason.code}`, { words: reason.words.join(formats.language === 'zh' ? '、' : ', ') });
  }
}
