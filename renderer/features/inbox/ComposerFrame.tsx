import type { HTMLAttributes, KeyboardEvent, ReactNode } from 'react';
import { type FittingAnswers, FittingAnswersLine } from './FittingAnswers.tsx';

export interface ComposerFrameProps extends HTMLAttributes<HTMLDivElement> {
  readonly answers: FittingAnswers;
  /** Stands in their line while there is none. */
  readonly otherwise?: ReactNode;
}

/** Where one writes to a customer, and over it what fits what they wrote. Escape takes that away, unless something else had a use for it. */
export function ComposerFrame({ answers, otherwise = null, children, ...rest }: ComposerFrameProps) {
  const keyed = (event: KeyboardEvent) => {
    const isFree = !event.defaultPrevented && !event.nativeEvent.isComposing && event.nativeEvent.keyCode !== 229;
    if (event.key !== 'Escape' || !isFree || !answers.dismiss.isEnabled) return;
    event.preventDefault();
    answers.dismiss.perform();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of what is within it.
    <div className="composer" {...rest} onKeyDown={keyed}>
      <FittingAnswersLine answers={answers} otherwise={otherwise} />
      {children}
    </div>
  );
}
