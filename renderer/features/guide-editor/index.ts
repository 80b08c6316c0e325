/**
 * Writing guides: the guide itself, its steps, what each asks and where it goes on. Two things to know: a draft is saved by itself and judged
 * by the bridge as a whole, each problem standing at its step; and nothing reaches an agent before it is published.
 */
export { GuideEditor } from './GuideEditor.tsx';
export type { GuideEditorDeeds } from './guide-editor-deeds.ts';
