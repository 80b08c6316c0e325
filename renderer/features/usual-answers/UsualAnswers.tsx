import { BookOpen } from 'lucide-react';
import type { ArticleNeed, Suggestion, SuggestionReason } from '../../../shared/contracts/knowledge.ts';
import { type Text, useText } from '../../i18n/index.ts';
import { writtenIn } from '../../stores/index.ts';
import { Section } from '../../ui/index.ts';
import { type Suggested, useSuggested } from './use-suggested.ts';
import './usual-answers.css';

export interface UsualAnswerDeeds {
  open(number: string): void;
  suggest(interactionId: string, need: ArticleNeed): void;
}

export interface UsualAnswersProps extends Suggested {
  readonly deeds: UsualAnswerDeeds;
  readonly className?: string;
}

/** Room for three is kept from the first moment, so that nothing moves when they come. */
export function UsualAnswers({ deeds, className, ...of }: UsualAnswersProps) {
  const text = useText();
  const suggestions = useSuggested({ deeds, ...of });
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
            {number} · {why}
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
