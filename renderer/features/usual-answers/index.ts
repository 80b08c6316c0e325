/** Articles that may be what a contact needs, each with why: three lines beside the work, and in the pane of the knowledge base. */
export { type UsualAnswerDeeds, UsualAnswers, type UsualAnswersProps } from './UsualAnswers.tsx';
export { useSuggested } from './use-suggested.ts';
