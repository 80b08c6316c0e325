import { countedAnswers } from '../../../shared/guide-steps.ts';
import { answersInWords } from '../../../shared/guide-words.ts';
import { useText } from '../../i18n/index.ts';
import type { GuideGoneThrough } from './GuideStepper.tsx';

/** What a colleague asked before the contact came here, to be looked up; in sight for whoever reads along. */
export function GuideBefore({ open: { guide, run, readAlong } }: { readonly open: GuideGoneThrough }) {
  const { t, formats } = useText();
  const names = new Set(countedAnswers(guide, run).flatMap(({ askedBy }) => askedBy ?? []));
  if (names.size === 0) return null;
  return (
    <details className="guide-before" open={readAlong !== null}>
      <summary className="small">{t('guide.askedBefore', { name: [...names].join(', ') })}</summary>
      <ul className="guide-answers">
        {answersInWords(guide, run, formats.language).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}
