/**
 * Guides at contacts: what to say and ask, step by step, with the answers kept in the case. Two things to know: where somebody is in a guide
 * is in `stores.guides`, stepped by `shared/guide-steps.ts`; and its keys are actions, but for 1 to 9, which choose within it.
 */
export { GuideChooser } from './GuideChooser.tsx';
export { GuidePane } from './GuidePane.tsx';
export { GuideStrip } from './GuideStrip.tsx';
export { GuidePreview, GuideTrial } from './GuideTrial.tsx';
export type { GuideDeeds, GuideName } from './guide-deeds.ts';
